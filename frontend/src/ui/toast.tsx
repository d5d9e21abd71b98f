import { CircleAlert, CircleCheck, X } from 'lucide-react'

import { ApiError } from '@/api/client'
import { IconButton } from '@/ui/Button'
import { useT } from '@/util/i18n'
import { createStore, useStore } from '@/util/store'

interface Toast {
  id: number
  bad: boolean
  title: string
  hint?: string | undefined
}

const goodMs = 3500
const badMs = 9000
const most = 4

const toasts = createStore<Toast[]>([])
let nextId = 1

const dismiss = (id: number) => toasts.set(toasts.get().filter(toast => toast.id !== id))

function show(toast: Omit<Toast, 'id'>) {
  const id = nextId++
  toasts.set([...toasts.get(), { ...toast, id }].slice(-most))
  setTimeout(() => dismiss(id), toast.bad ? badMs : goodMs)
}

/** Says that something worked. */
export const sayDone = (title: string) => show({ bad: false, title })

/** Says what the server refused, with its hint. */
export const sayFailed = (error: Error) =>
  show({ bad: true, title: error.message, hint: error instanceof ApiError ? error.problem.hint : undefined })

/** Where toasts appear; once, at the root. */
export function Toasts() {
  const t = useT()
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-3 bottom-18 z-50 flex flex-col items-end gap-2 md:right-4 md:bottom-4 md:left-auto"
    >
      {useStore(toasts).map(toast => (
        <div
          key={toast.id}
          className="pointer-events-auto flex w-full max-w-sm animate-pop items-start gap-2.5 rounded-lg bg-raised py-2 pr-2 pl-3 shadow-pop"
        >
          {toast.bad ? (
            <CircleAlert className="mt-0.5 size-4 shrink-0 text-red" />
          ) : (
            <CircleCheck className="mt-0.5 size-4 shrink-0 text-green" />
          )}
          <div className="min-w-0 flex-1 pt-px">
            <p className="text-sm wrap-anywhere">{toast.title}</p>
            {toast.hint && <p className="text-xs text-pretty text-ink-3">{toast.hint}</p>}
          </div>
          <IconButton
            label={t('action.close')}
            icon={<X className="size-3.5" />}
            onClick={() => dismiss(toast.id)}
          />
        </div>
      ))}
    </div>
  )
}
