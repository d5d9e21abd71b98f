import type { Level, RiskLevel, Status } from '@/api/client'
import { cx } from '@/util/cx'
import { useT } from '@/util/i18n'

/** The colour of each status: grey waits, azure moves, violet is looked at, amber needs a decision. */
export const statusColor: Record<Status, string> = {
  pending: 'text-ink-3',
  claimed: 'text-azure',
  working: 'text-azure',
  review: 'text-violet',
  done: 'text-green',
  failed: 'text-red',
  blocked: 'text-ink-3',
  paused: 'text-ink-3',
  escalated: 'text-amber',
  cancelled: 'text-ink-4',
}

const ring = <circle cx="7" cy="7" r="5.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
const disc = <circle cx="7" cy="7" r="6.25" fill="currentColor" />
const pie = (share: number) => (
  <circle
    cx="7"
    cy="7"
    r="1.6"
    fill="none"
    stroke="currentColor"
    strokeWidth="3.2"
    strokeDasharray={`${share * 10.06} 10.06`}
    transform="rotate(-90 7 7)"
  />
)
const mark = (d: string) => (
  <path
    d={d}
    fill="none"
    stroke="var(--surface)"
    strokeWidth="1.6"
    strokeLinecap="round"
    strokeLinejoin="round"
  />
)
const stroke = (d: string) => (
  <path d={d} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
)

const glyphs: Record<Status, React.ReactNode> = {
  pending: ring,
  claimed: (
    <>
      <circle
        cx="7"
        cy="7"
        r="5.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeDasharray="2.2 2.12"
      />
      <circle cx="7" cy="7" r="1.75" fill="currentColor" />
    </>
  ),
  working: (
    <>
      {ring}
      {pie(0.5)}
    </>
  ),
  review: (
    <>
      {ring}
      {pie(0.78)}
    </>
  ),
  done: (
    <>
      {disc}
      {mark('M4.4 7.2 6.2 9l3.4-3.9')}
    </>
  ),
  failed: (
    <>
      {disc}
      {mark('m5 5 4 4m0-4-4 4')}
    </>
  ),
  blocked: (
    <>
      {ring}
      {stroke('M4.75 7h4.5')}
    </>
  ),
  paused: (
    <>
      {ring}
      {stroke('M5.75 5.25v3.5m2.5-3.5v3.5')}
    </>
  ),
  escalated: (
    <>
      {disc}
      {mark('M7 4v3.4M7 9.9v.05')}
    </>
  ),
  cancelled: (
    <>
      {ring}
      {stroke('m3.4 10.6 7.2-7.2')}
    </>
  ),
}

/** A status as a small round sign. Without a text beside it, give it a label. */
export const StatusIcon = ({
  status,
  label,
  className,
}: {
  status: Status
  label?: string
  className?: string
}) => (
  <svg
    viewBox="0 0 14 14"
    role={label ? 'img' : undefined}
    aria-label={label}
    aria-hidden={label ? undefined : true}
    className={cx('size-3.5 shrink-0', statusColor[status], className)}
  >
    {glyphs[status]}
  </svg>
)

export function StatusBadge({ status }: { status: Status }) {
  const t = useT()
  return (
    <span
      className={cx(
        'inline-flex h-6 w-fit items-center gap-1.5 rounded-full tint pr-2.5 pl-1.5 text-xs font-medium',
        statusColor[status],
      )}
    >
      <StatusIcon status={status} />
      {t(`status.${status}`)}
    </span>
  )
}

const bars = (priority: number) => (priority >= 7 ? 3 : priority >= 4 ? 2 : 1)

/** Priority 1 to 10 as rising bars; 9 and 10 stand out. */
export function PriorityIcon({ priority, className }: { priority: number; className?: string }) {
  const t = useT()
  const label = t('task.priorityOf', { priority })
  const lit = bars(priority)
  return (
    <svg viewBox="0 0 14 14" role="img" aria-label={label} className={cx('size-3.5 shrink-0', className)}>
      <title>{label}</title>
      {priority >= 9 ? (
        <>
          <rect x="1" y="1" width="12" height="12" rx="3" className="fill-amber" />
          {mark('M7 3.8v3.7M7 10v.05')}
        </>
      ) : (
        [0, 1, 2].map(index => (
          <rect
            key={index}
            x={1.5 + index * 4}
            y={8.5 - index * 3}
            width="3"
            height={4 + index * 3}
            rx="1"
            className={index < lit ? 'fill-ink-2' : 'fill-line-strong'}
          />
        ))
      )}
    </svg>
  )
}

const riskColor: Record<RiskLevel, string> = {
  low: 'text-ink-3',
  medium: 'text-ink-3',
  high: 'text-amber',
  critical: 'text-red',
}

export function RiskMark({ risk, large }: { risk: RiskLevel; large?: boolean }) {
  const t = useT()
  return (
    <span
      className={cx(
        'rounded-sm',
        large ? 'text-sm' : 'text-2xs font-medium',
        riskColor[risk],
        risk === 'high' || risk === 'critical' ? 'tint px-1' : !large && 'px-1',
      )}
    >
      {t(`risk.${risk}`)}
    </span>
  )
}

export const levelColor: Record<Level, string> = {
  urgent: 'text-red',
  attention: 'text-amber',
  routine: 'text-ink-4',
  activity: 'text-line-strong',
}

export const LevelDot = ({ level }: { level: Level }) => {
  const t = useT()
  return (
    <svg
      viewBox="0 0 8 8"
      role="img"
      aria-label={t(`level.${level}`)}
      className={cx('size-2 shrink-0', levelColor[level])}
    >
      <circle cx="4" cy="4" r="4" fill="currentColor" />
    </svg>
  )
}
