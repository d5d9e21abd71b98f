import { laneStatuses, type Lane } from '@/components/board'
import { StatusIcon } from '@/ui/status'
import { cx } from '@/util/cx'
import { number } from '@/util/format'
import { useLanguage } from '@/util/i18n'

interface Props {
  lane: Lane
  count: number | undefined
  /** How many may be there at once; only said of what is in progress. */
  limit: number | undefined
  /** There are more than the count. */
  atLeast?: boolean
}

/** The name of a column and how many tasks stand in it. */
export function LaneHead({ lane, count, limit, atLeast }: Props) {
  const { t, locale } = useLanguage()
  const capped = lane === 'working' && limit !== undefined && limit > 0
  const full = capped && count !== undefined && count >= limit
  return (
    <>
      <StatusIcon status={laneStatuses[lane][0]} />
      <span className="truncate text-xs font-medium" title={t(`lane.${lane}`)}>
        {t(`lane.${lane}`)}
      </span>
      {count !== undefined && (
        <span
          className={cx('shrink-0 text-xs tabular-nums', full ? 'font-medium text-amber' : 'text-ink-3')}
          title={capped ? t('board.limit', { count: limit }) : undefined}
        >
          {number(count, locale)}
          {atLeast && '+'}
          {capped && <span className="font-normal text-ink-3"> / {limit}</span>}
        </span>
      )}
    </>
  )
}
