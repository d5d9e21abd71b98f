import { useQueries, useQuery } from '@tanstack/react-query'
import { Link, type LinkOptions } from '@tanstack/react-router'
import {
  CalendarX,
  CircleAlert,
  CircleCheckBig,
  MailQuestionMark,
  MailWarning,
  MessageCircleQuestion,
} from 'lucide-react'
import { useState, type ReactNode } from 'react'

import type {
  BoardEvent,
  Checkpoint,
  DeadLetter,
  Job,
  JobRun,
  Level,
  Mail,
  Project,
  Task,
} from '@/api/client'
import { isOpen, openMailQuery } from '@/api/mail'
import { jobsQuery } from '@/api/operations'
import { checkpointsQuery, deadLettersQuery, eventsQuery, troubledTasksQuery } from '@/api/queries'
import { eventText } from '@/components/event-text'
import { QuickActions } from '@/components/QuickActions'
import { useNow } from '@/hooks/useNow'
import { useAnswerCheckpoint, useRunJob, useSettleLetter } from '@/hooks/writes'
import { Button, buttonLook } from '@/ui/Button'
import { Input } from '@/ui/Field'
import { Box } from '@/ui/Panel'
import { Empty, Failure, SkeletonRows } from '@/ui/states'
import { StatusIcon } from '@/ui/status'
import { Age } from '@/ui/time'
import { sayDone, sayFailed } from '@/ui/toast'
import { cx } from '@/util/cx'
import { useLanguage, useT } from '@/util/i18n'
import { links } from '@/util/links'
import { savedStore } from '@/util/saved'
import { useStore } from '@/util/store'

type Need = { at: string; key: string; rank: number } & (
  | { is: 'job'; job: Job; run: JobRun }
  | { is: 'event'; event: BoardEvent }
  | { is: 'mail'; mail: Mail }
  | ({ project: Project } & Waiting)
)

type Waiting =
  | { is: 'checkpoint'; checkpoint: Checkpoint }
  | { is: 'task'; task: Task }
  | { is: 'letter'; letter: DeadLetter }

const mostUrgent = 20
const urgentOnly = ['urgent'] as const satisfies Level[]
const urgentMs = 24 * 3_600_000

/** The newest red event that a person has said to have seen. */
const seenStore = savedStore('seen', 0, value => typeof value === 'number')

/** What waits for a person in all projects: questions first, then decisions, failures and refused writes. */
export function useNeeds(projects: Project[]) {
  const tasks = useQueries({ queries: projects.map(project => troubledTasksQuery(project.id)) })
  const checkpoints = useQueries({ queries: projects.map(project => checkpointsQuery(project.id)) })
  const letters = useQueries({ queries: projects.map(project => deadLettersQuery(project.id)) })
  const { data: jobs = [] } = useQuery(jobsQuery)
  const { data: urgent = [] } = useQuery(eventsQuery(mostUrgent, urgentOnly))
  const { data: mails = [] } = useQuery(openMailQuery)
  const seen = useStore(seenStore)
  const now = useNow('minute')
  const ofProjects = projects.flatMap((project, index): Need[] => [
    ...(checkpoints[index]?.data ?? [])
      .filter(checkpoint => !checkpoint.answered_at)
      .map(checkpoint => ({
        is: 'checkpoint' as const,
        rank: 0,
        key: `c${project.id}${checkpoint.id}`,
        at: checkpoint.created_at,
        project,
        checkpoint,
      })),
    ...(tasks[index]?.data ?? []).map(task => ({
      is: 'task' as const,
      rank: task.status === 'escalated' ? 1 : 2,
      key: `t${project.id}${task.id}`,
      at: task.status_since,
      project,
      task,
    })),
    ...(letters[index]?.data ?? [])
      .filter(letter => !letter.settled_at)
      .map(letter => ({
        is: 'letter' as const,
        rank: 3,
        key: `l${project.id}${letter.id}`,
        at: letter.created_at,
        project,
        letter,
      })),
  ])
  // What a task is in trouble for stands at the task; a red event about it would say it twice.
  const troubled = new Set(
    ofProjects.flatMap(need => (need.is === 'task' ? [`${need.project.id}/${need.task.id}`] : [])),
  )
  const needs: Need[] = [
    ...ofProjects,
    ...jobs.flatMap((job): Need[] =>
      job.last_run?.outcome === 'failed'
        ? [{ is: 'job', rank: 2, key: `j${job.name}`, at: job.last_run.started_at, job, run: job.last_run }]
        : [],
    ),
    ...mails
      .filter(isOpen)
      .map((mail): Need => ({ is: 'mail', rank: 0, key: `m${mail.id}`, at: mail.created_at, mail })),
    ...urgent
      .filter(
        event =>
          event.id > seen &&
          event.kind !== 'job_finished' &&
          !troubled.has(`${event.project ?? ''}/${event.task ?? ''}`) &&
          now - new Date(event.at).getTime() < urgentMs,
      )
      .map((event): Need => ({ is: 'event', rank: 4, key: `e${event.id}`, at: event.at, event })),
  ]
  needs.sort((a, b) => a.rank - b.rank || b.at.localeCompare(a.at))
  const all = [...tasks, ...checkpoints, ...letters]
  return {
    needs,
    pending: all.some(query => query.isPending),
    error: all.find(query => query.error)?.error ?? undefined,
  }
}

export function NeedsYou({ needs, pending, error }: ReturnType<typeof useNeeds>) {
  const t = useT()
  if (error) return <Failure error={error} />
  if (pending && needs.length === 0) return <SkeletonRows rows={3} height="h-12" />
  return (
    <Box>
      {needs.length === 0 ? (
        <Empty icon={<CircleCheckBig className="size-5" />} title={t('needs.none')} className="py-7!">
          {t('needs.noneHint')}
        </Empty>
      ) : (
        <ul>
          {needs.map(need => (
            <li key={need.key} className="border-b border-line last:border-0">
              {need.is === 'checkpoint' ? (
                <CheckpointRow project={need.project} checkpoint={need.checkpoint} />
              ) : need.is === 'task' ? (
                <TroubledRow project={need.project} task={need.task} />
              ) : need.is === 'job' ? (
                <JobRow job={need.job} run={need.run} />
              ) : need.is === 'mail' ? (
                <MailRow mail={need.mail} />
              ) : need.is === 'event' ? (
                <UrgentRow event={need.event} />
              ) : (
                <LetterRow project={need.project} letter={need.letter} />
              )}
            </li>
          ))}
        </ul>
      )}
    </Box>
  )
}

interface RowProps {
  icon: ReactNode
  /** Where it is about, and the way there. */
  place: string
  to: LinkOptions
  title: string
  detail?: string | null | undefined
  at: string
  children: ReactNode
}

const ofTask = (project: Project, task: string) => ({
  place: `${project.name} · ${task}`,
  to: links.task(project.id, task),
})

const NeedRow = ({ icon, place, to, title, detail, at, children }: RowProps) => (
  <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-3 py-2.5 sm:flex-nowrap">
    <span className="flex min-w-0 flex-[1_1_220px] items-start gap-2.5">
      <span className="mt-0.75">{icon}</span>
      <span className="min-w-0 flex-1">
        <Link {...to} className="line-clamp-2 rounded-sm font-medium hover:underline">
          {title}
        </Link>
        <span className="flex gap-1.5 text-xs text-ink-3">
          <span className="shrink-0">
            <span className="tabular-nums">{place}</span> · <Age at={at} />
          </span>
          {detail && <span className="truncate">· {detail}</span>}
        </span>
      </span>
    </span>
    <span className="ml-auto flex shrink-0 items-center gap-1.5">{children}</span>
  </div>
)

function TroubledRow({ project, task }: { project: Project; task: Task }) {
  const { t, said } = useLanguage()
  return (
    <NeedRow
      icon={<StatusIcon status={task.status} label={t(`status.${task.status}`)} />}
      {...ofTask(project, task.id)}
      title={task.title}
      detail={task.reason && said(task.reason)}
      at={task.status_since}
    >
      <QuickActions task={task} archived={false} />
    </NeedRow>
  )
}

export function CheckpointRow({ project, checkpoint }: { project: Project; checkpoint: Checkpoint }) {
  const t = useT()
  const answer = useAnswerCheckpoint(project.id)
  const [text, setText] = useState('')
  const send = (words: string) =>
    answer.mutate(
      { id: checkpoint.id, answer: words },
      { onSuccess: () => sayDone(t('checkpoint.done')), onError: sayFailed },
    )
  return (
    <NeedRow
      icon={<MessageCircleQuestion className="size-3.5 text-amber" />}
      {...ofTask(project, checkpoint.task)}
      title={checkpoint.question}
      detail={checkpoint.asked_by}
      at={checkpoint.created_at}
    >
      {checkpoint.options.length > 0 ? (
        checkpoint.options.map(option => (
          <Button key={option} size="sm" busy={answer.isPending} onClick={() => send(option)}>
            {option}
          </Button>
        ))
      ) : (
        <form
          className="flex gap-1.5"
          onSubmit={event => {
            event.preventDefault()
            if (text.trim()) send(text.trim())
          }}
        >
          <Input
            aria-label={t('checkpoint.answer')}
            placeholder={t('checkpoint.answer')}
            value={text}
            onChange={event => setText(event.target.value)}
            className="h-7! w-44"
          />
          <Button
            size="sm"
            type="submit"
            busy={answer.isPending}
            reason={text.trim() ? undefined : t('checkpoint.empty')}
          >
            {t('checkpoint.send')}
          </Button>
        </form>
      )}
    </NeedRow>
  )
}

function LetterRow({ project, letter }: { project: Project; letter: DeadLetter }) {
  const t = useT()
  const settle = useSettleLetter(project.id)
  const act = (how: 'apply' | 'discard') =>
    settle.mutate(
      { id: letter.id, how },
      { onSuccess: () => sayDone(t(`letter.${how}Done`)), onError: sayFailed },
    )
  return (
    <NeedRow
      icon={<MailWarning className="size-3.5 text-ink-3" />}
      {...ofTask(project, letter.task)}
      title={t('letter.title', { operation: letter.operation, agent: letter.agent ?? t('letter.somebody') })}
      detail={letter.reason}
      at={letter.created_at}
    >
      <Button size="sm" busy={settle.isPending} onClick={() => act('apply')}>
        {t('letter.apply')}
      </Button>
      <Button size="sm" look="ghost" busy={settle.isPending} onClick={() => act('discard')}>
        {t('letter.discard')}
      </Button>
    </NeedRow>
  )
}

function JobRow({ job, run }: { job: Job; run: JobRun }) {
  const t = useT()
  const again = useRunJob()
  return (
    <NeedRow
      icon={<CalendarX className="size-3.5 text-red" />}
      place={t('nav.operations')}
      to={links.operations('jobs')}
      title={t('needs.job', { name: job.name })}
      detail={run.message}
      at={run.started_at}
    >
      <Button size="sm" busy={again.isPending} onClick={() => again.mutate(job.name, { onError: sayFailed })}>
        {t('needs.runAgain')}
      </Button>
    </NeedRow>
  )
}

/** An agent asks by mail; it is answered where the conversation is. */
function MailRow({ mail }: { mail: Mail }) {
  const t = useT()
  const to = links.mail('inbox', mail.conversation)
  return (
    <NeedRow
      icon={<MailQuestionMark className={cx('size-3.5', mail.overdue_at ? 'text-red' : 'text-amber')} />}
      place={t('nav.mail')}
      to={to}
      title={mail.subject}
      detail={mail.from}
      at={mail.created_at}
    >
      <Link {...to} className={buttonLook('secondary', 'sm')}>
        {t('needs.answer')}
      </Link>
    </NeedRow>
  )
}

/** A red event that is no task's state: it stays until somebody has said to have seen it. */
function UrgentRow({ event }: { event: BoardEvent }) {
  const t = useT()
  const { project, task } = event
  return (
    <NeedRow
      icon={<CircleAlert className="size-3.5 text-red" />}
      place={[project, task].filter(Boolean).join(' · ') || t(`kind.${event.kind}`)}
      to={project && task ? links.task(project, task) : links.events()}
      title={eventText(event, t)}
      at={event.at}
    >
      <Button size="sm" look="ghost" onClick={() => seenStore.set(Math.max(seenStore.get(), event.id))}>
        {t('needs.seen')}
      </Button>
    </NeedRow>
  )
}
