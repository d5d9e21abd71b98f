import { Link } from '@tanstack/react-router'
import { MessagesSquare } from 'lucide-react'

import type { Decision, Task, TaskDetail } from '@/api/client'
import { roundsOf, voiceKinds, type Round, type Voice, type VoiceKind } from '@/components/discussion'
import { ActorName, Avatar } from '@/ui/Avatar'
import { Markdown } from '@/ui/Markdown'
import { Box, Panel } from '@/ui/Panel'
import { Empty } from '@/ui/states'
import { StatusIcon, statusColor } from '@/ui/status'
import { Ago } from '@/ui/time'
import { cx } from '@/util/cx'
import { useT } from '@/util/i18n'
import { links } from '@/util/links'

/** How a goal was talked about, round by round, and the parts that came of it. */
export function DiscussionTab({ task }: { task: TaskDetail }) {
  const t = useT()
  const rounds = roundsOf(task)
  if (rounds.length === 0)
    return (
      <Empty icon={<MessagesSquare className="size-5" />} title={t('discussion.none')}>
        {t('discussion.noneHint')}
      </Empty>
    )
  return (
    <div className="flex flex-col gap-6">
      {rounds.toReversed().map(round => (
        <RoundView key={round.number} round={round} />
      ))}
      <Parts task={task} />
    </div>
  )
}

const kindColor: Record<VoiceKind, string> = {
  position: 'text-azure',
  suggestion: 'text-violet',
  claim: 'text-green',
  risk: 'text-amber',
}

const KindMark = ({ kind }: { kind: VoiceKind }) => {
  const t = useT()
  return (
    <span
      className={cx(
        'inline-flex h-4.5 items-center rounded-full tint px-2 text-2xs font-medium',
        kindColor[kind],
      )}
    >
      {t(`comment.${kind}`)}
    </span>
  )
}

function RoundView({ round }: { round: Round }) {
  const t = useT()
  const { number, at, asked, voices, silent, summaryBy, summary } = round
  const agents = (names: readonly string[]) => names.join(t('list.comma'))
  return (
    <Panel
      title={number > 0 ? t('discussion.round', { round: number }) : t('discussion.before')}
      action={
        <span className="flex items-center gap-3 text-xs text-ink-3">
          <Counts voices={voices} />
          <Ago at={at} />
        </span>
      }
    >
      <Box>
        {asked.length > 0 && (
          <p className="border-b border-line bg-sunken px-4 py-1.5 text-2xs wrap-anywhere text-ink-3">
            {t('discussion.asked', { agents: agents(asked) })}
            {silent.length > 0 && (
              <>
                {' · '}
                <span className="text-amber">{t('discussion.silent', { agents: agents(silent) })}</span>
              </>
            )}
          </p>
        )}
        {voices.length === 0 ? (
          <p className="px-4 py-3 text-xs text-ink-3">{t('discussion.nobody')}</p>
        ) : (
          <ul>
            {voices.map(voice => (
              <VoiceView key={voice.comment.id} voice={voice} />
            ))}
          </ul>
        )}
        {number > 0 && <Summary by={summaryBy} decisions={summary} />}
      </Box>
    </Panel>
  )
}

/** How many there are of each kind. */
function Counts({ voices }: { voices: readonly Voice[] }) {
  const t = useT()
  return (
    <span className="hidden items-center gap-3 sm:flex">
      {voiceKinds
        .map(kind => ({ kind, count: voices.filter(voice => voice.kind === kind).length }))
        .filter(({ count }) => count > 0)
        .map(({ kind, count }) => (
          <span key={kind} className={kindColor[kind]}>
            {t(`comment.${kind}`)} <span className="tabular-nums">{count}</span>
          </span>
        ))}
    </span>
  )
}

const VoiceView = ({ voice: { comment, kind } }: { voice: Voice }) => (
  <li className="flex items-start gap-2.5 border-b border-line px-4 py-3 last:border-0">
    <Avatar actor={comment.author} size="md" />
    <div className="min-w-0 flex-1">
      <p className="mb-1 flex flex-wrap items-center gap-2 text-xs text-ink-3">
        <span className="font-medium text-ink">{comment.author}</span>
        <KindMark kind={kind} />
        <Ago at={comment.created_at} className="ml-auto" />
      </p>
      <Markdown text={comment.body} />
    </div>
  </li>
)

function Summary({ by, decisions }: { by: string | undefined; decisions: readonly Decision[] }) {
  const t = useT()
  return (
    <div className="border-t border-line bg-sunken px-4 py-3">
      {by === undefined ? (
        <p className="text-xs text-ink-3">{t('discussion.talking')}</p>
      ) : decisions.length === 0 ? (
        <p className="text-xs text-ink-3">{t('discussion.summaryAwaited', { agent: by })}</p>
      ) : (
        <>
          <p className="mb-1.5 flex items-center gap-1.5 text-2xs text-ink-3">
            <Avatar actor={by} size="xs" /> {t('discussion.summary', { agent: by })}
          </p>
          {decisions.map(({ id, decision, rationale }) => (
            <div key={id} className="mt-2 first-of-type:mt-0">
              <p className="font-medium wrap-anywhere">{decision}</p>
              <div className="mt-1 text-xs text-ink-2">
                <Markdown text={rationale} />
              </div>
            </div>
          ))}
        </>
      )}
    </div>
  )
}

/** The parts, each with how far it is, and how often the whole was looked at since. */
function Parts({ task }: { task: TaskDetail }) {
  const t = useT()
  const parts = task.subtasks ?? []
  const looks = (task.attempts ?? []).filter(({ kind }) => kind === 'round').length
  return (
    <Panel
      title={t('discussion.parts')}
      count={parts.length || undefined}
      action={
        looks > 0 && (
          <span className="text-xs text-ink-3">{t('discussion.partsRounds', { count: looks })}</span>
        )
      }
    >
      <Box>
        {parts.length === 0 ? (
          <p className="px-4 py-3 text-xs text-ink-3">{t('discussion.partsNone')}</p>
        ) : (
          <ul>
            {parts.map(part => (
              <Part key={part.id} part={part} />
            ))}
          </ul>
        )}
      </Box>
    </Panel>
  )
}

function Part({ part }: { part: Task }) {
  const t = useT()
  const who = part.owner ?? part.assignee
  return (
    <li className="border-b border-line last:border-0">
      <Link
        {...links.task(part.project, part.id)}
        className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 hover:bg-hover"
      >
        <StatusIcon status={part.status} />
        <span className="text-2xs text-ink-3 tabular-nums">{part.id}</span>
        <span className="min-w-0 flex-1 basis-40 truncate">{part.title}</span>
        <span className={cx('text-xs font-medium', statusColor[part.status])}>
          {t(`status.${part.status}`)}
          {part.round > 0 && (
            <span className="font-normal text-ink-3"> · {t('task.roundShort', { round: part.round })}</span>
          )}
        </span>
        {who && (
          <span className="text-xs text-ink-2">
            <ActorName actor={who} size="xs" />
          </span>
        )}
      </Link>
    </li>
  )
}
