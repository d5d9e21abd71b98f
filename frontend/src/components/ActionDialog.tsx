import { useState } from 'react'

import type { Status, Task } from '@/api/client'
import { isOpen, resolutions, type TaskAction } from '@/api/task-actions'
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

/** True when a task waits for a decision because it was too expensive, as far as its reason tells. */
const isAboutBudget = ({ status, reason }: Task) =>
  status === 'escalated' && /budget|预算/i.test(reason ?? '')

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
  const [budget, setBudget] = useState<Budget>({ tokens: '', cost: '' })
  const mayGoOn = ask.to && isOpen(to) && isAboutBudget(task)
  const missing = ask.reason === 'required' && !reason.trim() ? t('action.needsReason') : undefined

  const submit = () => {
    const words = reason.trim()
    const body: ActionBody = {
      ...(words && (ask.summary ? { summary: words } : { reason: words })),
      ...(ask.on && { on: on.trim() }),
      ...(ask.to && { to }),
      ...(mayGoOn && figuresOf(budget)),
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
      {mayGoOn && <BudgetFields value={budget} onChange={setBudget} />}
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

/** What somebody has typed. */
interface Budget {
  tokens: string
  cost: string
}

const figuresOf = ({ tokens, cost }: Budget): ActionBody => ({
  ...(tokens && { budget_tokens: Number(tokens) }),
  ...(cost && { budget_cost: Math.round(Number(cost) * 1e6) }),
})

/** What a task that was too expensive may use from here. */
function BudgetFields({ value, onChange }: { value: Budget; onChange: (value: Budget) => void }) {
  const t = useT()
  return (
    <div className="grid grid-cols-2 gap-x-3 gap-y-1">
      <Field label={t('resolve.tokens')}>
        {ids => (
          <Input
            {...ids}
            type="number"
            min={1}
            step={1}
            value={value.tokens}
            onChange={event => onChange({ ...value, tokens: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('resolve.cost')}>
        {ids => (
          <Input
            {...ids}
            type="number"
            min={0.000001}
            step="any"
            value={value.cost}
            onChange={event => onChange({ ...value, cost: event.target.value })}
          />
        )}
      </Field>
      <p className="col-span-2 text-xs text-pretty text-ink-3">{t('resolve.budgetHint')}</p>
    </div>
  )
}
