import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

import { IconButton } from '@/ui/Button'
import { cx } from '@/util/cx'

interface Props {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: string
  closeLabel: string
  /** `very` has room for two texts side by side. */
  wide?: boolean | 'very'
  children: ReactNode
}

/** The first field, else the first button of the footer, which is the safe one; never the cross in the corner. */
function focusFirst(event: Event) {
  if (!(event.target instanceof HTMLElement)) return
  const first =
    event.target.querySelector<HTMLElement>('input, textarea, select') ??
    event.target.querySelector<HTMLElement>('footer button')
  if (!first) return
  event.preventDefault()
  first.focus()
}

/** A window over the page; on a phone it rises from the bottom edge. */
export function Dialog({ open, onOpenChange, title, description, closeLabel, wide, children }: Props) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-[oklch(0.1_0.01_264/0.45)]" />
        <Radix.Content
          onOpenAutoFocus={focusFirst}
          {...(description ? {} : { 'aria-describedby': undefined })}
          className={cx(
            'fixed inset-x-0 bottom-0 z-40 flex max-h-[92dvh] animate-pop flex-col rounded-t-xl bg-surface shadow-pop',
            'md:inset-x-auto md:top-[12vh] md:bottom-auto md:left-1/2 md:max-h-[80vh] md:w-full md:-translate-x-1/2 md:rounded-xl',
            wide === 'very' ? 'md:max-w-5xl' : wide ? 'md:max-w-2xl' : 'md:max-w-md',
          )}
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-3">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-base font-semibold">{title}</Radix.Title>
              {description && (
                <Radix.Description className="mt-0.5 text-sm text-pretty text-ink-2">
                  {description}
                </Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <IconButton label={closeLabel} icon={<X className="size-4" />} />
            </Radix.Close>
          </header>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

export const DialogBody = ({ children }: { children: ReactNode }) => (
  <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-4">{children}</div>
)

export const DialogFooter = ({ children }: { children: ReactNode }) => (
  <footer className="flex items-center justify-end gap-2 border-t border-line px-5 py-3 pb-[max(12px,env(safe-area-inset-bottom))]">
    {children}
  </footer>
)
