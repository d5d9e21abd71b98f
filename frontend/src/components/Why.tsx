import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import {
  Bot,
  CircleDashed,
  Clock3,
  Coins,
  Hourglass,
  Plug,
  Scale,
  ShieldAlert,
  User,
  type LucideIcon,
} from 'lucide-react'

import type { PolicyDecision, TaskDetail, WaitReason } from '@/api/client'
import { explainQuery } from '@/api/queries'
import { Box } from '@/ui/Panel'
import { Ago } from '@/ui/time'
import { cx } from '@/util/cx'
import { clockTime } from '@/util/format'
import { useLanguage, useT } from '@/util/i18n'
import { links } from '@/util/links'

const icons: Record<string, LucideIcon> = {
  dependency: Hourglass,
  part: Hourglass,
  time: Clock3,
  parked: Clock3,
  slot: Bot,
  agent: Bot,
  working: Bot,
  review: Scale,
  decision: User,
  person: User,
  guardrail: ShieldAlert,
  budget: Coins,
  gateway: Plug,
  script: ShieldAlert,
}

/** Why the task is where it is: what it waits for, and the decisions of policy that brought it here. */
export function Why({ task }: { task: TaskDetail }) {
  const t = useT()
  const { data } = useQuery(explainQuery(task.project, task.id))
  // An end and a gate are told above, by the status with its reason and by what is checked.
  const reasons = data?.reasons.filter(({ code }) => code !== 'final' && code !== 'gate') ?? []
  if (!data || reasons.length + data.decisions.length === 0) return null
  return (
    <section aria-label={t('why.title')}>
      <Box>
        <h2 className="px-4 pt-2.5 pb-0.5 text-2xs text-ink-3">{t('why.title')}</h2>
        {reasons.length > 0 && (
          <ul className="px-4 pb-2">
            {reasons.map((reason, index) => (
              <Reason key={index} project={task.project} reason={reason} />
            ))}
          </ul>
        )}
        {data.decisions.length > 0 && (
          <details className={cx(reasons.length > 0 && 'border-t border-line')}>
            <summary className="px-4 py-2 text-xs text-ink-2">
              {t('why.decisions', { count: data.decisions.length })}
            </summary>
            <ul aria-label={t('why.decisionsTitle')} className="border-t border-line">
              {data.decisions.map(decision => (
                <Decision key={decision.id} project={task.project} decision={decision} />
              ))}
            </ul>
          </details>
        )}
      </Box>
    </section>
  )
}

function Reason({ project, reason }: { project: string; reason: WaitReason }) {
  const { t, locale, said } = useLanguage()
  const Icon = icons[reason.code] ?? CircleDashed
  return (
    <li className="flex items-start gap-2 py-0.5">
      <Icon className="mt-0.75 size-3.5 shrink-0 text-ink-3" />
      <p className="min-w-0 wrap-anywhere">
        {reason.task ? (
          <Link {...links.task(project, reason.task)} className="rounded-sm hover:underline">
            {said(reason.text)}
          </Link>
        ) : (
          said(reason.text)
        )}
        {reason.until && (
          <span className="text-ink-3"> · {t('why.until', { at: clockTime(reason.until, locale) })}</span>
        )}
      </p>
    </li>
  )
}

const results = ['done', 'next', 'refused', 'none', 'failed'] as const
const resultColor = {
  done: 'text-green',
  next: 'text-azure',
  refused: 'text-red',
  none: 'text-ink-3',
  failed: 'text-red',
}

/** The script's name in a file's path, as the page of policies knows it. */
const scriptName = (file: string) =>
  (/(?:^|\/)(?:scripts|built-in)\/(.+)\.rhai$/.exec(file)?.[1] ?? file).replace(/^jobs\//, 'jobs.')

function Decision({ project, decision }: { project: string; decision: PolicyDecision }) {
  const { t, said } = useLanguage()
  return (
    <li className="border-b border-line px-4 py-2 text-xs last:border-0">
      <p className="flex flex-wrap items-center gap-x-2 text-2xs text-ink-3">
        <code className="font-mono">{decision.hook}</code>
        <Link
          {...links.policies(project, scriptName(decision.script))}
          title={t('why.script')}
          className="rounded-sm text-accent hover:underline"
        >
          {decision.script}
        </Link>
        <span className="font-mono">{decision.script_hash.slice(0, 8)}</span>
        <Ago at={decision.at} className="ml-auto" />
      </p>
      <ul className="mt-1">
        {decision.outcomes.map((outcome, index) => {
          const result = results.find(known => known === outcome.result) ?? 'none'
          const reason = outcome.reason && said(outcome.reason)
          return (
            <li key={index} className="wrap-anywhere">
              {outcome.action === 'none' ? reason : said(outcome.text)}{' '}
              <span className={cx('rounded-sm tint px-1 text-2xs font-medium', resultColor[result])}>
                {t(`why.result.${result}`)}
              </span>
              {outcome.action !== 'none' && reason && <span className="block text-ink-2">{reason}</span>}
            </li>
          )
        })}
      </ul>
      <Facts facts={decision.facts} />
      <Files project={project} files={decision.files} />
    </li>
  )
}

/** The files that decided, each with what of it was reached. */
function Files({ project, files }: { project: string; files: PolicyDecision['files'] }) {
  const t = useT()
  if (files.length === 0) return null
  return (
    <details className="mt-1">
      <summary className="text-2xs text-ink-3">{t('why.files')}</summary>
      <ul className="mt-1 flex flex-col gap-0.5 text-2xs">
        {files.map(({ file, hash, names }) => (
          <li key={file} className="flex flex-wrap gap-x-2">
            <Link
              {...links.policies(project, scriptName(file))}
              className="rounded-sm text-accent hover:underline"
            >
              {file}
            </Link>
            <span className="font-mono text-ink-3">{hash.slice(0, 8)}</span>
            <span className="font-mono wrap-anywhere text-ink-2">{names.join(t('list.comma'))}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}

const inShort = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

function Facts({ facts }: { facts: unknown }) {
  const t = useT()
  if (typeof facts !== 'object' || facts === null) return null
  return (
    <details className="mt-1">
      <summary className="text-2xs text-ink-3">{t('why.facts')}</summary>
      <dl className="mt-1 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 text-2xs">
        {Object.entries(facts).map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="font-mono text-ink-3">{name}</dt>
            <dd className="wrap-anywhere">{inShort(value)}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
