import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import { triggerValues } from '@/api/__generated__/schema'
import type { UsageBy, UsageSum } from '@/api/client'
import { usageQuery, type SpendOf } from '@/api/spend'
import { amountOf, useAmount, type Measure } from '@/components/spend/measure'
import { ActorName } from '@/ui/Avatar'
import { Box, Panel } from '@/ui/Panel'
import { Failure, SkeletonRows } from '@/ui/states'
import { compact, money, percent, shareOf } from '@/util/format'
import { useLanguage, useT } from '@/util/i18n'
import { links } from '@/util/links'

interface Props {
  by: UsageBy
  of: SpendOf
  measure: Measure
  title: string
  action?: ReactNode
  /** Said in place of the sums, when they cannot be asked for. */
  instead?: string | undefined
}

const mostRows = 12

/** What was spent on each of a kind, most first. */
export function Breakdown({ by, of, measure, title, action, instead }: Props) {
  const t = useT()
  const { data, error, refetch } = useQuery(usageQuery(by, of))
  const items = data?.items.filter(({ spend }) => amountOf(spend, 'tokens') > 0 || spend.cost_micros > 0)
  return (
    <Panel title={title} action={action}>
      <Box>
        {instead !== undefined ? (
          <p className="px-4 py-8 text-center text-xs text-pretty text-ink-3">{instead}</p>
        ) : error && !data ? (
          <Failure error={error} retry={() => void refetch()} />
        ) : !items ? (
          <div className="p-3">
            <SkeletonRows rows={4} height="h-7" />
          </div>
        ) : items.length === 0 ? (
          <p className="px-4 py-8 text-center text-xs text-ink-3">{t('spend.nothing')}</p>
        ) : (
          <Sums by={by} of={of} measure={measure} items={items} title={title} />
        )}
      </Box>
    </Panel>
  )
}

interface SumsProps {
  by: UsageBy
  of: SpendOf
  measure: Measure
  items: UsageSum[]
  title: string
}

function Sums({ by, of, measure, items, title }: SumsProps) {
  const { t, locale } = useLanguage()
  const write = useAmount(measure)
  const ordered = items.toSorted((a, b) => amountOf(b.spend, measure) - amountOf(a.spend, measure))
  const total = ordered.reduce((sum, { spend }) => sum + amountOf(spend, measure), 0)
  const most = Math.max(1, ...ordered.map(({ spend }) => amountOf(spend, measure)))
  const more = ordered.length - mostRows
  return (
    <>
      <table className="w-full table-fixed text-xs tabular-nums">
        <caption className="sr-only">{title}</caption>
        <colgroup>
          <col />
          <col className="w-20" />
          <col className="w-14" />
        </colgroup>
        <thead className="sr-only">
          <tr>
            <th scope="col">{t('spend.what')}</th>
            <th scope="col">{t(`spend.${measure}`)}</th>
            <th scope="col">{t('spend.share')}</th>
          </tr>
        </thead>
        <tbody>
          {ordered.slice(0, mostRows).map(({ key, spend }) => {
            const amount = amountOf(spend, measure)
            return (
              <tr
                key={key}
                className="border-b border-line last:border-0"
                title={t('spend.inFull', {
                  in: compact(spend.tokens_in, locale),
                  cached: compact(spend.tokens_cached, locale),
                  out: compact(spend.tokens_out, locale),
                  cost: money(spend.cost_micros, locale),
                })}
              >
                <th scope="row" className="py-2 pl-3 text-left font-normal">
                  <span className="flex min-w-0 text-sm">
                    <Name by={by} of={of} name={key} />
                  </span>
                  <span aria-hidden className="mt-1 block h-1 overflow-hidden rounded-full bg-press">
                    <span
                      className="block h-full rounded-full bg-azure"
                      style={{ width: percent(amount / most) }}
                    />
                  </span>
                </th>
                <td className="py-2 text-right align-top text-sm">{write(amount)}</td>
                <td className="py-2 pr-3 text-right align-top leading-5 text-ink-3">
                  {shareOf(amount, total)}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {more > 0 && (
        <p className="border-t border-line px-3 py-1.5 text-2xs text-ink-3">
          {t('board.moreHere', { count: more })}
        </p>
      )}
    </>
  )
}

/** What a sum is about, as people know it. */
function Name({ by, of, name }: { by: UsageBy; of: SpendOf; name: string }) {
  const t = useT()
  if (name === '') return <span className="text-ink-3">{t('spend.untold')}</span>
  const cause = by === 'cause' && triggerValues.find(trigger => trigger === name)
  if (cause) return <span className="truncate">{t(`trigger.${cause}`)}</span>
  if (by === 'agent') return <ActorName actor={name} size="xs" />
  if (by === 'project')
    return (
      <Link {...links.board(name)} className="truncate rounded-sm hover:underline">
        {name}
      </Link>
    )
  if (by === 'task' && of.project)
    return (
      <Link {...links.task(of.project, name)} className="truncate rounded-sm hover:underline">
        {name}
      </Link>
    )
  return <span className="truncate font-mono text-xs leading-5">{name}</span>
}
