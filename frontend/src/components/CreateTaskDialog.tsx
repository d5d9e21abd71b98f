import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import { useState } from 'react'

import { riskLevelValues } from '@/api/__generated__/schema'
import { ApiError, type NewTask, type RiskLevel } from '@/api/client'
import { agentsQuery, projectsQuery } from '@/api/queries'
import { useCreateTask } from '@/hooks/writes'
import { Field, Input, Select, TextArea } from '@/ui/Field'
import { FormDialog } from '@/ui/FormDialog'
import { Kbd } from '@/ui/Panel'
import { sayDone } from '@/ui/toast'
import { useT } from '@/util/i18n'
import { links } from '@/util/links'

interface Props {
  onOpenChange: (open: boolean) => void
  /** The project that is chosen at first. */
  project: string | undefined
}

const lines = (text: string) =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)

interface Draft {
  project: string | undefined
  title: string
  description: string
  assignee: string
  priority: number
  risk: RiskLevel
  type: string
  dependsOn: string
  truths: string
  artifacts: string
}

const emptyDraft: Draft = {
  project: undefined,
  title: '',
  description: '',
  assignee: '',
  priority: 5,
  risk: 'medium',
  type: '',
  dependsOn: '',
  truths: '',
  artifacts: '',
}

/** The request; what was left empty is left out, so that the server's defaults hold. */
const toNewTask = (draft: Draft): NewTask => ({
  title: draft.title.trim(),
  priority: draft.priority,
  risk_level: draft.risk,
  ...(draft.description.trim() && { description: draft.description.trim() }),
  ...(draft.assignee && { assignee: draft.assignee }),
  ...(draft.type.trim() && { task_type: draft.type.trim() }),
  ...(draft.dependsOn.trim() && { depends_on: draft.dependsOn.split(/[\s,]+/).filter(Boolean) }),
  ...((draft.truths.trim() || draft.artifacts.trim()) && {
    must_haves: { truths: lines(draft.truths), artifacts: lines(draft.artifacts), key_links: [] },
  }),
})

export function CreateTaskDialog({ onOpenChange, project: firstProject }: Props) {
  const t = useT()
  const navigate = useNavigate()
  const create = useCreateTask()
  const [draft, setDraft] = useState(emptyDraft)
  const { data: projects = [] } = useQuery(projectsQuery)
  const { data: agents = [] } = useQuery(agentsQuery)
  const project = draft.project ?? firstProject ?? projects[0]?.id
  const members = projects.find(known => known.id === project)?.agents ?? []
  const problem = create.error instanceof ApiError ? create.error.problem : undefined
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part })
  const errorOf = (field: string) => (problem?.field === field ? problem.detail : undefined)

  const onDone = () => onOpenChange(false)
  const submit = () => {
    if (!project) return
    create.mutate(
      { project, task: toNewTask(draft) },
      {
        onSuccess: task => {
          sayDone(t('create.done', { id: task.id }))
          onDone()
          void navigate(links.task(task.project, task.id))
        },
      },
    )
  }

  return (
    <FormDialog
      title={t('create.title')}
      verb={t('create.submit')}
      wide
      busy={create.isPending}
      reason={draft.title.trim() ? undefined : t('create.needsTitle')}
      error={create.error}
      note={
        <span className="hidden items-center gap-1 text-2xs text-ink-3 sm:flex">
          <Kbd>⌘</Kbd>
          <Kbd>↵</Kbd>
        </span>
      }
      onSubmit={submit}
      onClose={onDone}
    >
      <Field label={t('create.name')} error={errorOf('title')}>
        {ids => (
          <Input
            {...ids}
            required
            maxLength={200}
            value={draft.title}
            placeholder={t('create.namePlaceholder')}
            onChange={event => change({ title: event.target.value })}
            className="h-9 text-base"
          />
        )}
      </Field>
      <Field label={t('create.description')} error={errorOf('description')}>
        {ids => (
          <TextArea
            {...ids}
            rows={5}
            value={draft.description}
            placeholder={t('create.descriptionPlaceholder')}
            onChange={event => change({ description: event.target.value })}
          />
        )}
      </Field>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        <Field label={t('task.project')}>
          {ids => (
            <Select
              {...ids}
              value={project}
              onChange={event => change({ project: event.target.value, assignee: '' })}
            >
              {projects.map(known => (
                <option key={known.id} value={known.id}>
                  {known.name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t('task.assignee')} error={errorOf('assignee')}>
          {ids => (
            <Select
              {...ids}
              value={draft.assignee}
              onChange={event => change({ assignee: event.target.value })}
            >
              <option value="">{t('create.anybody')}</option>
              {(members.length > 0 ? members : agents.map(agent => agent.id)).map(id => (
                <option key={id}>{id}</option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t('task.priority')}>
          {ids => (
            <Select
              {...ids}
              value={draft.priority}
              onChange={event => change({ priority: Number(event.target.value) })}
            >
              {[10, 9, 8, 7, 6, 5, 4, 3, 2, 1].map(value => (
                <option key={value} value={value}>
                  {value === 10 ? t('create.mostUrgent') : value === 5 ? t('create.normal') : value}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t('task.risk')}>
          {ids => (
            <Select
              {...ids}
              value={draft.risk}
              onChange={event => change({ risk: event.target.value as RiskLevel })}
            >
              {riskLevelValues.map(risk => (
                <option key={risk} value={risk}>
                  {t(`risk.${risk}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <details className="group">
        <summary className="flex w-fit list-none items-center gap-1 rounded-sm text-xs font-medium text-ink-2">
          <ChevronRight className="size-3.5 transition-transform group-open:rotate-90" />
          {t('create.more')}
        </summary>
        <div className="mt-3 grid gap-3 sm:grid-cols-2">
          <Field label={t('task.type')} error={errorOf('task_type')}>
            {ids => (
              <Input
                {...ids}
                value={draft.type}
                placeholder="general"
                onChange={event => change({ type: event.target.value })}
              />
            )}
          </Field>
          <Field label={t('task.dependsOn')} error={errorOf('depends_on')}>
            {ids => (
              <Input
                {...ids}
                value={draft.dependsOn}
                placeholder="t-12, t-13"
                onChange={event => change({ dependsOn: event.target.value })}
              />
            )}
          </Field>
          <Field label={t('task.truths')} hint={t('create.onePerLine')}>
            {ids => (
              <TextArea
                {...ids}
                value={draft.truths}
                onChange={event => change({ truths: event.target.value })}
              />
            )}
          </Field>
          <Field label={t('task.artifacts')} hint={t('create.onePerLine')}>
            {ids => (
              <TextArea
                {...ids}
                value={draft.artifacts}
                placeholder="outputs/report.md"
                className="font-mono"
                onChange={event => change({ artifacts: event.target.value })}
              />
            )}
          </Field>
        </div>
      </details>
    </FormDialog>
  )
}
