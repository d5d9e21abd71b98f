import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

import { Button } from '@/ui/Button'
import { ApiError } from '@/api/client'
import { cx } from '@/util/cx'
import { useT } from '@/util/i18n'

/** Grey bars where text will be. */
export const Skeleton = ({ className }: { className?: string }) => (
  <div aria-hidden className={cx('animate-breathe rounded-md bg-hover', className)} />
)

export const SkeletonRows = ({ rows = 4, height = 'h-9' }: { rows?: number; height?: string }) => (
  <div aria-busy className="flex flex-col gap-2">
    {Array.from({ length: rows }, (_, index) => (
      <Skeleton key={index} className={height} />
    ))}
  </div>
)

interface EmptyProps {
  icon?: ReactNode
  title: string
  children?: ReactNode
  action?: ReactNode
  className?: string
}

/** Nothing here: says why, and what would put something here. */
export const Empty = ({ icon, title, children, action, className }: EmptyProps) => (
  <div className={cx('flex flex-col items-center gap-1.5 px-6 py-10 text-center', className)}>
    {icon && <div className="mb-1 text-ink-4">{icon}</div>}
    <p className="text-sm font-medium text-ink-2">{title}</p>
    {children && <div className="max-w-sm text-xs text-pretty text-ink-3">{children}</div>}
    {action && <div className="mt-3">{action}</div>}
  </div>
)

/** What went wrong, in the server's words, with its hint. */
export function Failure({ error, retry }: { error: Error; retry?: () => void }) {
  const t = useT()
  const problem = error instanceof ApiError ? error.problem : undefined
  const unreachable = error instanceof ApiError && error.code === 'unreachable'
  return (
    <div role="alert" className="flex flex-col items-center gap-1.5 px-6 py-12 text-center">
      <CircleAlert className="mb-1 size-5 text-red" />
      <p className="text-sm font-medium">{unreachable ? t('error.unreachable') : error.message}</p>
      <p className="max-w-md text-xs text-pretty text-ink-3">
        {unreachable ? t('error.unreachableHint') : problem?.hint}
      </p>
      {retry && (
        <Button size="sm" className="mt-3" onClick={retry}>
          {t('action.tryAgain')}
        </Button>
      )}
    </div>
  )
}
