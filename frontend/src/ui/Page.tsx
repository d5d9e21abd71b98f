import type { ReactNode } from 'react'

import { cx } from '@/util/cx'

interface Props {
  /** Its name; leave it out when the body has a heading of its own. */
  title?: ReactNode
  /** The way back, in place of a name. */
  crumbs?: ReactNode
  /** Beside the title: filters, buttons. */
  actions?: ReactNode
  /** The content scrolls sideways by itself (a board) instead of being set in a column. */
  bleed?: boolean
  children: ReactNode
}

const column = 'mx-auto w-full max-w-[1240px]'

/** The frame of a page: a head that stays, and a body that scrolls. */
export const Page = ({ title, crumbs, actions, bleed, children }: Props) => (
  <div className="flex h-full flex-col">
    <header className="sticky top-12 z-20 border-b border-line bg-surface md:static">
      <div
        className={cx(
          'flex min-h-12 flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2',
          bleed ? 'md:px-5' : cx(column, 'md:px-6'),
        )}
      >
        {title !== undefined && <h1 className="min-w-0 truncate text-sm font-semibold">{title}</h1>}
        {crumbs}
        {actions}
      </div>
    </header>
    <div data-scroll className={cx('min-h-0 flex-1', bleed ? 'md:overflow-hidden' : 'md:overflow-y-auto')}>
      {bleed ? children : <div className={cx(column, 'px-4 py-5 md:px-6')}>{children}</div>}
    </div>
  </div>
)
