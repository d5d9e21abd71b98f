import { useQuery } from '@tanstack/react-query'
import { Check, Copy } from 'lucide-react'
import { useState } from 'react'

import { keyScopeValues } from '@/api/__generated__/schema'
import { ApiError, type FreshApiKey } from '@/api/client'
import { agentsQuery, projectsQuery } from '@/api/queries'
import { useCreateKey } from '@/hooks/access-writes'
import { Button } from '@/ui/Button'
import { Dialog, DialogBody, DialogFooter } from '@/ui/Dialog'
import { Field, Input, Select } from '@/ui/Field'
import { FormDialog } from '@/ui/FormDialog'
import { useT } from '@/util/i18n'
import { serverLinks } from '@/util/links'

const spans = [0, 7, 30, 90, 365]

interface CreateProps {
  onClose: () => void
  onMade: (made: FreshApiKey) => void
}

/** Asks what a new key is for. */
export function CreateKeyDialog({ onClose, onMade }: CreateProps) {
  const t = useT()
  const create = useCreateKey()
  const { data: agents = [] } = useQuery(agentsQuery)
  const { data: projects = [] } = useQuery(projectsQuery)
  const [name, setName] = useState('')
  const [scope, setScope] = useState<(typeof keyScopeValues)[number]>('read_only')
  const [agent, setAgent] = useState('')
  const [project, setProject] = useState('')
  const [task, setTask] = useState('')
  const [days, setDays] = useState(90)
  const problem = create.error instanceof ApiError ? create.error.problem : undefined
  const errorOf = (field: string) => (problem?.field === field ? problem.detail : undefined)
  const forAgent = scope === 'agent'
  const submit = () =>
    create.mutate(
      {
        name: name.trim(),
        scope,
        ...(days > 0 && { days }),
        ...(forAgent && {
          agent: agent || (agents[0]?.id ?? ''),
          project: project || (projects[0]?.id ?? ''),
          ...(task.trim() && { task: task.trim() }),
        }),
      },
      { onSuccess: onMade },
    )
  return (
    <FormDialog
      title={t('keys.create')}
      verb={t('keys.create')}
      busy={create.isPending}
      reason={name.trim() ? undefined : t('keys.needsName')}
      error={create.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={t('keys.name')} hint={t('keys.nameHint')} error={errorOf('name')}>
        {ids => (
          <Input {...ids} autoComplete="off" value={name} onChange={event => setName(event.target.value)} />
        )}
      </Field>
      <Field label={t('keys.scope')} hint={t(`keys.scopeHint.${scope}`)} error={errorOf('scope')}>
        {ids => (
          <Select
            {...ids}
            value={scope}
            onChange={event =>
              setScope(keyScopeValues.find(one => one === event.target.value) ?? 'read_only')
            }
          >
            {keyScopeValues.map(one => (
              <option key={one} value={one}>
                {t(`keys.scope.${one}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {forAgent && (
        <div className="grid grid-cols-2 gap-3">
          <Field label={t('keys.agent')} error={errorOf('agent')}>
            {ids => (
              <Select {...ids} value={agent} onChange={event => setAgent(event.target.value)}>
                {agents.map(one => (
                  <option key={one.id} value={one.id}>
                    {one.display_name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={t('task.project')} error={errorOf('project')}>
            {ids => (
              <Select {...ids} value={project} onChange={event => setProject(event.target.value)}>
                {projects.map(one => (
                  <option key={one.id} value={one.id}>
                    {one.name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={t('keys.task')} error={errorOf('task')} className="col-span-2">
            {ids => (
              <Input
                {...ids}
                placeholder="t-12"
                value={task}
                onChange={event => setTask(event.target.value)}
              />
            )}
          </Field>
        </div>
      )}
      <Field label={t('keys.ends')} error={errorOf('days')}>
        {ids => (
          <Select {...ids} value={days} onChange={event => setDays(Number(event.target.value))}>
            {spans.map(span => (
              <option key={span} value={span}>
                {span === 0 ? t('keys.forever') : t('keys.days', { count: span })}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </FormDialog>
  )
}

interface SecretProps {
  name: string
  secret: string
  onClose: () => void
}

/** Shows a secret, this once. */
export function SecretDialog({ name, secret, onClose }: SecretProps) {
  const t = useT()
  return (
    <Dialog
      open
      onOpenChange={open => !open && onClose()}
      title={t('keys.secretOf', { name })}
      description={t('keys.secretHint')}
      closeLabel={t('action.close')}
    >
      <DialogBody>
        <div className="flex flex-col gap-3">
          <Copyable label={t('keys.secret')} text={secret} />
          <Copyable label={t('keys.loginLink')} text={location.origin + serverLinks.login(secret)} />
        </div>
      </DialogBody>
      <DialogFooter>
        <Button look="primary" onClick={onClose}>
          {t('keys.kept')}
        </Button>
      </DialogFooter>
    </Dialog>
  )
}

function Copyable({ label, text }: { label: string; text: string }) {
  const t = useT()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
    } catch {
      // The browser forbids it; the text is selected when its field is focused, for copying by hand.
    }
  }
  return (
    <Field label={label}>
      {ids => (
        <span className="flex gap-2">
          <Input
            {...ids}
            readOnly
            value={text}
            onFocus={event => event.target.select()}
            className="font-mono text-xs"
          />
          <Button
            icon={copied ? <Check className="size-3.5 text-green" /> : <Copy className="size-3.5" />}
            aria-label={t('keys.copyOf', { what: label })}
            onClick={() => void copy()}
          >
            <span aria-live="polite">{t(copied ? 'keys.copied' : 'keys.copy')}</span>
          </Button>
        </span>
      )}
    </Field>
  )
}
