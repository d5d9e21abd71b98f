import { Check } from 'lucide-react'
import { DropdownMenu as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

import { cx } from '@/util/cx'

interface Props {
  trigger: ReactNode
  align?: 'start' | 'end'
  side?: 'top' | 'bottom'
  defaultOpen?: boolean
  children: ReactNode
}

export const Menu = ({ trigger, align = 'start', side = 'bottom', defaultOpen, children }: Props) => (
  <Radix.Root modal={false} defaultOpen={defaultOpen ?? false}>
    <Radix.Trigger asChild>{trigger}</Radix.Trigger>
    <Radix.Portal>
      <Radix.Content
        align={align}
        side={side}
        sideOffset={5}
        collisionPadding={8}
        className="z-50 max-h-[min(420px,var(--radix-dropdown-menu-content-available-height))] min-w-44 animate-pop overflow-y-auto rounded-lg bg-raised p-1 shadow-pop"
      >
        {children}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
)

const row =
  'flex min-h-7 cursor-default items-center gap-2.5 rounded-md px-2 py-1 text-sm outline-none select-none data-highlighted:bg-hover'

interface ItemProps {
  icon?: ReactNode
  danger?: boolean
  /** Why it cannot be used now; shown under its name. */
  reason?: string | undefined
  onSelect: () => void
  children: ReactNode
}

export const MenuItem = ({ icon, danger, reason, onSelect, children }: ItemProps) => (
  <Radix.Item
    aria-disabled={reason !== undefined || undefined}
    onSelect={event => {
      if (reason === undefined) onSelect()
      else event.preventDefault()
    }}
    className={cx(
      row,
      danger && reason === undefined && 'text-red',
      reason !== undefined && 'cursor-not-allowed',
    )}
  >
    {icon}
    <span className="min-w-0 flex-1">
      <span className={reason === undefined ? '' : 'text-ink-3'}>{children}</span>
      {reason !== undefined && (
        <span className="block max-w-64 text-2xs text-pretty text-ink-3">{reason}</span>
      )}
    </span>
  </Radix.Item>
)

interface ChoiceProps {
  checked: boolean
  onCheckedChange: (checked: boolean) => void
  /** Leaves the menu open, so that several can be ticked. */
  keepOpen?: boolean
  children: ReactNode
}

export const MenuChoice = ({ checked, onCheckedChange, keepOpen, children }: ChoiceProps) => (
  <Radix.CheckboxItem
    checked={checked}
    onCheckedChange={onCheckedChange}
    onSelect={event => keepOpen && event.preventDefault()}
    className={row}
  >
    <span className="flex min-w-0 flex-1 items-center gap-2.5">{children}</span>
    <Check className={cx('size-3.5 text-ink-2', !checked && 'invisible')} />
  </Radix.CheckboxItem>
)

export const MenuLine = () => <Radix.Separator className="my-1 h-px bg-line" />

export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <Radix.Label className="px-2 pt-1 pb-0.5 text-2xs text-ink-3">{children}</Radix.Label>
)
