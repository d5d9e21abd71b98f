import { Link, type LinkOptions } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import { useTabInSight } from '@/hooks/useTabInSight'
import { cx } from '@/util/cx'

interface Tab {
  key: string
  label: ReactNode
  count?: number | undefined
  /** The count says that something is wrong. */
  bad?: boolean
  to: LinkOptions
}

/** The sections of a page as links: each has an address of its own. */
export function SectionTabs({ label, tabs, current }: { label: string; tabs: Tab[]; current: string }) {
  const list = useTabInSight<HTMLElement>(current)
  return (
    <nav ref={list} aria-label={label} className="-mx-1 mb-5 flex gap-1 overflow-x-auto border-b border-line">
      {tabs.map(({ key, label: name, count, bad, to }) => (
        <Link
          key={key}
          {...to}
          replace
          resetScroll={false}
          aria-current={key === current ? 'page' : undefined}
          className={cx(
            '-mb-px flex h-9 shrink-0 items-center gap-1.5 border-b-2 px-2 text-sm',
            key === current
              ? 'border-ink font-medium text-ink'
              : 'border-transparent text-ink-3 hover:text-ink',
          )}
        >
          {name}
          {count !== undefined && count > 0 && (
            <span className={cx('text-2xs font-normal tabular-nums', bad ? 'text-amber' : 'text-ink-3')}>
              {count}
            </span>
          )}
        </Link>
      ))}
    </nav>
  )
}
