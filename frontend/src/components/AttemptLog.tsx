import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDownToLine, ExternalLink } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'

import { useLog } from '@/hooks/useLog'
import { Button } from '@/ui/Button'
import { Skeleton } from '@/ui/states'
import { bytes } from '@/util/format'
import { useT } from '@/util/i18n'
import { serverLinks } from '@/util/links'

interface Props {
  project: string
  task: string
  number: number
  live: boolean
}

const lineHeight = 18
const nearEnd = 40
const nearStart = 400

/** The end of an attempt's log; it follows what is written until a person scrolls up. */
export function AttemptLog({ project, task, number, live }: Props) {
  const t = useT()
  const { log, earlier } = useLog({ project, task, number, live })
  const frame = useRef<HTMLDivElement>(null)
  const [following, setFollowing] = useState(true)
  const rows = useVirtualizer({
    count: log.lines.length,
    getScrollElement: () => frame.current,
    estimateSize: () => lineHeight,
    overscan: 30,
  })
  const count = log.lines.length
  useEffect(() => {
    if (following && count > 0) rows.scrollToIndex(count - 1, { align: 'end' })
  }, [following, count, rows])

  /** Puts the part before on top; what a person looks at stays where it is. */
  const readEarlier = async () => {
    const added = await earlier()
    requestAnimationFrame(() => frame.current?.scrollBy({ top: added * lineHeight, behavior: 'instant' }))
  }

  if (log.state === 'loading') return <Skeleton className="h-24" />
  if (log.state === 'failed') return <p className="text-xs text-ink-3">{t('log.failed')}</p>
  return (
    <div className="flex flex-col gap-1.5">
      <div
        ref={frame}
        role="log"
        aria-label={t('log.label', { number })}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling area must be reachable by keyboard
        tabIndex={0}
        onScroll={event => {
          const { scrollTop, scrollHeight, clientHeight } = event.currentTarget
          setFollowing(scrollHeight - scrollTop - clientHeight < nearEnd)
          if (scrollTop < nearStart && log.skipped > 0) void readEarlier()
        }}
        className="max-h-80 overflow-auto rounded-md border border-line bg-sunken py-2 font-mono text-xs"
      >
        {count === 0 || (count === 1 && log.lines[0] === '') ? (
          <p className="px-3 text-ink-3">{t(live ? 'log.waiting' : 'log.empty')}</p>
        ) : (
          <div className="relative min-w-max" style={{ height: rows.getTotalSize() }}>
            {rows.getVirtualItems().map(row => (
              <div
                key={row.key}
                className="absolute left-0 px-3 whitespace-pre"
                style={{
                  height: lineHeight,
                  lineHeight: `${lineHeight}px`,
                  transform: `translateY(${row.start}px)`,
                }}
              >
                {log.lines[row.index]}
              </div>
            ))}
          </div>
        )}
      </div>
      <div className="flex items-center gap-3 text-2xs text-ink-3">
        {log.state === 'following' && (
          <span className="flex items-center gap-1.5 text-azure">
            <span className="size-1.5 animate-breathe rounded-full bg-current" />
            {t('log.following')}
          </span>
        )}
        {log.skipped > 0 && (
          <button
            type="button"
            onClick={() => {
              setFollowing(false)
              void readEarlier()
            }}
            className="rounded-sm hover:text-ink hover:underline"
          >
            {t('log.skipped', { size: bytes(log.skipped) })}
          </button>
        )}
        <span className="ml-auto flex items-center gap-1">
          {!following && (
            <Button
              size="sm"
              look="ghost"
              icon={<ArrowDownToLine className="size-3.5" />}
              onClick={() => setFollowing(true)}
            >
              {t('log.toEnd')}
            </Button>
          )}
          <a
            href={serverLinks.log(project, task, number)}
            target="_blank"
            rel="noreferrer"
            className="inline-flex items-center gap-1 rounded-sm hover:text-ink"
          >
            <ExternalLink className="size-3" />
            {t('log.whole')}
          </a>
        </span>
      </div>
    </div>
  )
}
