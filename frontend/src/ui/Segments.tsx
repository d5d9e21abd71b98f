import type { ReactNode } from 'react'

import { cx } from '@/util/cx'

interface Props<Key extends string> {
  /** What is chosen here. */
  label: string
  options: readonly { key: Key; name: ReactNode }[]
  value: Key
  onChange: (key: Key) => void
  className?: string
}

/** A few choices side by side, of which one holds. */
export const Segments = <Key extends string>({ label, options, value, onChange, className }: Props<Key>) => (
  <div role="group" aria-label={label} className={cx('flex rounded-md bg-hover p-0.5', className)}>
    {options.map(({ key, name }) => (
      <button
        key={key}
        type="button"
        aria-pressed={key === value}
        onClick={() => onChange(key)}
        className={cx(
          'flex h-6 items-center gap-1.5 rounded-sm px-2 text-xs whitespace-nowrap',
          key === value
            ? 'bg-raised font-medium shadow-card ring-1 ring-line-strong/70'
            : 'text-ink-2 hover:text-ink',
        )}
      >
        {name}
      </button>
    ))}
  </div>
)
