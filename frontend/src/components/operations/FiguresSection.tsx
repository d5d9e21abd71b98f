import { useQuery } from '@tanstack/react-query'
import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-react'

import type { DaemonStatus } from '@/api/client'
import { configQuery, statusQuery } from '@/api/queries'
import { samples, type Sample } from '@/api/samples'
import { Health } from '@/components/Health'
import { Box, Fact, Panel } from '@/ui/Panel'
import { Spark } from '@/ui/Spark'
import { Failure, SkeletonRows } from '@/ui/states'
import { Ago } from '@/ui/time'
import { bytes, clockTime, milliseconds, number } from '@/util/format'
import { useLanguage, useT } from '@/util/i18n'
import { useStore } from '@/util/store'

type Figure = Exclude<keyof Sample, 'at'>
const figures = ['sessions', 'open', 'events', 'tickMs', 'inbox', 'databaseBytes'] as const satisfies Figure[]

/** How the daemon is now, and how its figures moved while this page was open. */
export function FiguresSection() {
  const { data: status, error, refetch } = useQuery(statusQuery)
  if (error && !status) return <Failure error={error} retry={() => void refetch()} />
  if (!status) return <SkeletonRows rows={6} />
  return (
    <div className="grid grid-cols-1 gap-x-8 gap-y-7 lg:grid-cols-[minmax(0,1fr)_320px]">
      <div className="flex min-w-0 flex-col gap-7">
        <Charts />
        <Loops status={status} />
      </div>
      <div className="flex min-w-0 flex-col gap-7">
        <Health status={status} />
        <Daemon status={status} />
      </div>
    </div>
  )
}

function Charts() {
  const { t, locale } = useLanguage()
  const kept = useStore(samples)
  const [first] = kept
  const last = kept.at(-1)
  const written: Record<Figure, (value: number) => string> = {
    sessions: value => number(value, locale),
    open: value => number(value, locale),
    events: value => number(Math.round(value * 10) / 10, locale),
    tickMs: milliseconds,
    inbox: value => number(value, locale),
    databaseBytes: bytes,
  }
  return (
    <Panel
      title={t('figures.title')}
      action={
        first && (
          <span className="text-xs text-ink-3">
            {t('figures.since', { at: clockTime(first.at, locale) })}
          </span>
        )
      }
    >
      <div className="grid grid-cols-1 gap-2.5 sm:grid-cols-2 xl:grid-cols-3">
        {figures.map(figure => {
          const values = kept.map(sample => sample[figure])
          const write = written[figure]
          const most = write(Math.max(0, ...values))
          return (
            <Box key={figure} className="px-3 pt-2.5">
              <p className="text-2xs text-ink-3">{t(`figures.${figure}`)}</p>
              <p className="flex items-baseline justify-between gap-2">
                <span className="text-lg font-semibold tabular-nums">{write(last?.[figure] ?? 0)}</span>
                <span className="text-2xs text-ink-3 tabular-nums">{t('figures.most', { value: most })}</span>
              </p>
              <Spark
                values={values}
                label={t('figures.moved', {
                  name: t(`figures.${figure}`),
                  from: write(values[0] ?? 0),
                  to: write(values.at(-1) ?? 0),
                })}
                className="-mx-3 w-[calc(100%+24px)]! max-w-none"
              />
            </Box>
          )
        })}
      </div>
    </Panel>
  )
}

function Loops({ status }: { status: DaemonStatus }) {
  const t = useT()
  const loops = Object.entries(status.loops).toSorted(([a], [b]) => a.localeCompare(b))
  return (
    <Panel title={t('loops.title')} count={loops.length}>
      <Box>
        <table className="w-full text-left text-xs">
          <thead className="text-ink-3">
            <tr className="border-b border-line">
              <Th>{t('loops.name')}</Th>
              <Th>{t('loops.lastSuccess')}</Th>
              <Th>{t('loops.restarts')}</Th>
              <Th>{t('loops.lastError')}</Th>
            </tr>
          </thead>
          <tbody>
            {loops.map(([name, loop]) => (
              <tr key={name} className="border-b border-line last:border-0">
                <td className="px-3 py-2 font-medium">
                  <span className="flex items-center gap-2">
                    {loop.last_error !== null ? (
                      <CircleAlert className="size-3.5 text-amber" />
                    ) : loop.last_success === null ? (
                      <CircleDashed className="size-3.5 text-ink-3" />
                    ) : (
                      <CircleCheck className="size-3.5 text-green" />
                    )}
                    {name}
                  </span>
                </td>
                <td className="px-3 py-2 tabular-nums">
                  {loop.last_success ? <Ago at={loop.last_success} /> : t('health.never')}
                </td>
                <td className="px-3 py-2 tabular-nums">{loop.restarts}</td>
                <td className="px-3 py-2 wrap-anywhere text-amber">{loop.last_error ?? ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Box>
    </Panel>
  )
}

const Th = ({ children }: { children: React.ReactNode }) => (
  <th scope="col" className="px-3 py-1.5 font-medium">
    {children}
  </th>
)

/** A word of the settings by its sections. */
function textAt(settings: unknown, ...path: string[]): string | undefined {
  let found = settings
  for (const name of path)
    found = typeof found === 'object' && found !== null ? Reflect.get(found, name) : undefined
  return typeof found === 'string' ? found : undefined
}

function Daemon({ status }: { status: DaemonStatus }) {
  const t = useT()
  const { data: config } = useQuery(configQuery())
  const level = textAt(config?.settings, 'logging', 'level')
  return (
    <Panel title={t('daemon.title')}>
      <Box className="px-3 py-2.5">
        <dl className="grid grid-cols-2 gap-x-4 gap-y-2.5">
          <Fact label={t('daemon.version')}>{status.version}</Fact>
          <Fact label={t('daemon.up')}>{status.started_at ? <Ago at={status.started_at} /> : '–'}</Fact>
          <Fact label={t('daemon.logLevel')}>{level ?? '–'}</Fact>
          <Fact label={t('daemon.lastEvent')}>
            <span className="tabular-nums">{status.last_event_id}</span>
          </Fact>
        </dl>
        <p className="mt-2.5 text-xs text-pretty text-ink-3">{t('daemon.logLevelHint')}</p>
      </Box>
    </Panel>
  )
}
