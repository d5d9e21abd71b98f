import type { ReactNode } from 'react'

import type { BoardEvent, Comment, EventKind, Output, Review, TaskDetail } from '@/api/client'
import { CommentBox } from '@/components/CommentBox'
import { changeIn, moveOf, stancesIn } from '@/components/event-text'
import { VerdictBadge } from '@/components/ReviewCard'
import { Avatar } from '@/ui/Avatar'
import { Markdown } from '@/ui/Markdown'
import { Tag } from '@/ui/Panel'
import { StatusIcon } from '@/ui/status'
import { Ago } from '@/ui/time'
import { percent } from '@/util/format'
import { said, useT } from '@/util/i18n'

type Entry = { at: string; key: string } & (
  | { is: 'comment'; comment: Comment }
  | { is: 'review'; review: Review }
  | { is: 'output'; output: Output }
  | { is: 'moved'; event: BoardEvent }
  | { is: 'rebutted'; event: BoardEvent }
)

const threadKinds: Partial<Record<EventKind, 'moved' | 'rebutted'>> = {
  task_created: 'moved',
  task_status_changed: 'moved',
  rebuttal_submitted: 'rebutted',
}

/** Everything that was said and that happened, oldest first. */
function entries(task: TaskDetail): Entry[] {
  const all: Entry[] = [
    ...(task.comments ?? []).map(comment => ({
      is: 'comment' as const,
      at: comment.created_at,
      key: `c${comment.id}`,
      comment,
    })),
    ...(task.reviews ?? []).map(review => ({
      is: 'review' as const,
      at: review.created_at,
      key: `r${review.id}`,
      review,
    })),
    ...(task.outputs ?? []).map(output => ({
      is: 'output' as const,
      at: output.created_at,
      key: `o${output.id}`,
      output,
    })),
    ...(task.events ?? []).flatMap(event => {
      const is = threadKinds[event.kind]
      return is ? [{ is, at: event.at, key: `e${event.id}`, event }] : []
    }),
  ]
  return all.sort((a, b) => a.at.localeCompare(b.at))
}

export function Thread({ task, agents }: { task: TaskDetail; agents: readonly string[] }) {
  return (
    <div className="flex flex-col">
      <ol className="relative flex flex-col gap-4 before:absolute before:top-3 before:bottom-3 before:left-[11.5px] before:w-px before:bg-line">
        {entries(task).map(entry => (
          <li key={entry.key} className="relative">
            <EntryView entry={entry} />
          </li>
        ))}
      </ol>
      <div className="mt-5">
        <CommentBox project={task.project} task={task.id} agents={agents} />
      </div>
    </div>
  )
}

function EntryView({ entry }: { entry: Entry }) {
  const t = useT()
  switch (entry.is) {
    case 'comment':
      return <CommentView comment={entry.comment} />
    case 'review':
      return (
        <Line actor={entry.review.reviewer} at={entry.at}>
          {t('thread.reviewed')} <VerdictBadge verdict={entry.review.verdict} />{' '}
          {t('thread.confidence', { share: percent(entry.review.confidence) })}
          {entry.review.issues.length > 0 &&
            ` · ${t('review.issuesOf', { count: entry.review.issues.length })}`}
        </Line>
      )
    case 'output':
      return (
        <Line actor={entry.output.agent} at={entry.at}>
          {t('thread.added')} <span className="font-medium text-ink-2">{entry.output.title}</span>
        </Line>
      )
    case 'rebutted':
      return (
        <Line actor={entry.event.actor} at={entry.at}>
          {t('thread.answered')} {stancesIn(entry.event, t)}
        </Line>
      )
    case 'moved':
      return <MovedLine event={entry.event} />
  }
}

/** A step of the task: where it went, or what else about it changed. */
function MovedLine({ event }: { event: BoardEvent }) {
  const t = useT()
  const move = event.kind === 'task_created' ? undefined : moveOf(event)
  const { to, from, reason } = move ?? {}
  const change = changeIn(event, t)
  return (
    <div className="flex items-start gap-2.5 text-xs text-ink-3">
      <span className="flex h-4.5 w-6 shrink-0 items-center justify-center bg-surface">
        {to ? <StatusIcon status={to} /> : <span className="size-1.5 rounded-full bg-line-strong" />}
      </span>
      <span className="min-w-0 wrap-anywhere">
        {to ? (
          <>
            {from && from !== to && `${t(`status.${from}`)} → `}
            <span className="font-medium text-ink-2">{t(`status.${to}`)}</span> · {event.actor}
          </>
        ) : change ? (
          <>
            {change} · {event.actor}
          </>
        ) : (
          <>
            <span className="font-medium text-ink-2">{event.actor}</span>{' '}
            {t(event.kind === 'task_created' ? 'thread.created' : 'thread.changed')}
          </>
        )}{' '}
        · <Ago at={event.at} />
        {reason && <span className="block">{said(reason)}</span>}
      </span>
    </div>
  )
}

const Line = ({ actor, at, children }: { actor: string; at: string; children: ReactNode }) => (
  <div className="flex items-start gap-2.5 text-xs text-ink-3">
    <span className="flex w-6 shrink-0 justify-center bg-surface">
      <Avatar actor={actor} size="sm" />
    </span>
    <span className="min-w-0 leading-5 wrap-anywhere">
      <span className="font-medium text-ink-2">{actor}</span> {children} · <Ago at={at} />
    </span>
  </div>
)

function CommentView({ comment }: { comment: Comment }) {
  const t = useT()
  return (
    <article className="flex items-start gap-2.5">
      <span className="rounded-full bg-surface">
        <Avatar actor={comment.author} size="md" />
      </span>
      <div className="min-w-0 flex-1 rounded-lg border border-line bg-raised px-3 py-2 shadow-card">
        <header className="mb-1 flex items-center gap-2 text-xs text-ink-3">
          <span className="font-medium text-ink">{comment.author}</span>
          {comment.comment_type !== 'note' && <Tag>{t(`comment.${comment.comment_type}`)}</Tag>}
          <Ago at={comment.created_at} className="ml-auto" />
        </header>
        <Markdown text={comment.body} />
      </div>
    </article>
  )
}
