import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import type { ScriptProblem } from '@/api/client'
import type { HookFailure } from '@/api/failing'
import { levelOf, type Place } from '@/api/scripts'
import { inWords, levelOfFile, nameOf, positionOf, scriptOf } from '@/components/policies/faults'
import { Button } from '@/ui/Button'
import { Ago } from '@/ui/time'
import { cx } from '@/util/cx'
import { useT } from '@/util/i18n'
import { links } from '@/util/links'

interface NoticeProps {
  bad?: boolean
  action?: ReactNode
  children: ReactNode
}

/** A line above the editor that somebody should read first. */
export const Notice = ({ bad, action, children }: NoticeProps) => (
  <div
    role={bad ? 'alert' : 'status'}
    className={cx(
      'flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border px-3 py-2 text-xs',
      bad ? 'border-red/40 bg-red/5' : 'border-line bg-sunken',
    )}
  >
    <div className="min-w-0 flex-1 basis-60 text-pretty wrap-anywhere">{children}</div>
    {action}
  </div>
)

export function Inherited({ level }: { level: string }) {
  const t = useT()
  return (
    <Notice>
      {t(`policy.inherited.${level === 'root' ? 'root' : 'built-in'}`)}{' '}
      <span className="text-ink-3">{t('policy.byFunction')}</span>
    </Notice>
  )
}

interface DiskFaultProps {
  fault: ScriptProblem
  place: Place
  onRemove: () => void
}

/** The file on disk is not what is in force, and why. */
export function DiskFault({ fault, place, onRemove }: DiskFaultProps) {
  const t = useT()
  const ours = levelOfFile(fault.file) === levelOf(place)
  return (
    <Notice
      bad
      action={
        ours && (
          <Button size="sm" look="danger" onClick={onRemove}>
            {t('policy.removeOrphan')}
          </Button>
        )
      }
    >
      <p className="font-medium text-red">{inWords(fault)}</p>
      {fault.expected && <p className="text-ink-2">{fault.expected}</p>}
      <p className="text-ink-2">{t(place === undefined ? 'policy.faultyRoot' : 'policy.faulty')}</p>
    </Notice>
  )
}

/** Another file is faulty, which concerns this one too. */
export function FaultElsewhere({ fault, place }: { fault: ScriptProblem; place: Place }) {
  const t = useT()
  const name = nameOf(fault.file)
  const where = levelOfFile(fault.file) === 'project' ? place : undefined
  return (
    <Notice
      bad
      action={
        name && (
          <Link {...links.policies(where, name)} className="rounded-sm text-accent hover:underline">
            {t('policy.goToFile', { name })}
          </Link>
        )
      }
    >
      <p className="font-medium text-red">{inWords(fault)}</p>
      <p className="text-ink-2">{t('policy.elsewhere')}</p>
    </Notice>
  )
}

interface FailureProps {
  failure: HookFailure
  place: Place
  /** The file that is shown. */
  path: string
  onGo: (line: number, column: number) => void
}

/** A hook that failed when it was asked: where, why, when and how often; the built-in one answered. */
export function RunFailure({ failure, place, path, onGo }: FailureProps) {
  const t = useT()
  const { hook, problem, last_at, times_count, project } = failure
  const { line, column } = problem
  const { level, name } = scriptOf(problem.file)
  return (
    <Notice
      bad
      action={
        problem.file === path ? (
          line !== null && (
            <Button size="sm" onClick={() => onGo(line, column ?? 1)}>
              {t('policy.goTo', { line })}
            </Button>
          )
        ) : (
          <Link
            {...links.policies(level === 'project' ? project : undefined, name)}
            className="rounded-sm text-accent hover:underline"
          >
            {t('policy.goToFile', { name: problem.file })}
          </Link>
        )
      }
    >
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium text-red">{t('policy.hookFailed', { hook })}</span>
        <span className="text-ink-3">
          {project !== place && `${project} · `}
          {t('policy.failedTimes', { count: times_count })} · <Ago at={last_at} />
        </span>
      </p>
      <p>
        <span className="font-mono">{[problem.file, positionOf(problem)].filter(Boolean).join(':')}</span>{' '}
        {problem.message}
        {problem.function && (
          <span className="text-ink-3"> · {t('policy.inFunction', { name: problem.function })}</span>
        )}
      </p>
      {problem.expected && <p className="text-ink-2">{problem.expected}</p>}
      <p className="text-ink-2">{t('policy.builtInAnswers')}</p>
    </Notice>
  )
}
