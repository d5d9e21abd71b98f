import { Link } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import { useState } from 'react'

import type { BoardEvent } from '@/api/client'
import { office } from '@/api/touched'
import { eventText } from '@/components/event-text'
import { LevelDot } from '@/ui/status'
import { cx } from '@/util/cx'
import { clockTime, fullTime } from '@/util/format'
import { useLanguage } from '@/util/i18n'
import { links } from '@/util/links'

interface Props {
  event: BoardEvent
  /** On a task's own page its name need not be repeated. */
  withPlace?: boolean
}

/** One event as a line; opened, it shows its facts. */
export function EventRow({ event, withPlace }: Props) {
  const { t, locale } = useLanguage()
  const [open, setOpen] = useState(false)
  return (
    <li className="border-b border-line lazy-row last:border-0">
      <div className="flex items-start gap-2.5 px-3 py-1.5 hover:bg-hover">
        <time
          dateTime={event.at}
          title={fullTime(event.at, locale)}
          className="w-15 shrink-0 text-xs leading-5 text-ink-3 tabular-nums"
        >
          {clockTime(event.at, locale)}
        </time>
        <span className="flex h-5 items-center">
          <LevelDot level={event.level} />
        </span>
        <div className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2 md:flex-nowrap">
          {withPlace && event.project && (
            <span className="text-xs whitespace-nowrap text-ink-3">
              {event.project === office ? (
                <Link {...links.mail()} className="rounded-sm hover:text-ink hover:underline">
                  {t('nav.mail')}
                </Link>
              ) : event.task ? (
                <Link
                  {...links.task(event.project, event.task)}
                  className="rounded-sm hover:text-ink hover:underline"
                >
                  {event.project} · <span className="tabular-nums">{event.task}</span>
                </Link>
              ) : (
                <Link {...links.board(event.project)} className="rounded-sm hover:text-ink hover:underline">
                  {event.project}
                </Link>
              )}
            </span>
          )}
          <span
            className={cx(
              'min-w-0 wrap-anywhere md:flex-1',
              event.level === 'urgent' && 'text-red',
              event.level === 'attention' && 'text-amber',
            )}
          >
            {eventText(event, t)}
          </span>
          <span className="ml-auto text-2xs whitespace-nowrap text-ink-3">
            {t(`kind.${event.kind}`)} · {event.actor}
          </span>
        </div>
        <button
          type="button"
          aria-expanded={open}
          aria-label={t('event.facts')}
          onClick={() => setOpen(!open)}
          className="flex size-5 items-center justify-center rounded-sm text-ink-3 hover:bg-hover hover:text-ink"
        >
          <ChevronRight className={cx('size-3.5 transition-transform', open && 'rotate-90')} />
        </button>
      </div>
      {open && (
        <pre className="overflow-x-auto bg-sunken px-3 py-2 pl-20 font-mono text-xs text-ink-2">
          {JSON.stringify({ id: event.id, ...(event.payload as object | undefined) }, null, 2)}
        </pre>
      )}
    </li>
  )
}
