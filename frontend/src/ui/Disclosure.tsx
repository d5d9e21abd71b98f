import { ChevronRight } from 'lucide-react'
import { useEffect, useId, useRef, useState, type ReactNode } from 'react'

import { cx } from '@/util/cx'

interface Props {
  /** What the row says; pressing it opens and closes the row. */
  head: ReactNode
  /** How the head is laid out behind its arrow. */
  className?: string
  /** Buttons and links beside the head, which work without opening it. */
  beside?: ReactNode
  startsOpen?: boolean
  /** It takes the focus when it appears: where a person's own deed moved it, the keyboard comes along. */
  takesFocus?: boolean
  /** What an open row shows; it is made when the row is first opened. */
  children: ReactNode
}

/** A row that can be opened. */
export function Disclosure({ head, className, beside, startsOpen = false, takesFocus, children }: Props) {
  const [open, setOpen] = useState(startsOpen)
  const body = useId()
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (takesFocus) button.current?.focus()
  }, [takesFocus])
  return (
    <>
      <div className="flex items-center hover:bg-hover">
        <button
          ref={button}
          type="button"
          aria-expanded={open}
          aria-controls={open ? body : undefined}
          onClick={() => setOpen(!open)}
          className="flex min-w-0 flex-1 items-center gap-3 px-3 py-2 text-left focus-visible:-outline-offset-2"
        >
          <ChevronRight
            aria-hidden
            className={cx('size-3.5 shrink-0 text-ink-3 transition-transform', open && 'rotate-90')}
          />
          <span className={cx('min-w-0 flex-1', className)}>{head}</span>
        </button>
        {beside && <div className="flex shrink-0 items-center gap-1 pr-2">{beside}</div>}
      </div>
      {open && (
        <div id={body} className="border-t border-line">
          {children}
        </div>
      )}
    </>
  )
}
