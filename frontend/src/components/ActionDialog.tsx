import { useState } from 'react'

import type { Status, Task } from '@/api/client'
import { resolutions, type TaskAction } from '@/api/task-actions'
import { useTaskAction, type ActionBody } from '@/hooks/writes'
import { Field, Input, Select, TextArea } from '@/ui/Field'
import { FormDialog } from '@/ui/FormDialog'
import { sayDone } from '@/ui/toast'
import { useT } from '@/util/i18n'

/** What an action asks for before it is carried out. */
const asks: Record<TaskAction, { reason?: 'required' | 'optional'; on?: true; to?: true; summary?: true }> = {
  claim: {},
  start: {},
  complete: { summary: true },
  fail: { reason: 'required' },
  block: { on: true, reason: 'optional' },
  escalate: { reason: 'required' },
  resolve: { to: true, reason: 'required' },
  reopen: { reason: 'optional' },
  retry: { reason: 'optional' },
  pause: { reason: 'optional' },
  resume: { reason: 'optional' },
  cancel: { reason: 'optional' },
}

interface Props {
  task: Task
  action: TaskAction
  /** Where `resolve` leads at first. */
  to?: Status | undefined
  onClose: () => void
}

/** Asks for what an action needs, carries it out, and shows the server's words when it refuses. */
export function ActionDialog({ task, action, to: firstTo, onClose }: Props) {
  const t = useT()
  const ask = asks[action]
  const act = useTaskAction(task.project, task.id)
  const [reason, setReason] = useState('')
  const [on, setOn] = useState('human')
  const [to, setTo] = useState(resolutions.find(one => one === firstTo) ?? 'pending')
  const missing = ask.reason === 'required' && !reason.trim() ? t('action.needsReason') : undefined

  const submit = () => {
    const words = reason.trim()
    const body: ActionBody = {
      ...(words && (ask.summary ? { summary: words } : { reason: words })),
      ...(ask.on && { on: on.trim() }),
      ...(ask.to && { to }),
    }
    act.mutate(
      { action, body },
      {
        onSuccess: () => {
          sayDone(t('action.done', { action: t(`do.${action}`), id: task.id }))
          onClose()
        },
      },
    )
  }

  return (
    <FormDialog
      title={`${t(`do.${action}`)} · ${task.id}`}
      description={t(`doing.${action}`)}
      verb={t(`do.${action}`)}
      look={action === 'cancel' || action === 'fail' ? 'danger' : 'primary'}
      busy={act.isPending}
      reason={missing}
      error={act.error}
      onSubmit={submit}
      onClose={onClose}
    >
      {ask.to && (
        <Field label={t('action.to')}>
          {ids => (
            <Select {...ids} value={to} onChange={event => setTo(event.target.value as typeof to)}>
              {resolutions.map(status => (
                <option key={status} value={status}>
                  {t(`resolve.${status}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      {ask.on && (
        <Field label={t('action.on')} hint={t('action.onHint')}>
          {ids => <Input {...ids} required value={on} onChange={event => setOn(event.target.value)} />}
        </Field>
      )}
      {(ask.reason ?? ask.summary) && (
        <Field
          label={t(
            ask.summary
              ? 'action.summary'
              : ask.reason === 'required'
                ? 'action.reason'
                : 'action.reasonOptional',
          )}
        >
          {ids => <TextArea {...ids} value={reason} onChange={event => setReason(event.target.value)} />}
        </Field>
      )}
    </FormDialog>
  )
}
