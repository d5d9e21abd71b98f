import { CircleAlert, CircleCheck, Play, Square, Zap } from 'lucide-react'
import type { ReactNode } from 'react'

import type { DaemonStatus } from '@/api/client'
import { useTicker } from '@/hooks/writes'
import { IconButton } from '@/ui/Button'
import { Box, Panel } from '@/ui/Panel'
import { Ago } from '@/ui/time'
import { sayFailed } from '@/ui/toast'
import { cx } from '@/util/cx'
import { bytes, duration } from '@/util/format'
import { useLanguage, useT } from '@/util/i18n'

const Row = ({ ok, label, children }: { ok: boolean; label: string; children: ReactNode }) => (
  <div className="flex items-center gap-2.5 border-b border-line px-3 py-2 last:border-0">
    {ok ? <CircleCheck className="size-3.5 text-green" /> : <CircleAlert className="size-3.5 text-amber" />}
    <dt className="text-xs text-ink-2">{label}</dt>
    <dd className={cx('ml-auto text-right text-xs tabular-nums', !ok && 'font-medium text-amber')}>
      {children}
    </dd>
  </div>
)

const backupLimitSeconds = 2 * 3600

/** How the daemon is: each loop's last success, and what would stop the work. */
export function Health({ status }: { status: DaemonStatus }) {
  const { t, locale } = useLanguage()
  const backupAge = status.backup_age_seconds
  return (
    <Panel title={t('health.title')} action={<TickerButtons running={status.ticker_running} />}>
      <Box>
        <dl>
          <Row ok={status.ticker_running} label={t('health.ticker')}>
            {status.ticker_running
              ? t('health.every', { span: duration(status.tick_interval_seconds, locale) })
              : t('health.stopped')}
          </Row>
          <Row ok={status.last_tick !== null && status.last_tick !== undefined} label={t('health.lastTick')}>
            {status.last_tick ? <Ago at={status.last_tick} /> : t('health.never')}
          </Row>
          <Row ok={status.inbox_pending === 0} label={t('health.inbox')}>
            {status.inbox_pending > 0
              ? t('health.waiting', { count: status.inbox_pending })
              : t('health.inboxEmpty')}
          </Row>
          <Row
            ok={backupAge !== null && backupAge !== undefined && backupAge < backupLimitSeconds}
            label={t('health.backup')}
          >
            {backupAge === null || backupAge === undefined
              ? t('health.never')
              : t('time.ago', { age: duration(backupAge, locale) })}
          </Row>
          {status.disk_free_bytes !== null && status.disk_free_bytes !== undefined && (
            <Row ok={status.disk_free_bytes > 2e9} label={t('health.disk')}>
              {bytes(status.disk_free_bytes)}
            </Row>
          )}
          {status.quarantined.map(project => (
            <Row key={project} ok={false} label={t('health.quarantined')}>
              {project}
            </Row>
          ))}
        </dl>
      </Box>
    </Panel>
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
