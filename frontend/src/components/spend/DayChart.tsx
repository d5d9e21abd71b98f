import type { UsageSum } from '@/api/client'
import { everyDay } from '@/api/spend'
import { amountOf, useAmount, type Measure } from '@/components/spend/measure'
import { Box, Panel } from '@/ui/Panel'
import { cx } from '@/util/cx'
import { day, shortDay } from '@/util/format'
import { useLanguage } from '@/util/i18n'

interface Props {
  sums: UsageSum[]
  measure: Measure
  /** The first day that is shown; the first with spending when none. */
  since: string | undefined
  today: string
}

const mostDays = 92
const mostNamed = 7

/** What each day cost, as bars; the same as a table for who cannot see them. */
export function DayChart({ sums, measure, since, today }: Props) {
  const { t, locale } = useLanguage()
  const write = useAmount(measure)
  const byDay = new Map(sums.map(({ key, spend }) => [key, amountOf(spend, measure)]))
  const from = since ?? sums[0]?.key ?? today
  const days = everyDay(from, today).slice(-mostDays)
  const most = Math.max(...days.map(one => byDay.get(one) ?? 0), 1)
  const middle = days[Math.floor(days.length / 2)] ?? from
  return (
    <Panel title={t('spend.byDay')}>
      <Box className="px-4 pt-3 pb-2">
        <p className="text-2xs text-ink-3 tabular-nums">{t('figures.most', { value: write(most) })}</p>
        <div aria-hidden className="mt-1 flex h-36 items-end gap-[2px] border-b border-line-strong">
          {days.map(one => {
            const amount = byDay.get(one) ?? 0
            return (
              <span
                key={one}
                data-tip={`${day(one, locale)} · ${write(amount)}`}
                className="flex h-full min-w-0 flex-1 items-end justify-center rounded-t-sm hover:bg-hover"
              >
                <span
                  className="w-full max-w-14 rounded-t-sm bg-azure/80"
                  style={{ height: `${amount > 0 ? Math.max(1.5, (amount / most) * 100) : 0}%` }}
                />
              </span>
            )
          })}
        </div>
        <div
          aria-hidden
          className={cx('mt-1 flex text-2xs text-ink-3', days.length > mostNamed && 'justify-between')}
        >
          {(days.length > mostNamed ? [from, middle, today] : days).map(one => (
            <span key={one} className={cx('truncate', days.length <= mostNamed && 'flex-1 text-center')}>
              {shortDay(one, locale)}
            </span>
          ))}
        </div>
        <table className="sr-only">
          <caption>{t('spend.byDay')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('spend.day')}</th>
              <th scope="col">{t(`spend.${measure}`)}</th>
            </tr>
          </thead>
          <tbody>
            {days.map(one => (
              <tr key={one}>
                <th scope="row">{day(one, locale)}</th>
                <td>{write(byDay.get(one) ?? 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Box>
    </Panel>
  )
}
