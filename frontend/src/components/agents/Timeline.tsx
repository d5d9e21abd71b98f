import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'

import type { Agent, Attempt, BoardEvent } from '@/api/client'
import { attemptEventsQuery } from '@/api/operations'
import { busyShare, hourMarks, spansByAgent, type Span } from '@/components/agents/utilisation'
import { useNow } from '@/hooks/useNow'
import { Avatar } from '@/ui/Avatar'
import { Box, Panel } from '@/ui/Panel'
import { Segments } from '@/ui/Segments'
import { SkeletonRows } from '@/ui/states'
import { cx } from '@/util/cx'
import { clockTime, duration, hourTime, shareOf } from '@/util/format'
import { useLanguage, useT } from '@/util/i18n'
import { links } from '@/util/links'

const ranges = [1, 6, 24] as const
const hourMs = 3_600_000
const lineHeight = 10
type Range = (typeof ranges)[number]

/** The shortest range that holds all that is known, so that a young team is not a sliver at the edge. */
const rangeFor = (events: readonly BoardEvent[], now: number): Range => {
  const oldest = Math.min(now, ...events.map(event => new Date(event.at).getTime()))
  return ranges.find(range => now - oldest < range * hourMs) ?? 6
}

const spanColor = ({ to, outcome }: Span) => {
  if (to === undefined) return 'text-azure'
  if (outcome === 'completed') return 'text-green'
  return outcome === 'cancelled' || outcome === 'interrupted' ? 'text-ink-3' : 'text-red'
}

interface Props {
  agents: Agent[]
  sessions: Attempt[]
}

/** When each agent worked in the last hours, on what, and how it ended. */
export function Timeline({ agents, sessions }: Props) {
  const { t, locale } = useLanguage()
  const [chosen, setChosen] = useState<Range>()
  const now = useNow('minute')
  const { data: events } = useQuery(attemptEventsQuery)
  const hours = chosen ?? rangeFor(events ?? [], now)
  const since = now - hours * hourMs
  const spans = useMemo(() => events && spansByAgent(events, sessions, since), [events, sessions, since])
  if (!spans) return <SkeletonRows rows={4} />
  const names = [...new Set([...agents.map(({ id }) => id), ...spans.keys()])]
  return (
    <Panel
      title={t('agents.timeline')}
      action={
        <Segments
          label={t('agents.range')}
          value={`${hours}`}
          options={ranges.map(range => ({ key: `${range}`, name: t('agents.hours', { count: range }) }))}
          onChange={key => setChosen(ranges.find(range => `${range}` === key))}
        />
      }
    >
      <Box className="px-3 pt-2 pb-1">
        <div
          aria-hidden
          className="relative ml-34 h-5 text-2xs text-ink-3 tabular-nums max-sm:ml-24 sm:mr-14"
        >
          {hourMarks(since, now, hours).map((at, index) => (
            <span
              key={at}
              className={cx('absolute border-l border-line pl-1', index % 2 === 1 && 'max-sm:hidden')}
              style={{ left: `${((at - since) / (now - since)) * 100}%` }}
            >
              {hourTime(at, locale)}
            </span>
          ))}
        </div>
        <ul>
          {names.map(name => (
            <Row key={name} agent={name} spans={spans.get(name) ?? []} since={since} now={now} />
          ))}
        </ul>
      </Box>
    </Panel>
  )
}

interface RowProps {
  agent: string
  spans: Span[]
  since: number
  now: number
}

function Row({ agent, spans, since, now }: RowProps) {
  const t = useT()
  const lines = Math.max(1, ...spans.map(({ line }) => line + 1))
  const share = busyShare(spans, since, now)
  return (
    <li className="flex items-center gap-2 border-t border-line py-1.5">
      <span className="flex w-32 shrink-0 items-center gap-1.5 text-xs max-sm:w-22">
        <Avatar actor={agent} size="xs" />
        <span className="truncate">{agent}</span>
      </span>
      <div className="relative min-w-0 flex-1 rounded-sm bg-hover" style={{ height: lines * lineHeight + 8 }}>
        {spans.map(span => (
          <Bar key={span.attempt} span={span} since={since} now={now} />
        ))}
      </div>
      <span
        className="hidden w-12 shrink-0 text-right text-xs text-ink-3 tabular-nums sm:block"
        title={t('agents.busyShare')}
      >
        {shareOf(share, 1)}
      </span>
    </li>
  )
}

function Bar({ span, since, now }: { span: Span; since: number; now: number }) {
  const { t, locale } = useLanguage()
  const whole = now - since
  const from = Math.max(span.from, since)
  const width = Math.max(((span.to ?? now) - from) / whole, 0.003)
  const label = [
    `${span.project} ${span.task}`,
    span.trigger && t(`trigger.${span.trigger}`),
    span.outcome ? t(`outcome.${span.outcome}`) : t('attempt.running'),
    `${clockTime(span.from, locale)} · ${duration(((span.to ?? now) - span.from) / 1000, locale)}`,
  ]
    .filter(Boolean)
    .join(' · ')
  return (
    <Link
      {...links.task(span.project, span.task, 'attempts')}
      aria-label={label}
      data-tip={label}
      className={cx(
        'absolute rounded-xs bg-current opacity-75 hover:opacity-100',
        spanColor(span),
        span.to === undefined && 'animate-breathe',
      )}
      style={{
        left: `${Math.min((from - since) / whole, 1 - width) * 100}%`,
        width: `${width * 100}%`,
        top: 4 + span.line * lineHeight,
        height: lineHeight - 2,
      }}
    />
  )
}
