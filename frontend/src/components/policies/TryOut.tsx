import { FlaskConical } from 'lucide-react'
import { useId, type ReactNode } from 'react'

import type { Place } from '@/api/scripts'
import { Replayed, Simulated } from '@/components/policies/TrialResults'
import { periods, type Trials } from '@/components/policies/useTrials'
import { Button } from '@/ui/Button'
import { Select } from '@/ui/Field'
import { Box } from '@/ui/Panel'
import { Failure, SkeletonRows } from '@/ui/states'
import { useT } from '@/util/i18n'

interface Props {
  place: Place
  name: string
  projects: readonly string[]
  trials: Trials
}

/** What the text would do, beside what the script in force does: now, and in the past. Nothing of it has an effect. */
export function TryOut({ place, name, projects, trials }: Props) {
  const t = useT()
  const { now, past, project } = trials
  if (name.startsWith('jobs.')) return <Note>{t('policy.trialJob')}</Note>
  if (project === undefined) return <Note>{t('policy.trialProject')}</Note>
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        {place === undefined && (
          <Choice label={t('policy.in')} value={project} onChange={trials.setProject}>
            {projects.map(id => (
              <option key={id}>{id}</option>
            ))}
          </Choice>
        )}
        <Choice
          label={t('policy.since')}
          value={trials.since}
          onChange={value => trials.setSince(periods.find(period => period === value) ?? trials.since)}
        >
          {periods.map(period => (
            <option key={period} value={period}>
              {t(`policy.since.${period}`)}
            </option>
          ))}
        </Choice>
        <Button
          size="sm"
          icon={<FlaskConical className="size-3.5" />}
          busy={now.isPending || past.isPending}
          onClick={trials.run}
        >
          {t('policy.runTrial')}
        </Button>
        {trials.isStale && <span className="text-xs text-amber">{t('policy.stale')}</span>}
      </div>
      <Note>{t('policy.trialHint')}</Note>
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <Outcome title={t('policy.now')} {...stateOf(now)}>
          {now.data && <Simulated project={project} result={now.data} />}
        </Outcome>
        <Outcome title={t('policy.past')} {...stateOf(past)}>
          {past.data && <Replayed project={project} result={past.data} />}
        </Outcome>
      </div>
    </div>
  )
}

const Note = ({ children }: { children: ReactNode }) => (
  <p className="text-xs text-pretty text-ink-3">{children}</p>
)

interface ChoiceProps {
  label: string
  value: string
  onChange: (value: string) => void
  children: ReactNode
}

function Choice({ label, value, onChange, children }: ChoiceProps) {
  const id = useId()
  return (
    <span className="flex items-center gap-2 text-xs text-ink-2">
      <label htmlFor={id}>{label}</label>
      <Select
        id={id}
        value={value}
        onChange={event => onChange(event.target.value)}
        className="w-36! text-xs [&>select]:h-7"
      >
        {children}
      </Select>
    </span>
  )
}

const stateOf = ({ isPending, error, data }: Trials['now'] | Trials['past']) => ({
  waits: isPending,
  error,
  isThere: data !== undefined,
})

interface OutcomeProps {
  title: string
  waits: boolean
  error: Error | null
  isThere: boolean
  children: ReactNode
}

function Outcome({ title, waits, error, isThere, children }: OutcomeProps) {
  const t = useT()
  const id = useId()
  return (
    <section aria-labelledby={id} className="min-w-0">
      <h3 id={id} className="mb-1.5 text-xs font-medium text-ink-2">
        {title}
      </h3>
      <Box>
        {waits ? (
          <div className="p-3">
            <SkeletonRows rows={2} />
          </div>
        ) : error ? (
          <Failure error={error} />
        ) : isThere ? (
          children
        ) : (
          <p className="px-3 py-4 text-center text-xs text-ink-3">{t('policy.notYet')}</p>
        )}
      </Box>
    </section>
  )
}
