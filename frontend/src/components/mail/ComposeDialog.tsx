import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'

import { mailKindValues } from '@/api/__generated__/schema'
import { ApiError } from '@/api/client'
import { agentsQuery } from '@/api/queries'
import { useSendMail } from '@/hooks/access-writes'
import { Field, Input, Select, TextArea } from '@/ui/Field'
import { FormDialog } from '@/ui/FormDialog'
import { sayDone } from '@/ui/toast'
import { duration } from '@/util/format'
import { useLanguage } from '@/util/i18n'
import { links } from '@/util/links'

const deadlines = [3600, 4 * 3600, 86_400, 7 * 86_400]

/** A new mail to an agent. */
export function ComposeDialog({ onClose }: { onClose: () => void }) {
  const { t, locale } = useLanguage()
  const navigate = useNavigate()
  const send = useSendMail()
  const { data: agents = [] } = useQuery(agentsQuery)
  const [to, setTo] = useState('')
  const [subject, setSubject] = useState('')
  const [body, setBody] = useState('')
  const [kind, setKind] = useState<(typeof mailKindValues)[number]>('request')
  const [deadline, setDeadline] = useState(0)
  const reader = to || agents[0]?.id
  const problem = send.error instanceof ApiError ? send.error.problem : undefined
  const errorOf = (field: string) => (problem?.field === field ? problem.detail : undefined)
  const missing = !reader
    ? t('agents.none')
    : !subject.trim()
      ? t('mail.needsSubject')
      : !body.trim()
        ? t('mail.empty')
        : undefined
  const submit = () => {
    if (!reader) return
    send.mutate(
      {
        to: reader,
        subject: subject.trim(),
        body: body.trim(),
        kind,
        ...(kind === 'request' && deadline > 0 && { deadline_seconds: deadline }),
      },
      {
        onSuccess: mail => {
          sayDone(t('mail.sent'))
          onClose()
          void navigate(links.mail('sent', mail.conversation))
        },
      },
    )
  }
  return (
    <FormDialog
      title={t('mail.compose')}
      verb={t('mail.send')}
      wide
      busy={send.isPending}
      reason={missing}
      error={send.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className="grid gap-3 sm:grid-cols-3">
        <Field label={t('mail.reader')} error={errorOf('to')}>
          {ids => (
            <Select {...ids} value={reader} onChange={event => setTo(event.target.value)}>
              {agents.map(agent => (
                <option key={agent.id} value={agent.id}>
                  {agent.display_name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t('mail.kind')}>
          {ids => (
            <Select
              {...ids}
              value={kind}
              onChange={event => setKind(event.target.value === 'inform' ? 'inform' : 'request')}
            >
              {mailKindValues.map(one => (
                <option key={one} value={one}>
                  {t(`mail.wants.${one}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {kind === 'request' && (
          <Field label={t('mail.deadline')} error={errorOf('deadline_seconds')}>
            {ids => (
              <Select {...ids} value={deadline} onChange={event => setDeadline(Number(event.target.value))}>
                <option value={0}>{t('mail.noDeadline')}</option>
                {deadlines.map(seconds => (
                  <option key={seconds} value={seconds}>
                    {t('jobs.in', { span: duration(seconds, locale) })}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
      </div>
      <Field label={t('mail.subject')} error={errorOf('subject')}>
        {ids => <Input {...ids} value={subject} onChange={event => setSubject(event.target.value)} />}
      </Field>
      <Field label={t('mail.body')} error={errorOf('body')}>
        {ids => <TextArea {...ids} rows={7} value={body} onChange={event => setBody(event.target.value)} />}
      </Field>
    </FormDialog>
  )
}
