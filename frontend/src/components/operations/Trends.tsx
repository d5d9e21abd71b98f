import { useQuery } from '@tanstack/react-query'
import { useState, type PointerEvent } from 'react'

import type { TrendPoint } from '@/api/client'
import { trendsQuery } from '@/api/operations'
import { isOpen } from '@/api/task-actions'
import { statusValues } from '@/api/__generated__/schema'
import { Box, Panel } from '@/ui/Panel'
import { Segments } from '@/ui/Segments'
import { Spark } from '@/ui/Spark'
import { Failure, SkeletonRows } from '@/ui/states'
import { bytes, compact, hourTime, milliseconds, number } from '@/util/format'
import { useLanguage } from '@/util/i18n'

const ranges = ['1', '6', '24'] as const

type Read = (point: TrendPoint) => number

const figures = {
  sessions: point => point.active_sessions,
  open: ({ tasks }) => statusValues.filter(isOpen).reduce((sum, status) => sum + tasks[status], 0),
  events: point => point.events,
  tickMs: point => point.tick_duration_ms,
  requests: point => point.requests,
  failed: point => point.requests_failed,
  inbox: point => point.inbox_pending,
  deliveries: point => point.deliveries_waiting,
  cpu: point => point.cpu_milliseconds,
  memory: point => point.memory_bytes,
  databaseBytes: point => point.databases_bytes,
  tokens: point => point.tokens_today,
} as const satisfies Record<string, Read>
type Figure = keyof typeof figures

/** How each figure is written. */
function useWriters(): Record<Figure, (value: number) => string> {
  const { locale } = useLanguage()
  const count = (value: number) => number(value, locale)
  return {
    sessions: count,
    open: count,
    events: count,
    tickMs: milliseconds,
    requests: count,
    failed: count,
    inbox: count,
    deliveries: count,
    cpu: milliseconds,
    memory: bytes,
    databaseBytes: bytes,
    tokens: value => compact(value, locale),
  }
}

/** How the daemon's figures developed, as small charts; pointing at one reads it at that time. */
export function Trends() {
  const { t } = useLanguage()
  const [range, setRange] = useState<(typeof ranges)[number]>('1')
  const { data, error, refetch } = useQuery(trendsQuery(Number(range)))
  const writers = useWriters()
  return (
    <Panel
      title={t('figures.title')}
      action={
        <Segments
          label={t('agents.range')}
          value={range}
          options={ranges.map(key => ({ key, name: t('agents.hours', { count: Number(key) }) }))}
          onChange={setRange}
        />
      }
    >
      {error && !data ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : !data ? (
        <SkeletonRows rows={4} height="h-22" />
      ) : (
        <div className="grid grid-cols-2 gap-2.5 xl:grid-cols-3">
          {(Object.keys(figures) as Figure[]).map(figure => (
            <Trend key={figure} figure={figure} points={data.items} write={writers[figure]} />
          ))}
        </div>
      )}
    </Panel>
  )
}

interface TrendProps {
  figure: Figure
  points: TrendPoint[]
  write: (value: number) => string
}

function Trend({ figure, points, write }: TrendProps) {
  const { t, locale } = useLanguage()
  const [pointed, setPointed] = useState<number>()
  const values = points.map(figures[figure])
  const shown = pointed === undefined ? undefined : points[pointed]
  const [first, last] = [points[0], points.at(-1)]
  const point = ({ clientX, currentTarget }: PointerEvent<HTMLElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect()
    const share = Math.min(1, Math.max(0, (clientX - left) / width))
    setPointed(Math.round(share * (points.length - 1)))
  }
  return (
    <Box className="pt-2.5">
      <p className="flex justify-between gap-2 px-3 text-2xs text-ink-3">
        <span className="truncate">{t(`figures.${figure}`)}</span>
        <span className="shrink-0 tabular-nums">
          {shown
            ? hourTime(new Date(shown.at).getTime(), locale)
            : t('figures.most', { value: write(Math.max(0, ...values)) })}
        </span>
      </p>
      <p className="px-3 text-lg font-semibold tracking-tight tabular-nums">
        {write((pointed === undefined ? values.at(-1) : values[pointed]) ?? 0)}
      </p>
      <div onPointerMove={point} onPointerLeave={() => setPointed(undefined)}>
        <Spark
          values={values}
          pointed={pointed}
          label={t('figures.moved', {
            name: t(`figures.${figure}`),
            from: first ? write(figures[figure](first)) : '–',
            to: last ? write(figures[figure](last)) : '–',
            most: write(Math.max(0, ...values)),
          })}
        />
      </div>
    </Box>
  )
}
