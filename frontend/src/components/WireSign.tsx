import { useQuery } from '@tanstack/react-query'

import { wire, type WireState } from '@/api/events'
import { statusQuery } from '@/api/queries'
import { Tooltip } from '@/ui/Tooltip'
import { clockTime } from '@/util/format'
import { cx } from '@/util/cx'
import { useLanguage } from '@/util/i18n'
import { useStore } from '@/util/store'

type Sign = WireState | 'offline'

const colors: Record<Sign, string> = {
  live: 'text-green',
  connecting: 'text-ink-4',
  polling: 'text-amber',
  offline: 'text-red',
}

/** Whether what is on screen is live, polled, or old; and since when. */
export function WireSign({ short }: { short?: boolean }) {
  const { t, locale } = useLanguage()
  const { state } = useStore(wire)
  const { isError, dataUpdatedAt } = useQuery(statusQuery)
  const sign: Sign = state !== 'live' && isError ? 'offline' : state
  const at = dataUpdatedAt > 0 ? clockTime(dataUpdatedAt, locale) : '–'
  return (
    <Tooltip text={t(`wire.${sign}Hint`, { at })} side="top">
      <div
        role="status"
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- its explanation must be reachable by keyboard
        tabIndex={0}
        className="flex h-8 items-center gap-2.5 rounded-md px-2 text-xs text-ink-3"
      >
        <span className="flex size-4 items-center justify-center">
          <span
            className={cx(
              'size-2 rounded-full bg-current',
              colors[sign],
              state === 'connecting' && 'animate-breathe',
            )}
          />
        </span>
        {(!short || sign === 'offline' || sign === 'polling') && (
          <span className={cx(sign === 'offline' && 'text-red', sign === 'polling' && 'text-amber')}>
            {t(`wire.${sign}`)}
          </span>
        )}
        {short && (sign === 'live' || sign === 'connecting') && (
          <span className="sr-only">{t(`wire.${sign}`)}</span>
        )}
      </div>
    </Tooltip>
  )
}
