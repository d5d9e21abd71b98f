import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Tabs } from 'radix-ui'
import type { ReactNode } from 'react'

import type { Project, TaskDetail } from '@/api/client'
import { checkpointsQuery, projectsQuery, taskQuery } from '@/api/queries'
import { ChecksTab, GateLine } from '@/components/ChecksTab'
import { DependencyGraph } from '@/components/DependencyGraph'
import { isDiscussed, roundsOf } from '@/components/discussion'
import { DiscussionTab } from '@/components/DiscussionTab'
import { gateOf, obstaclesOf } from '@/components/gates'
import { PromptTab } from '@/components/PromptTab'
import { CheckpointRow } from '@/components/needs/CheckpointRow'
import { StatePipeline } from '@/components/Pipeline'
import { TaskActions } from '@/components/TaskActions'
import { AttemptsTab, NotesTab, OutputsTab, ReviewsTab, TimelineTab } from '@/components/TaskTabs'
import { TaskSide } from '@/components/TaskSide'
import { Thread } from '@/components/Thread'
import { Why } from '@/components/Why'
import { useTitle } from '@/hooks/useTitle'
import { Markdown } from '@/ui/Markdown'
import { Page } from '@/ui/Page'
import { Box } from '@/ui/Panel'
import { Failure, SkeletonRows } from '@/ui/states'
import { StatusBadge, StatusIcon, statusColor } from '@/ui/status'
import { cx } from '@/util/cx'
import { useLanguage, useT, type Translate } from '@/util/i18n'
import { links, taskTabs, type TaskTab } from '@/util/links'

const route = getRouteApi('/projects/$project/tasks/$task')

export function TaskPage() {
  const t = useT()
  const { project: projectId, task: id } = route.useParams()
  const { data: projects } = useQuery(projectsQuery)
  const { data: task, error, refetch } = useQuery(taskQuery(projectId, id))
  const project = projects?.find(known => known.id === projectId)
  useTitle(task && `${task.title} · ${id}`)

  if (error && !task) return <Failure error={error} retry={() => void refetch()} />
  return (
    <Page
      crumbs={
        <nav aria-label={t('task.place')} className="flex min-w-0 items-center gap-1.5 text-sm">
          <Link {...links.board(projectId)} className="rounded-sm text-ink-3 hover:text-ink">
            {project?.name ?? projectId}
          </Link>
          <span className="text-ink-4">/</span>
          <span className="tabular-nums">{id}</span>
        </nav>
      }
      actions={
        task && (
          <div className="ml-auto">
            <TaskActions task={task} archived={project?.status === 'archived'} />
          </div>
        )
      }
    >
      {task ? <TaskBody task={task} project={project} /> : <SkeletonRows rows={5} />}
    </Page>
  )
}

function TaskBody({ task, project }: { task: TaskDetail; project: Project | undefined }) {
  const t = useT()
  return (
    <div className="grid grid-cols-1 gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,1fr)_264px]">
      <div className="flex min-w-0 flex-col gap-5">
        <div className="flex flex-col gap-3">
          <StatusBadge status={task.status} />
          <h1 className="text-xl font-semibold tracking-tight text-pretty wrap-anywhere">{task.title}</h1>
        </div>
        <StatePipeline task={task} />
        <Standing task={task} project={project} />
        <Why task={task} />
        {task.description && <Markdown text={task.description} />}
        {task.summary && (
          <Box className="px-4 py-3">
            <p className="mb-1 text-2xs text-ink-3">{t('task.summary')}</p>
            <Markdown text={task.summary} />
          </Box>
        )}
        <TaskSections task={task} agents={project?.agents ?? []} />
      </div>
      <TaskSide task={task} />
    </div>
  )
}

/** Why the task stands where it stands, and what it waits for; answers to its questions are given here. */
function Standing({ task, project }: { task: TaskDetail; project: Project | undefined }) {
  const { t, said } = useLanguage()
  const { data: checkpoints = [] } = useQuery(checkpointsQuery(task.project))
  const asked = checkpoints.filter(checkpoint => checkpoint.task === task.id && !checkpoint.answered_at)
  const waits =
    task.status === 'blocked' && task.blocked_on
      ? t('task.waitsFor', { what: awaited(task.blocked_on, t) })
      : undefined
  const decides =
    task.status === 'escalated' && task.escalated_to
      ? t('task.decides', { who: task.escalated_to })
      : undefined
  const turn = task.status === 'review' && task.review_phase ? t(`phase.${task.review_phase}`) : undefined
  const notes = [waits, decides, turn].filter(Boolean)
  const standing = ['blocked', 'paused', 'escalated', 'failed', 'cancelled'].includes(task.status)
  const isTold = standing || notes.length > 0
  const { tab } = route.useSearch()
  // Among the checks it is told at length.
  const isGated = tab !== 'checks' && ['pending', 'refused'].includes(gateOf(task).state)
  if (!isTold && !isGated && asked.length === 0) return null
  return (
    <Box className="empty:hidden">
      {isGated && <GateLine task={task} />}
      {isTold && (notes.length > 0 || task.reason) && (
        <div className="flex items-start gap-2.5 px-4 py-2.5">
          <StatusIcon status={task.status} className="mt-0.75" />
          <div className="min-w-0 wrap-anywhere">
            {notes.length > 0 && (
              <p className={cx('font-medium', statusColor[task.status])}>{notes.join(' · ')}</p>
            )}
            {task.reason && <p className="text-ink-2">{said(task.reason)}</p>}
          </div>
        </div>
      )}
      {project &&
        asked.map(checkpoint => (
          <div key={checkpoint.id} className="border-t border-line px-1 first:border-0">
            <CheckpointRow project={project} checkpoint={checkpoint} />
          </div>
        ))}
    </Box>
  )
}

const awaited = (on: string, t: Translate): string =>
  on === 'human' ? t('task.aPerson') : on === 'its parts' ? t('task.itsParts') : on

function TaskSections({ task, agents }: { task: TaskDetail; agents: readonly string[] }) {
  const t = useT()
  const { tab = 'thread' } = route.useSearch()
  const navigate = route.useNavigate()
  const counts: Record<TaskTab, number | undefined> = {
    thread: task.comments?.length,
    discussion: roundsOf(task).reduce((sum, { voices }) => sum + voices.length, 0),
    outputs: task.outputs?.length,
    checks: obstaclesOf(task),
    reviews: task.reviews?.length,
    attempts: task.attempts?.length,
    timeline: task.events?.length,
    graph: undefined,
    prompt: undefined,
    notes: (task.decisions?.length ?? 0) + (task.observations?.length ?? 0),
  }
  const bodies: Record<TaskTab, ReactNode> = {
    thread: <Thread task={task} agents={agents} />,
    discussion: <DiscussionTab task={task} />,
    outputs: <OutputsTab task={task} />,
    checks: <ChecksTab task={task} />,
    reviews: <ReviewsTab task={task} />,
    attempts: <AttemptsTab task={task} />,
    timeline: <TimelineTab task={task} />,
    graph: <DependencyGraph task={task} />,
    prompt: <PromptTab task={task} />,
    notes: <NotesTab task={task} />,
  }
  const shown = taskTabs.filter(name => name !== 'discussion' || name === tab || isDiscussed(task))
  return (
    <Tabs.Root
      value={tab}
      onValueChange={value =>
        void navigate({ search: { tab: value as TaskTab }, replace: true, resetScroll: false })
      }
    >
      <Tabs.List
        aria-label={t('task.sections')}
        className="-mx-1 flex gap-1 overflow-x-auto border-b border-line"
      >
        {shown.map(name => (
          <Tabs.Trigger
            key={name}
            value={name}
            className="-mb-px flex h-9 shrink-0 items-center gap-1.5 border-b-2 border-transparent px-2 text-sm text-ink-3 hover:text-ink data-[state=active]:border-ink data-[state=active]:font-medium data-[state=active]:text-ink"
          >
            {t(`tab.${name}`)}
            {(counts[name] ?? 0) > 0 && (
              <span
                className={cx(
                  'text-2xs font-normal tabular-nums',
                  name === 'checks' ? 'text-red' : 'text-ink-3',
                )}
              >
                {counts[name]}
              </span>
            )}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {shown.map(name => (
        <Tabs.Content key={name} value={name} className="rounded-sm pt-4">
          {name === tab && bodies[name]}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  )
}
