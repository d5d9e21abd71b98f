import { Link } from '@tanstack/react-router'
import { CircleAlert, TriangleAlert } from 'lucide-react'

import type { Script, ScriptProblem } from '@/api/client'
import type { HookFailure } from '@/api/failing'
import { shippedJobs, shippedScripts, type Place } from '@/api/scripts'
import { useDrafts } from '@/components/policies/drafts'
import {
  failuresOf,
  faultOf,
  inWords,
  positionOf,
  strayFailures,
  strayFaults,
} from '@/components/policies/faults'
import { cx } from '@/util/cx'
import { useT, type Translate } from '@/util/i18n'
import { links } from '@/util/links'

interface Props {
  place: Place
  scripts: readonly Script[]
  faults: readonly ScriptProblem[]
  /** Hooks that failed when they were asked. */
  failures: readonly HookFailure[]
  selected: string | undefined
  /** What is wrong with the scripts of jobs, in the server's words. */
  jobErrors: readonly string[]
}

const isJob = (script: Script) => script.name.startsWith('jobs.')

/** What a shipped script decides, or a shipped job does; nothing for one's own. */
function about({ name }: Script, t: Translate): string | undefined {
  const script = shippedScripts.find(known => known === name)
  const job = shippedJobs.find(known => `jobs.${known}` === name)
  return script ? t(`policy.about.${script}`) : job && t(`jobs.about.${job}`)
}

/** The scripts in force: where each comes from, and how it is. */
export function ScriptList({ place, scripts, faults, failures, selected, jobErrors }: Props) {
  const t = useT()
  const stray = [
    ...strayFaults(scripts, faults).map(inWords),
    ...strayFailures(scripts, failures).map(({ hook, problem }) => `${hook}: ${inWords(problem)}`),
  ]
  const groups = [
    { title: t('policy.scripts'), list: scripts.filter(script => !isJob(script)) },
    { title: t('policy.jobs'), list: scripts.filter(isJob) },
  ]
  return (
    <nav aria-label={t('policy.scripts')} className="flex flex-col gap-4 p-3">
      {groups
        .filter(({ list }) => list.length > 0)
        .map(({ title, list }) => (
          <section key={title}>
            <h2 className="px-2 pb-1 text-2xs font-medium text-ink-3">{title}</h2>
            <ul className="flex flex-col gap-px">
              {list.map(script => (
                <ScriptRow
                  key={script.name}
                  place={place}
                  script={script}
                  fault={faultOf(script, faults)}
                  failures={failuresOf(script, failures)}
                  current={script.name === selected}
                />
              ))}
            </ul>
          </section>
        ))}
      {[...stray, ...jobErrors].map(words => (
        <p key={words} role="alert" className="flex gap-1.5 px-2 text-xs wrap-anywhere text-red">
          <CircleAlert className="mt-0.75 size-3 shrink-0" />
          <span className="min-w-0">{words}</span>
        </p>
      ))}
    </nav>
  )
}

interface RowProps {
  place: Place
  script: Script
  fault: ScriptProblem | undefined
  failures: readonly HookFailure[]
  current: boolean
}

function ScriptRow({ place, script, fault, failures, current }: RowProps) {
  const t = useT()
  const unsaved = useDrafts(place).has(script.name)
  const words = about(script, t)
  return (
    <li>
      <Link
        {...links.policies(place, script.name)}
        aria-current={current ? 'page' : undefined}
        resetScroll={false}
        className={cx(
          'block rounded-md px-2 py-1.5 text-sm transition-colors hover:bg-hover',
          current ? 'bg-press text-ink' : 'text-ink-2',
        )}
      >
        <span className="flex items-center gap-2">
          <span className={cx('min-w-0 flex-1 truncate font-mono text-xs', current && 'font-medium')}>
            {script.name.replace(/^jobs\./, '')}
          </span>
          {unsaved && (
            <span
              role="img"
              aria-label={t('policy.unsaved')}
              title={t('policy.unsaved')}
              className="size-1.5 rounded-full bg-amber"
            />
          )}
          <LevelTag level={script.level} />
        </span>
        {fault ? (
          <span className="mt-0.5 flex items-start gap-1.5 text-2xs text-red">
            <CircleAlert className="mt-0.5 size-3 shrink-0" />
            <span className="min-w-0">
              {t('policy.faultyAt', { at: positionOf(fault) })}
              <span className="block text-ink-2">{t('policy.lastGood')}</span>
            </span>
          </span>
        ) : (
          words && (
            <span className={cx('block truncate text-2xs', current ? 'text-ink-2' : 'text-ink-3')}>
              {words}
            </span>
          )
        )}
        {failures.length > 0 && (
          <span className="mt-0.5 flex items-start gap-1.5 text-2xs text-amber">
            <TriangleAlert className="mt-0.5 size-3 shrink-0" />
            <span className="min-w-0 wrap-anywhere">
              {t('policy.failing', { hooks: failures.map(({ hook }) => hook).join(t('list.comma')) })}
            </span>
          </span>
        )}
      </Link>
    </li>
  )
}

/** Where a script comes from. Overrides stand out; what is built in is quiet. */
export function LevelTag({ level }: { level: string }) {
  const t = useT()
  const own = level === 'project' || level === 'root'
  const name = level === 'project' ? 'project' : level === 'root' ? 'root' : 'built-in'
  return (
    <span
      className={cx(
        'shrink-0 rounded-sm px-1 text-2xs',
        own ? 'bg-surface font-medium text-accent ring-1 ring-line' : 'text-ink-2',
      )}
    >
      {t(`policy.level.${name}`)}
    </span>
  )
}
