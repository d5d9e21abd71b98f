import { useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleDashed, FileCheck, Link2, Scale } from 'lucide-react'
import type { ReactNode } from 'react'

import type { Status, TaskDetail } from '@/api/client'
import { taskBriefQuery } from '@/api/queries'
import { mustHavesOf } from '@/components/gates'
import { ActorName } from '@/ui/Avatar'
import { PriorityIcon, RiskMark, StatusIcon } from '@/ui/status'
import { Ago } from '@/ui/time'
import { cx } from '@/util/cx'
import { useT } from '@/util/i18n'
import { links } from '@/util/links'

const Row = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className="flex min-h-7 items-center gap-3">
    <dt className="w-24 shrink-0 text-xs text-ink-3">{label}</dt>
    <dd className="min-w-0 flex-1 truncate text-sm">{children}</dd>
  </div>
)

const Group = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="border-t border-line pt-4">
    <h2 className="mb-1.5 text-xs font-medium text-ink-2">{title}</h2>
    {children}
  </section>
)

const None = ({ children }: { children: ReactNode }) => <span className="text-ink-3">{children}</span>

const mustIcons = { truth: Scale, artifact: FileCheck, link: Link2, part: CircleDashed }

/** The facts of a task beside its thread. */
export function TaskSide({ task }: { task: TaskDetail }) {
  const t = useT()
  const must = mustHavesOf(task).filter(({ kind }) => kind !== 'part')
  return (
    <aside aria-label={t('task.facts')} className="flex flex-col gap-4">
      <dl>
        <Row label={t('task.assignee')}>
          {task.assignee ? <ActorName actor={task.assignee} /> : <None>{t('task.unassigned')}</None>}
        </Row>
        {task.owner && (
          <Row label={t('task.owner')}>
            <ActorName actor={task.owner} />
          </Row>
        )}
        <Row label={t('task.priority')}>
          <span className="flex items-center gap-2">
            <PriorityIcon priority={task.priority} />
            {task.priority}
          </span>
        </Row>
        <Row label={t('task.risk')}>
          <RiskMark risk={task.risk_level} large />
        </Row>
        <Row label={t('task.type')}>{task.task_type}</Row>
        <Row label={t('task.createdBy')}>
          <ActorName actor={task.created_by} />
        </Row>
        <Row label={t('task.created')}>
          <Ago at={task.created_at} />
        </Row>
        <Row label={t('task.inStatus')}>
          <Ago at={task.status_since} />
        </Row>
        <Row label={t('task.dispatches')}>
          <span className="tabular-nums">
            {task.dispatch_count}
            {task.retry_count > 0 && (
              <span className="text-ink-3"> · {t('task.retriesOf', { count: task.retry_count })}</span>
            )}
          </span>
        </Row>
      </dl>
      {must.length > 0 && (
        <Group title={t('task.mustHaves')}>
          <ul className="flex flex-col gap-1.5 text-sm">
            {must.map(({ kind, text, there }) => {
              const Icon = mustIcons[kind]
              return (
                <li key={`${kind} ${text}`} className="flex items-start gap-2">
                  <Icon className={cx('mt-1 size-3.5 shrink-0', there ? 'text-green' : 'text-ink-3')} />
                  <span className={cx('min-w-0 wrap-anywhere', kind !== 'truth' && 'font-mono text-xs')}>
                    {text}
                  </span>
                </li>
              )
            })}
          </ul>
        </Group>
      )}
      {task.parent && (
        <Group title={t('task.parent')}>
          <TaskLinks project={task.project} ids={[task.parent]} />
        </Group>
      )}
      {task.depends_on.length > 0 && (
        <Group title={t('task.dependsOn')}>
          <TaskLinks project={task.project} ids={task.depends_on} />
        </Group>
      )}
      {(task.subtasks?.length ?? 0) > 0 && (
        <Group title={t('task.subtasks')}>
          <ul>
            {task.subtasks?.map(child => (
              <TaskLine key={child.id} project={task.project} task={child} />
            ))}
          </ul>
        </Group>
      )}
    </aside>
  )
}

function TaskLinks({ project, ids }: { project: string; ids: readonly string[] }) {
  const found = useQueries({ queries: ids.map(id => taskBriefQuery(project, id)) })
  return (
    <ul>
      {ids.map((id, index) => (
        <TaskLine key={id} project={project} task={found[index]?.data ?? { id }} />
      ))}
    </ul>
  )
}

function TaskLine({
  project,
  task,
}: {
  project: string
  task: { id: string; title?: string; status?: Status }
}) {
  const t = useT()
  return (
    <li>
      <Link
        {...links.task(project, task.id)}
        className="-mx-2 flex h-7 items-center gap-2 rounded-md px-2 text-sm hover:bg-hover"
      >
        {task.status && <StatusIcon status={task.status} label={t(`status.${task.status}`)} />}
        <span className="shrink-0 text-2xs text-ink-3 tabular-nums">{task.id}</span>
        <span className="truncate">{task.title}</span>
      </Link>
    </li>
  )
}
