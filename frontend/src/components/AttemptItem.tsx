import type { Attempt } from '@/api/client'
import { AttemptLog } from '@/components/AttemptLog'
import { KillButton } from '@/components/KillButton'
import { ActorName } from '@/ui/Avatar'
import { Disclosure } from '@/ui/Disclosure'
import { Box, Fact, Tag } from '@/ui/Panel'
import { Ago, Elapsed } from '@/ui/time'
import { cx } from '@/util/cx'
import { bytes } from '@/util/format'
import { useT } from '@/util/i18n'

const outcomeColor = (attempt: Attempt) => {
  if (attempt.state !== 'ended') return 'text-azure'
  if (attempt.outcome === 'completed') return 'text-green'
  if (attempt.outcome === 'cancelled' || attempt.outcome === 'interrupted') return 'text-ink-3'
  return 'text-red'
}

/** One attempt; opened, it shows facts and log. */
export function AttemptItem({ attempt, startsOpen }: { attempt: Attempt; startsOpen: boolean }) {
  const t = useT()
  const live = attempt.state !== 'ended'
  return (
    <Box>
      <Disclosure
        startsOpen={startsOpen}
        className="flex flex-wrap items-center gap-x-3 gap-y-1"
        beside={live && <KillButton attempt={attempt} />}
        head={
          <>
            <span className="w-6 text-xs text-ink-3 tabular-nums">#{attempt.number}</span>
            <ActorName actor={attempt.agent} />
            <Tag>{t(`trigger.${attempt.kind}`)}</Tag>
            <span className={cx('flex items-center gap-1.5 text-xs font-medium', outcomeColor(attempt))}>
              <span className={cx('size-1.5 rounded-full bg-current', live && 'animate-breathe')} />
              {attempt.outcome ? t(`outcome.${attempt.outcome}`) : t(`attempt.${attempt.state}`)}
            </span>
            <span className="ml-auto flex gap-3 text-xs text-ink-3 tabular-nums">
              <Elapsed from={attempt.started_at ?? attempt.created_at} to={attempt.ended_at} />
              <Ago at={attempt.created_at} className="hidden w-20 text-right sm:block" />
            </span>
          </>
        }
      >
        <div className="flex flex-col gap-3 px-3 py-3">
          {attempt.detail && <p className="text-xs wrap-anywhere text-ink-2">{attempt.detail}</p>}
          <dl className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-5">
            <Fact label={t('attempt.runner')}>{attempt.runner ?? t('attempt.outside')}</Fact>
            <Fact label={t('attempt.pid')}>{attempt.pid ?? '–'}</Fact>
            <Fact label={t('attempt.exit')}>
              {attempt.signal ? t('attempt.signal', { signal: attempt.signal }) : (attempt.exit_code ?? '–')}
            </Fact>
            <Fact label={t('attempt.heartbeat')}>
              {attempt.heartbeat_at ? <Ago at={attempt.heartbeat_at} /> : '–'}
            </Fact>
            <Fact label={t('attempt.log')}>{bytes(attempt.log_bytes)}</Fact>
          </dl>
          {attempt.spawned && (
            <AttemptLog project={attempt.project} task={attempt.task} number={attempt.number} live={live} />
          )}
        </div>
      </Disclosure>
    </Box>
  )
}
