import { useId, type ReactNode } from 'react'

import { cx } from '@/util/cx'

interface Props {
  title: ReactNode
  count?: number | undefined
  action?: ReactNode
  children: ReactNode
  className?: string
}

/** A titled section of a page. */
export function Panel({ title, count, action, children, className }: Props) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={cx('flex flex-col', className)}>
      <header className="mb-2 flex h-7 items-center gap-2">
        <h2 id={id} className="text-sm font-semibold">
          {title}
        </h2>
        {count !== undefined && <span className="text-xs text-ink-3 tabular-nums">{count}</span>}
        <div className="ml-auto flex items-center gap-1">{action}</div>
      </header>
      {children}
    </section>
  )
}

/** A framed area for rows or text. */
export const Box = ({ children, className }: { children: ReactNode; className?: string }) => (
  <div className={cx('overflow-hidden rounded-lg border border-line bg-raised shadow-card', className)}>
    {children}
  </div>
)

/** A small fact: its name above its value. */
export const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className="min-w-0">
    <dt className="text-2xs text-ink-3">{label}</dt>
    <dd className="truncate text-sm">{children}</dd>
  </div>
)

/** A short word with a quiet background. */
export const Tag = ({ children, className }: { children: ReactNode; className?: string }) => (
  <span
    className={cx(
      'inline-flex h-4.5 items-center rounded-sm bg-hover px-1.5 text-2xs font-medium text-ink-2',
      className,
    )}
  >
    {children}
  </span>
)

export const Kbd = ({ children }: { children: ReactNode }) => (
  <kbd className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-sm border border-line-strong px-1 font-sans text-2xs text-ink-3">
    {children}
  </kbd>
)
