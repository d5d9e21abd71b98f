import { useNavigate, type LinkOptions } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { useState } from 'react'

import { tourStore } from '@/components/tour'
import { Button, IconButton } from '@/ui/Button'
import { cx } from '@/util/cx'
import { useT, type Key } from '@/util/i18n'
import { links } from '@/util/links'

interface Stop {
  title: Key
  text: Key
  to: (project: string) => LinkOptions
}

const stops: readonly Stop[] = [
  { title: 'tour.overview', text: 'tour.overviewText', to: () => links.overview() },
  { title: 'tour.board', text: 'tour.boardText', to: project => links.board(project) },
  { title: 'tour.agents', text: 'tour.agentsText', to: () => links.agents() },
  { title: 'tour.policies', text: 'tour.policiesText', to: project => links.policies(project, 'tick') },
  { title: 'tour.keys', text: 'tour.keysText', to: () => links.overview() },
]

/** A walk through the pages, the first time that somebody opens the dashboard on the example. */
export function GuidedTour({ project }: { project: string }) {
  const t = useT()
  const navigate = useNavigate()
  const [at, setAt] = useState(0)
  const stop = stops[at]
  const end = () => tourStore.set(true)
  const go = (next: number) => {
    const to = stops[next]
    if (!to) {
      end()
      return
    }
    setAt(next)
    void navigate(to.to(project))
  }
  if (!stop) return null
  return (
    <aside
      aria-label={t('tour.label')}
      className="fixed inset-x-3 bottom-18 z-30 animate-pop rounded-xl bg-raised p-4 shadow-pop md:right-6 md:bottom-6 md:left-auto md:w-88"
    >
      <div className="flex items-start justify-between gap-2">
        <p className="text-2xs text-ink-3 tabular-nums">
          {t('tour.step', { step: at + 1, all: stops.length })}
        </p>
        <IconButton
          label={t('tour.skip')}
          icon={<X className="size-3.5" />}
          onClick={end}
          className="-mt-2 -mr-2"
        />
      </div>
      <div aria-live="polite">
        <h2 className="text-sm font-semibold">{t(stop.title)}</h2>
        <p className="mt-1 text-sm text-pretty text-ink-2">{t(stop.text)}</p>
      </div>
      <div className="mt-3 flex items-center gap-2">
        <span aria-hidden className="flex gap-1">
          {stops.map(({ title }, index) => (
            <span
              key={title}
              className={cx('size-1.5 rounded-full', index === at ? 'bg-accent' : 'bg-line-strong')}
            />
          ))}
        </span>
        <Button size="sm" look="ghost" className="ml-auto" onClick={end}>
          {t('tour.skip')}
        </Button>
        <Button size="sm" look="primary" onClick={() => go(at + 1)}>
          {t(at === stops.length - 1 ? 'tour.done' : 'tour.next')}
        </Button>
      </div>
    </aside>
  )
}
