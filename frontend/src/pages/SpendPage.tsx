import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Coins } from 'lucide-react'
import { useState, type ReactNode } from 'react'

import type { Spend } from '@/api/client'
import { firstDay, spendPeriods, tokensOf, usageQuery } from '@/api/spend'
import { ProjectSelect } from '@/components/ProjectSelect'
import { Breakdown } from '@/components/spend/Breakdown'
import { DayChart } from '@/components/spend/DayChart'
import { measures, type Measure } from '@/components/spend/measure'
import { useNow } from '@/hooks/useNow'
import { useTitle } from '@/hooks/useTitle'
import { Page } from '@/ui/Page'
import { Box } from '@/ui/Panel'
import { Segments } from '@/ui/Segments'
import { Empty, Failure, SkeletonRows } from '@/ui/states'
import { compact, money, number, percent } from '@/util/format'
import { useLanguage, useT } from '@/util/i18n'

const route = getRouteApi('/spend')

const others = ['task', 'model', 'provider', 'runner', 'project'] as const

/** What the agents used, and on what. */
export function SpendPage() {
  const t = useT()
  const { period = '7d', project } = route.useSearch()
  const navigate = route.useNavigate()
  const [chosen, setMeasure] = useState<Measure>()
  const [other, setOther] = useState<(typeof others)[number]>('task')
  const now = useNow('minute')
  const since = firstDay(period, now)
  const today = new Date(now).toISOString().slice(0, 10)
  const of = { project, since }
  const { data: days, error, refetch } = useQuery(usageQuery('day', of))
  useTitle(t('nav.spend'))
  const measure = chosen ?? (days && days.total.cost_micros > 0 ? 'cost' : 'tokens')
  const parts = { of, measure }
  return (
    <Page
      title={t('nav.spend')}
      actions={
        <div className="ml-auto flex flex-wrap items-center gap-2">
          <Segments
            label={t('spend.period')}
            value={period}
            options={spendPeriods.map(key => ({ key, name: t(`spend.period.${key}`) }))}
            onChange={key => void navigate({ search: { period: key, project }, replace: true })}
          />
          <Segments
            label={t('spend.measure')}
            value={measure}
            options={measures.map(key => ({ key, name: t(`spend.${key}`) }))}
            onChange={setMeasure}
          />
          <ProjectSelect
            label={t('task.project')}
            none={t('event.allProjects')}
            value={project}
            onChange={next => void navigate({ search: { period, project: next }, replace: true })}
          />
        </div>
      }
    >
      {error && !days ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : !days ? (
        <SkeletonRows rows={4} height="h-24" />
      ) : tokensOf(days.total) + days.total.cost_micros === 0 ? (
        <Empty icon={<Coins className="size-6" />} title={t('spend.none')} className="pt-20">
          <p>{t('spend.noneHint')}</p>
          <code className="mt-2 block font-mono text-2xs wrap-anywhere text-ink-2">
            {'{"moziplus_usage": {"tokens_in": 1200, "tokens_out": 80, "cost": 0.0054}}'}
          </code>
        </Empty>
      ) : (
        <div className="flex flex-col gap-7">
          <Totals spend={days.total} />
          {period !== '1d' && <DayChart sums={days.items} measure={measure} since={since} today={today} />}
          <div className="grid grid-cols-1 items-start gap-x-6 gap-y-7 lg:grid-cols-2">
            <Breakdown by="cause" title={t('spend.by.cause')} {...parts} />
            <Breakdown by="agent" title={t('spend.by.agent')} {...parts} />
          </div>
          <Breakdown
            by={other}
            title={t(`spend.by.${other}`)}
            instead={other === 'task' && !project ? t('spend.tasksNeedProject') : undefined}
            action={
              <Segments
                label={t('spend.by')}
                value={other}
                options={others.map(key => ({ key, name: t(`spend.of.${key}`) }))}
                onChange={setOther}
                className="max-sm:max-w-56 max-sm:overflow-x-auto"
              />
            }
            {...parts}
          />
        </div>
      )}
    </Page>
  )
}

/** All of it in four numbers. */
function Totals({ spend }: { spend: Spend }) {
  const { t, locale } = useLanguage()
  return (
    <Box>
      <dl className="grid grid-cols-2 gap-px bg-line lg:grid-cols-4">
        <Total label={t('spend.cost')} note={t('spend.currency')}>
          {money(spend.cost_micros, locale)}
        </Total>
        <Total label={t('spend.tokensIn')} note={number(spend.tokens_in, locale)}>
          {compact(spend.tokens_in, locale)}
        </Total>
        <Total label={t('spend.cached')} note={number(spend.tokens_cached, locale)}>
          {spend.tokens_in > 0 ? percent(spend.tokens_cached / spend.tokens_in) : '–'}
        </Total>
        <Total label={t('spend.tokensOut')} note={number(spend.tokens_out, locale)}>
          {compact(spend.tokens_out, locale)}
        </Total>
      </dl>
    </Box>
  )
}

const Total = ({ label, note, children }: { label: string; note: string; children: ReactNode }) => (
  <div className="bg-raised px-4 py-3">
    <dt className="text-2xs text-ink-3">{label}</dt>
    <dd>
      <span className="block text-xl font-semibold tracking-tight tabular-nums">{children}</span>
      <span className="block truncate text-2xs text-ink-3 tabular-nums">{note}</span>
    </dd>
  </div>
)
