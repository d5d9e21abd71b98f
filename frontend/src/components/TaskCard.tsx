import { Link } from '@tanstack/react-router'
import { MessageSquare, Paperclip } from 'lucide-react'

import type { Task } from '@/api/client'
import { MoveMenu } from '@/components/MoveMenu'
import { MiniPipeline } from '@/components/Pipeline'
import type { MoveTask } from '@/components/useMoves'
import { useDraggable } from '@/hooks/useDrag'
import { Avatar } from '@/ui/Avatar'
import { PriorityIcon, RiskMark, StatusIcon } from '@/ui/status'
import { Age } from '@/ui/time'
import { useLanguage, useT } from '@/util/i18n'
import { links } from '@/util/links'

/** Why a task stands still, in a line; nothing for tasks that move. */
function StandstillReason({ task }: { task: Task }) {
  const { t, said } = useLanguage()
  if (task.status === 'blocked' && task.blocked_on)
    return <p className="truncate text-2xs text-ink-3">{t('task.waitsFor', { what: task.blocked_on })}</p>
  if (task.reason && ['escalated', 'failed', 'paused'].includes(task.status))
    return <p className="line-clamp-2 text-2xs text-ink-3">{said(task.reason)}</p>
  return null
}

const Count = ({ icon, count, label }: { icon: React.ReactNode; count: number; label: string }) =>
  count > 0 && (
    <span className="inline-flex items-center gap-0.75 tabular-nums" title={label}>
      {icon}
      <span className="sr-only">{label}</span>
      <span aria-hidden>{count}</span>
    </span>
  )

interface Props {
  task: Task
  move: MoveTask
  archived: boolean
}

/** A task on the board: a link to it that can be dragged, and the menu that moves it. */
export function TaskCard({ task, move, archived }: Props) {
  const t = useT()
  const who = task.owner ?? task.assignee
  const drag = useDraggable(archived ? undefined : task)
  return (
    <div ref={drag} className="group relative lazy-row">
      <Link
        {...links.task(task.project, task.id)}
        data-card={task.id}
        draggable={false}
        className="flex flex-col gap-1.5 rounded-lg border border-line bg-raised px-2.5 py-2.5 shadow-card transition-colors hover:border-line-strong"
      >
        <span className="flex items-center gap-1.5">
          <StatusIcon status={task.status} label={t(`status.${task.status}`)} />
          <span className="text-2xs text-ink-3 tabular-nums">{task.id}</span>
          {task.risk_level !== 'medium' && <RiskMark risk={task.risk_level} />}
          <span className="ml-auto flex items-center gap-1.5 group-focus-within:invisible group-hover:invisible max-md:invisible">
            <PriorityIcon priority={task.priority} />
          </span>
        </span>
        <span className="line-clamp-3 text-sm leading-4.5 font-medium wrap-anywhere">{task.title}</span>
        <StandstillReason task={task} />
        <MiniPipeline task={task} />
        <span className="mt-0.5 flex items-center gap-2.5 text-2xs text-ink-3">
          {who ? (
            <span className="flex min-w-0 items-center gap-1.5">
              <Avatar actor={who} size="xs" />
              <span className="truncate">{who}</span>
            </span>
          ) : (
            <span className="text-ink-3">{t('task.unassigned')}</span>
          )}
          <span className="ml-auto flex shrink-0 items-center gap-2">
            <Count
              icon={<MessageSquare className="size-3" />}
              count={task.comments_count}
              label={t('task.commentsOf', { count: task.comments_count })}
            />
            <Count
              icon={<Paperclip className="size-3" />}
              count={task.outputs_count}
              label={t('task.outputsOf', { count: task.outputs_count })}
            />
            <Age at={task.status_since} className="tabular-nums" />
          </span>
        </span>
      </Link>
      <div className="absolute top-1.5 right-1.5 opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 has-data-[state=open]:opacity-100 max-md:opacity-100">
        <MoveMenu task={task} move={move} archived={archived} />
      </div>
    </div>
  )
}
