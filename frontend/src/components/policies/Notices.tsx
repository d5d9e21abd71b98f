import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import type { ScriptProblem } from '@/api/client'
import { levelOf, type Place } from '@/api/scripts'
import { inWords, levelOfFile, nameOf } from '@/components/policies/faults'
import { Button } from '@/ui/Button'
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
