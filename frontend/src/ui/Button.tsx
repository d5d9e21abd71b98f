import type { ComponentProps, ReactNode, Ref } from 'react'

import { Spinner } from '@/ui/Spinner'
import { Tooltip } from '@/ui/Tooltip'
import { cx } from '@/util/cx'

type Look = 'primary' | 'secondary' | 'ghost' | 'danger'

const looks: Record<Look, string> = {
  primary: 'bg-solid text-on-solid hover:opacity-88 active:opacity-80',
  secondary: 'border border-line-strong bg-raised text-ink shadow-card hover:bg-hover active:bg-press',
  ghost: 'text-ink-2 hover:bg-hover hover:text-ink active:bg-press data-[state=open]:bg-press',
  danger: 'border border-red/40 bg-raised text-red hover:bg-red/10 active:bg-red/15',
}

const sizes = { sm: 'h-7 px-2 text-xs gap-1.5', md: 'h-8 px-3 text-sm gap-2' }

interface Props extends Omit<ComponentProps<'button'>, 'disabled'> {
  look?: Look
  size?: keyof typeof sizes
  icon?: ReactNode
  /** Shows that the click is being carried out; further clicks do nothing. */
  busy?: boolean
  /** Why it cannot be used now. The button stays in the tab order, so that the reason can be read. */
  reason?: string | undefined
  ref?: Ref<HTMLButtonElement>
}

/** How a link looks that stands where a button could. */
export const buttonLook = (look: Look, size: keyof typeof sizes): string =>
  cx(
    'inline-flex shrink-0 items-center justify-center rounded-md font-medium whitespace-nowrap transition-colors select-none',
    sizes[size],
    looks[look],
  )

export function Button({
  look = 'secondary',
  size = 'md',
  icon,
  busy,
  reason,
  onClick,
  className,
  children,
  ...rest
}: Props) {
  const off = busy === true || reason !== undefined
  const button = (
    <button
      type="button"
      {...rest}
      aria-disabled={off || undefined}
      onClick={off ? event => event.preventDefault() : onClick}
      className={cx(buttonLook(look, size), reason !== undefined && 'opacity-45', className)}
    >
      {busy ? <Spinner /> : icon}
      {children}
    </button>
  )
  return reason === undefined ? button : <Tooltip text={reason}>{button}</Tooltip>
}

interface IconProps extends Omit<ComponentProps<'button'>, 'children' | 'disabled'> {
  /** Its name, also shown as a tooltip. */
  label: string
  icon: ReactNode
  side?: 'top' | 'bottom' | 'left' | 'right'
  ref?: Ref<HTMLButtonElement>
}

/** A square button with nothing but an icon. */
export function IconButton({ label, icon, side = 'bottom', className, ...rest }: IconProps) {
  return (
    <Tooltip text={label} side={side}>
      <button
        type="button"
        aria-label={label}
        {...rest}
        className={cx(
          'inline-flex size-7 shrink-0 items-center justify-center rounded-md text-ink-3 transition-colors hover:bg-hover hover:text-ink active:bg-press data-[state=open]:bg-press',
          className,
        )}
      >
        {icon}
      </button>
    </Tooltip>
  )
}
