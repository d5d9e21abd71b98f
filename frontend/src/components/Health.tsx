import { Link, type LinkOptions } from '@tanstack/react-router'
import { CircleAlert, CircleCheck, Play, Square, Zap } from 'lucide-react'
import type { ReactNode } from 'react'

import type { DaemonStatus } from '@/api/client'
import { useNow } from '@/hooks/useNow'
import { useTicker } from '@/hooks/writes'
import { IconButton } from '@/ui/Button'
import { Box, Panel } from '@/ui/Panel'
import { Ago } from '@/ui/time'
import { sayFailed } from '@/ui/toast'
import { cx } from '@/util/cx'
import { age, bytes, duration, milliseconds, nearTime, secondsBetween } from '@/util/format'
import { useLanguage, useT } from '@/util/i18n'
import { links } from '@/util/links'

const Row = ({ ok, label, children }: { ok: boolean; label: string; children: ReactNode }) => (
  <div className="flex items-center gap-2.5 border-b border-line px-3 py-2 last:border-0">
    {ok ? <CircleCheck className="size-3.5 text-green" /> : <CircleAlert className="size-3.5 text-amber" />}
    <dt className="text-xs text-ink-2">{label}</dt>
    <dd className={cx('ml-auto text-right text-xs tabular-nums', !ok && 'font-medium text-amber')}>
      {children}
    </dd>
  </div>
)

const staleBackupSeconds = 2 * 3600
const scarceDiskBytes = 2e9

interface Props {
  status: DaemonStatus
  /** What waits for a person stands beside it, and is not said again. */
  besideNeeds?: boolean
}

/** How the daemon is: what it does by itself, and what stands in the way of the work. */
export function Health({ status, besideNeeds = false }: Props) {
  const { t, locale } = useLanguage()
  const {
    last_tick: lastTick,
    backup_age_seconds: backupAge,
    disk_free_bytes: disk,
    gateway_up: gateway,
  } = status
  const now = useNow('minute')
  const upSeconds = status.started_at ? secondsBetween(status.started_at, now) : 0 // The first backup takes its time.
  return (
    <Panel title={t('health.title')} action={<TickerButtons running={status.ticker_running} />}>
      <Box>
        <dl>
          <Row ok={status.ticker_running} label={t('health.ticker')}>
            {status.ticker_running
              ? t('health.every', { span: duration(status.tick_interval_seconds, locale) })
              : t('health.stopped')}
          </Row>
          <Row ok={lastTick !== null} label={t('health.lastTick')}>
            {lastTick === null ? (
              t('health.never')
            ) : (
              <>
                <Ago at={lastTick} /> · {milliseconds(status.tick_duration_ms)}
              </>
            )}
          </Row>
          <Row ok={status.inbox_pending === 0} label={t('health.inbox')}>
            {status.inbox_pending > 0
              ? t('health.waiting', { count: status.inbox_pending })
              : t('health.inboxEmpty')}
          </Row>
          <Row ok={(backupAge ?? upSeconds) < staleBackupSeconds} label={t('health.backup')}>
            {backupAge === null ? t('health.never') : t('time.ago', { age: age(backupAge, locale) })}
          </Row>
          <Loops loops={status.loops} />
          {disk !== null && (
            <Row ok={disk > scarceDiskBytes} label={t('health.disk')}>
              {bytes(disk)}
            </Row>
          )}
          {status.supervisor_silent_since && (
            <Row ok={false} label={t('health.supervisor')}>
              {t('health.silent')} · <Ago at={status.supervisor_silent_since} />
            </Row>
          )}
          {gateway !== null && (
            <Row ok={gateway} label={t('health.gateway')}>
              {t(gateway ? 'health.answers' : 'health.silent')}
            </Row>
          )}
        </dl>
        <Troubles status={status} besideNeeds={besideNeeds} />
      </Box>
    </Panel>
  )
}

/** Whether everything that the daemon does in circles goes round; each of them is told on another page. */
function Loops({ loops }: { loops: DaemonStatus['loops'] }) {
  const t = useT()
  const ill = Object.keys(loops).filter(name => loops[name]?.last_error)
  return (
    <Row ok={ill.length === 0} label={t('health.loops')}>
      <Link {...links.operations('figures')} className="rounded-sm hover:underline">
        {ill.length === 0 ? t('health.loopsWell', { count: Object.keys(loops).length }) : ill.join(', ')}
      </Link>
    </Row>
  )
}

interface Trouble {
  what: string
  why: string
  to?: LinkOptions
}

/** Everything that is wrong, in the server's words. */
function Troubles({ status, besideNeeds }: Required<Props>) {
  const { t, locale, said } = useLanguage()
  const now = useNow('minute')
  const forPeople: Trouble[] = [
    ...Object.entries(status.projects).flatMap(([project, { policy }]) =>
      policy.last_error === null
        ? []
        : [{ what: t('health.policy', { project }), why: policy.last_error, to: links.policies(project) }],
    ),
    ...status.parked_providers.map(({ provider, until, reason }) => ({
      what: t('health.parked', { name: provider, at: nearTime(until, now, locale) }),
      why: said(reason),
      to: links.agents(),
    })),
  ]
  const troubles: Trouble[] = [
    ...Object.entries(status.quarantined).map(([project, { reason, hint }]) => ({
      what: t('health.quarantined', { project }),
      why: `${reason} ${hint}`,
    })),
    ...Object.entries(status.loops).flatMap(([name, { last_error: why }]) =>
      why === null ? [] : [{ what: t('health.loop', { name }), why }],
    ),
    ...status.config_errors.map(why => ({ what: t('health.config'), why })),
    ...status.job_script_errors.map(why => ({ what: t('health.jobScripts'), why, to: links.policies() })),
    ...status.template_faults.map(why => ({ what: t('health.templates'), why })),
    ...(besideNeeds ? [] : forPeople),
    ...(status.disk_low ? [{ what: t('health.diskLow'), why: t('health.diskLowHint') }] : []),
  ]
  if (troubles.length === 0) return null
  return (
    <ul className="border-t border-line">
      {troubles.map(({ what, why, to }) => (
        <li key={what + why} className="flex gap-2.5 border-b border-line px-3 py-2 text-xs last:border-0">
          <CircleAlert className="mt-0.5 size-3.5 shrink-0 text-amber" />
          <div className="min-w-0">
            <p className="font-medium text-amber">
              {to === undefined ? (
                what
              ) : (
                <Link {...to} className="rounded-sm hover:underline">
                  {what}
                </Link>
              )}
            </p>
            <p className="wrap-anywhere text-ink-2">{why}</p>
          </div>
        </li>
      ))}
    </ul>
  )
}

function TickerButtons({ running }: { running: boolean }) {
  const t = useT()
  const ticker = useTicker()
  const send = (verb: 'start' | 'stop' | 'tick') => ticker.mutate(verb, { onError: sayFailed })
  return (
    <>
      <IconButton
        label={t('health.tickNow')}
        icon={<Zap className="size-3.5" />}
        onClick={() => send('tick')}
      />
      {running ? (
        <IconButton
          label={t('health.stop')}
          icon={<Square className="size-3.5" />}
          onClick={() => send('stop')}
        />
      ) : (
        <IconButton
          label={t('health.start')}
          icon={<Play className="size-3.5" />}
          onClick={() => send('start')}
        />
      )}
    </>
  )
}
