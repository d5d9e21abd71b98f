import { useQuery } from '@tanstack/react-query'
import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-react'

import type { DaemonStatus } from '@/api/client'
import { logLevelQuery, logLevels } from '@/api/operations'
import { statusQuery } from '@/api/queries'
import { Health } from '@/components/Health'
import { Trends } from '@/components/operations/Trends'
import { useSetLogLevel } from '@/hooks/writes'
import { Field, Select } from '@/ui/Field'
import { Box, Fact, Panel } from '@/ui/Panel'
import { Failure, SkeletonRows } from '@/ui/states'
import { Ago } from '@/ui/time'
import { sayDone, sayFailed } from '@/ui/toast'
import { useT } from '@/util/i18n'

/** How the daemon is now, and how its figures developed. */
export function FiguresSection() {
  const { data: status, error, refetch } = useQuery(statusQuery)
  if (error && !status) return <Failure error={error} retry={() => void refetch()} />
  if (!status) return <SkeletonRows rows={6} />
  return (
    <div className="grid grid-cols-1 gap-x-8 gap-y-7 lg:grid-cols-[minmax(0,1fr)_320px]">
      <div className="flex min-w-0 flex-col gap-7">
        <Trends />
        <Loops status={status} />
      </div>
      <div className="flex min-w-0 flex-col gap-7">
        <Health status={status} />
        <Daemon status={status} />
      </div>
    </div>
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

function Daemon({ status }: { status: DaemonStatus }) {
  const t = useT()
  return (
    <Panel title={t('daemon.title')}>
      <Box className="px-3 py-2.5">
        <dl className="grid grid-cols-2 gap-x-4 gap-y-2.5">
          <Fact label={t('daemon.version')}>{status.version}</Fact>
          <Fact label={t('daemon.up')}>{status.started_at ? <Ago at={status.started_at} /> : '–'}</Fact>
          <Fact label={t('daemon.lastEvent')}>
            <span className="tabular-nums">{status.last_event_id}</span>
          </Fact>
        </dl>
        <LogLevel />
      </Box>
    </Panel>
  )
}

/** How much is logged; changed here until the next start. */
function LogLevel() {
  const t = useT()
  const { data } = useQuery(logLevelQuery)
  const set = useSetLogLevel()
  if (!data) return null
  return (
    <Field
      className="mt-3"
      label={t('daemon.logLevel')}
      hint={t(data.overridden ? 'daemon.logLevelSet' : 'daemon.logLevelHint', { level: data.configured })}
    >
      {ids => (
        <Select
          {...ids}
          value={data.overridden ? data.level : ''}
          onChange={event =>
            set.mutate(event.target.value || undefined, {
              onSuccess: ({ level }) => sayDone(t('daemon.logLevelDone', { level })),
              onError: sayFailed,
            })
          }
        >
          <option value="">{t('daemon.logLevelConfigured', { level: data.configured })}</option>
          {logLevels.map(level => (
            <option key={level}>{level}</option>
          ))}
        </Select>
      )}
    </Field>
  )
}
