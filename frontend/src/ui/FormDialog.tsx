/** Dialogs that ask before something is done: with fields, or with a plain question. */
import type { KeyboardEvent, ReactNode, SyntheticEvent } from 'react'

import { ApiError } from '@/api/client'
import { Button } from '@/ui/Button'
import { Dialog, DialogBody, DialogFooter } from '@/ui/Dialog'
import { useT } from '@/util/i18n'

/** What the server refused, with its hint, below the fields that it is about. */
export function Refusal({ error }: { error: Error | null }) {
  if (!error) return null
  const hint = error instanceof ApiError ? error.problem.hint : undefined
  return (
    <div role="alert" className="text-sm wrap-anywhere text-red">
      {error.message}
      {hint && <p className="text-xs text-ink-3">{hint}</p>}
    </div>
  )
}

interface Question {
  title: string
  description?: string | undefined
  /** What the button that does it says. */
  verb: string
  look?: 'primary' | 'danger'
  busy?: boolean
  /** Why it cannot be done yet. */
  reason?: string | undefined
  onClose: () => void
}

interface FormProps extends Question {
  wide?: boolean
  error: Error | null
  /** At the left of the foot. */
  note?: ReactNode
  onSubmit: () => void
  children: ReactNode
}

/** Fields to fill in. Enter sends, and Ctrl+Enter from a field of several lines; a refusal is shown where it happened. */
export function FormDialog({ error, note, wide, onSubmit, children, ...question }: FormProps) {
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (!question.busy && question.reason === undefined) onSubmit()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) submit(event)
  }
  return (
    <Frame {...question} wide={wide ?? false}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Ctrl+Enter sends from any field */}
      <form onSubmit={submit} onKeyDown={onKeyDown} className="flex min-h-0 flex-1 flex-col">
        <DialogBody>
          <div className="flex flex-col gap-3">
            {children}
            <Refusal error={error} />
          </div>
        </DialogBody>
        <Foot {...question} note={note} />
      </form>
    </Frame>
  )
}

/** A plain question: it is done, or not. */
export const ConfirmDialog = ({ onConfirm, ...question }: Question & { onConfirm: () => void }) => (
  <Frame {...question}>
    <Foot {...question} onConfirm={onConfirm} />
  </Frame>
)

const Frame = ({
  title,
  description,
  wide,
  onClose,
  children,
}: Pick<Question, 'title' | 'description' | 'onClose'> & { wide?: boolean; children: ReactNode }) => {
  const t = useT()
  return (
    <Dialog
      open
      onOpenChange={open => !open && onClose()}
      title={title}
      {...(description ? { description } : {})}
      closeLabel={t('action.close')}
      {...(wide ? { wide } : {})}
    >
      {children}
    </Dialog>
  )
}

interface FootProps extends Question {
  note?: ReactNode
  /** Carries it out; without it the button submits the form around it. */
  onConfirm?: () => void
}

function Foot({ verb, look, busy, reason, note, onClose, onConfirm }: FootProps) {
  const t = useT()
  return (
    <DialogFooter>
      {note && <span className="mr-auto min-w-0">{note}</span>}
      <Button look="ghost" onClick={onClose}>
        {t('action.back')}
      </Button>
      <Button
        look={look ?? 'primary'}
        type={onConfirm ? 'button' : 'submit'}
        busy={busy ?? false}
        reason={reason}
        onClick={onConfirm}
      >
        {verb}
      </Button>
    </DialogFooter>
  )
}
