import { ChevronDown } from 'lucide-react'
import { useId, type ComponentProps, type ReactNode } from 'react'

import { cx } from '@/util/cx'

export const control =
  'w-full rounded-md border border-line-strong bg-raised px-2.5 text-sm text-ink shadow-card transition-colors placeholder:text-ink-3 hover:border-ink-4 focus:border-accent focus:outline-1 focus:-outline-offset-1 focus:outline-accent aria-invalid:border-red'

interface Props {
  label: string
  hint?: ReactNode
  error?: string | undefined
  /** The control; it gets the id of the label and of the words below it. */
  children: (ids: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode
  className?: string
}

/** A labelled control with a hint or an error below it. */
export function Field({ label, hint, error, children, className }: Props) {
  const id = useId()
  const note = error ?? hint
  return (
    <div className={cx('flex flex-col gap-1', className)}>
      <label htmlFor={id} className="text-xs font-medium text-ink-2">
        {label}
      </label>
      {children({
        id,
        ...(note ? { 'aria-describedby': `${id}-note` } : {}),
        ...(error ? { 'aria-invalid': true as const } : {}),
      })}
      {note && (
        <p
          id={`${id}-note`}
          role={error ? 'alert' : undefined}
          className={cx('text-xs text-pretty', error ? 'text-red' : 'text-ink-3')}
        >
          {note}
        </p>
      )}
    </div>
  )
}

export const Input = ({ className, ...rest }: ComponentProps<'input'>) => (
  <input {...rest} className={cx(control, 'h-8', className)} />
)

export const TextArea = ({ className, ...rest }: ComponentProps<'textarea'>) => (
  <textarea {...rest} className={cx(control, 'min-h-20 resize-y py-1.5 leading-5', className)} />
)

export const Select = ({ className, ...rest }: ComponentProps<'select'>) => (
  <span className={cx('relative inline-flex w-full', className)}>
    <select {...rest} className={cx(control, 'h-8 appearance-none truncate pr-7')} />
    <ChevronDown
      aria-hidden
      className="pointer-events-none absolute top-1/2 right-2 size-3.5 -translate-y-1/2 text-ink-3"
    />
  </span>
)
