import { useQuery } from '@tanstack/react-query'
import { Bot, Users } from 'lucide-react'

import type { Agent } from '@/api/client'
import { attemptEventsQuery } from '@/api/operations'
import { agentsQuery, sessionsQuery } from '@/api/queries'
import { Timeline } from '@/components/agents/Timeline'
import { Calibration } from '@/components/agents/Calibration'
import { outcomesOf, type Outcomes } from '@/components/agents/outcomes'
import { SessionRow } from '@/components/SessionRow'
import { useTitle } from '@/hooks/useTitle'
import { Avatar } from '@/ui/Avatar'
import { Page } from '@/ui/Page'
import { Box, Panel, Tag } from '@/ui/Panel'
import { Empty, Failure, SkeletonRows } from '@/ui/states'
import { cx } from '@/util/cx'
import { clockTime } from '@/util/format'
import { useLanguage, useT } from '@/util/i18n'

export function AgentsPage() {
  const t = useT()
  const agents = useQuery(agentsQuery)
  const sessions = useQuery(sessionsQuery)
  const { data: events = [] } = useQuery(attemptEventsQuery)
  const outcomes = outcomesOf(events)
  useTitle(t('nav.agents'))
  const error = agents.error ?? sessions.error
  if (error)
    return <Failure error={error} retry={() => void Promise.all([agents.refetch(), sessions.refetch()])} />
  return (
    <Page title={t('nav.agents')}>
      <div className="flex flex-col gap-7">
        <Panel title={t('overview.liveNow')} count={sessions.data?.length || undefined}>
          {sessions.data === undefined ? (
            <SkeletonRows rows={2} height="h-16" />
          ) : (
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
          )}
        </Panel>
        {agents.data && sessions.data && <Timeline agents={agents.data} sessions={sessions.data} />}
        <Panel title={t('agents.all')} count={agents.data?.length}>
          {agents.data === undefined ? (
            <SkeletonRows />
          ) : (
            <Box>
              {agents.data.length === 0 ? (
                <Empty icon={<Users className="size-5" />} title={t('agents.none')}>
                  {t('agents.noneHint')}
                </Empty>
              ) : (
                <ul>
                  {agents.data.map(agent => (
                    <AgentRow key={agent.id} agent={agent} outcomes={outcomes.get(agent.id)} />
                  ))}
                </ul>
              )}
            </Box>
          )}
        </Panel>
        <Calibration />
      </div>
    </Page>
  )
}

function AgentRow({ agent, outcomes }: { agent: Agent; outcomes: Outcomes | undefined }) {
  const { t, locale } = useLanguage()
  return (
    <li className="flex items-center gap-3 border-b border-line px-3 py-2.5 last:border-0">
      <Avatar actor={agent.id} size="md" />
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2">
          <span className="truncate text-sm font-medium">{agent.display_name}</span>
          <Tag>{t(`role.${agent.role}`)}</Tag>
          {agent.parked_until && (
            <Tag className="text-amber!">
              {t('agents.parked', { at: clockTime(agent.parked_until, locale) })}
            </Tag>
          )}
          {agent.fallback && <Tag>{t('agents.fallback')}</Tag>}
        </p>
        <p className="truncate text-xs text-ink-3">
          {agent.runner ?? t('attempt.outside')}
          {agent.capabilities.length > 0 && ` · ${agent.capabilities.join(', ')}`}
        </p>
      </div>
      {outcomes && <OutcomeCounts {...outcomes} />}
      <Slots busy={agent.sessions.length} most={agent.max_concurrent} />
    </li>
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
      className="hidden items-center gap-2.5 text-xs tabular-nums sm:flex"
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
