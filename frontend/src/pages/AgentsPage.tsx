import { useQuery } from '@tanstack/react-query'
import { Bot, Users } from 'lucide-react'

import type { Agent, Spend } from '@/api/client'
import { attemptEventsQuery } from '@/api/operations'
import { agentsQuery, sessionsQuery } from '@/api/queries'
import { tokensOf } from '@/api/spend'
import { Timeline } from '@/components/agents/Timeline'
import { Calibration } from '@/components/agents/Calibration'
import { Providers } from '@/components/agents/Providers'
import { outcomesOf, type Outcomes } from '@/components/agents/outcomes'
import { SessionRow } from '@/components/SessionRow'
import { useNow } from '@/hooks/useNow'
import { useTitle } from '@/hooks/useTitle'
import { Avatar } from '@/ui/Avatar'
import { Page } from '@/ui/Page'
import { Box, Panel, Tag } from '@/ui/Panel'
import { Empty, Failure, SkeletonRows } from '@/ui/states'
import { cx } from '@/util/cx'
import { compact, money, nearTime } from '@/util/format'
import { useLanguage, useT } from '@/util/i18n'

export function AgentsPage() {
  const t = useT()
  const agents = useQuery(agentsQuery)
  const sessions = useQuery(sessionsQuery)
  const events = useQuery(attemptEventsQuery)
  useTitle(t('nav.agents'))
  const asked = [agents, sessions, events]
  const error = asked.find(query => query.error)?.error
  if (error) return <Failure error={error} retry={() => asked.forEach(query => void query.refetch())} />
  // All at once, so that nothing moves under the eyes of who has begun to read.
  if (!agents.data || !sessions.data || !events.data)
    return (
      <Page title={t('nav.agents')}>
        <SkeletonRows rows={8} height="h-14" />
      </Page>
    )
  const outcomes = outcomesOf(events.data)
  return (
    <Page title={t('nav.agents')}>
      <div className="flex flex-col gap-7">
        <Panel title={t('overview.liveNow')} count={sessions.data.length || undefined}>
          <Box>
            {sessions.data.length === 0 ? (
              <Empty icon={<Bot className="size-5" />} title={t('session.none')}>
                {t('session.noneHint')}
              </Empty>
            ) : (
              <ul>
                {sessions.data.map(attempt => (
                  <SessionRow key={attempt.id} attempt={attempt} full />
                ))}
              </ul>
            )}
          </Box>
        </Panel>
        <Timeline agents={agents.data} sessions={sessions.data} />
        <Panel title={t('agents.all')} count={agents.data.length}>
          <Box>
            {agents.data.length === 0 ? (
              <Empty icon={<Users className="size-5" />} title={t('agents.none')}>
                {t('agents.noneHint')}
              </Empty>
            ) : (
              <ul>
                <AgentHeads />
                {agents.data.map(agent => (
                  <AgentRow key={agent.id} agent={agent} outcomes={outcomes.get(agent.id)} />
                ))}
              </ul>
            )}
          </Box>
        </Panel>
        <Providers />
        <Calibration />
      </div>
    </Page>
  )
}

const columns = {
  spent: 'hidden w-20 shrink-0 justify-end md:flex',
  outcomes: 'hidden w-36 shrink-0 justify-end sm:flex',
  slots: 'flex w-24 shrink-0 justify-end',
}

/** What the columns of the list say; each value repeats it for a screen reader. */
function AgentHeads() {
  const t = useT()
  return (
    <li
      aria-hidden
      className="hidden items-center gap-3 border-b border-line px-3 py-1.5 text-2xs text-ink-3 sm:flex"
    >
      <span className="flex-1" />
      <span className={columns.spent}>{t('agents.head.spent')}</span>
      <span className={columns.outcomes}>{t('agents.head.outcomes')}</span>
      <span className={columns.slots}>{t('agents.head.slots')}</span>
    </li>
  )
}

function AgentRow({ agent, outcomes }: { agent: Agent; outcomes: Outcomes | undefined }) {
  const { t, locale } = useLanguage()
  const now = useNow('minute')
  return (
    <li className="flex items-center gap-3 border-b border-line px-3 py-2.5 last:border-0">
      <Avatar actor={agent.id} size="md" />
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2">
          <span className="truncate text-sm font-medium">{agent.display_name}</span>
          <Tag>{t(`role.${agent.role}`)}</Tag>
          {agent.fallback && <Tag>{t('agents.fallback')}</Tag>}
        </p>
        <p className="truncate text-xs text-ink-3">
          {agent.runner ?? t('attempt.outside')}
          {agent.capabilities.length > 0 && ` · ${agent.capabilities.join(', ')}`}
        </p>
        {agent.parked_until && (
          <p className="text-xs wrap-anywhere text-amber">
            {t('agents.parked', { at: nearTime(agent.parked_until, now, locale) })}
          </p>
        )}
      </div>
      <span className={columns.spent}>
        <Spent spent={agent.spent.total} />
      </span>
      <span className={columns.outcomes}>{outcomes && <OutcomeCounts {...outcomes} />}</span>
      <span className={columns.slots}>
        <Slots busy={agent.sessions.length} most={agent.max_concurrent} />
      </span>
    </li>
  )
}

/** What it has used so far; nothing for one that tells nothing. */
function Spent({ spent }: { spent: Spend }) {
  const { t, locale } = useLanguage()
  const tokens = compact(tokensOf(spent), locale)
  if (tokensOf(spent) === 0) return null
  const label = t('agents.spent', { tokens, cost: money(spent.cost_micros, locale) })
  return (
    <span role="img" aria-label={label} title={label} className="text-xs text-ink-3 tabular-nums">
      {spent.cost_micros > 0 ? money(spent.cost_micros, locale) : tokens}
    </span>
  )
}

/** How its latest attempts ended. */
function OutcomeCounts({ completed, stopped, failed }: Outcomes) {
  const t = useT()
  const label = t('agents.outcomes', { completed, stopped, failed })
  return (
    <span
      role="img"
      aria-label={label}
      title={label}
      className="flex items-center gap-2.5 text-xs tabular-nums"
    >
      <span className="text-green">{completed} ✓</span>
      {stopped > 0 && <span className="text-ink-3">{stopped} –</span>}
      {failed > 0 && <span className="text-red">{failed} ✕</span>}
    </span>
  )
}

const mostDots = 6

/** Its slots: filled ones are busy. */
function Slots({ busy, most }: { busy: number; most: number }) {
  const t = useT()
  return (
    <span
      role="img"
      aria-label={t('agents.slots', { busy, most })}
      title={t('agents.slots', { busy, most })}
      className="flex items-center gap-1"
    >
      {most <= mostDots &&
        Array.from({ length: most }, (_, index) => (
          <span
            key={index}
            className={cx('size-2 rounded-full', index < busy ? 'bg-azure' : 'bg-line-strong')}
          />
        ))}
      <span aria-hidden className="ml-1 text-xs text-ink-3 tabular-nums">
        {busy}/{most}
      </span>
    </span>
  )
}
