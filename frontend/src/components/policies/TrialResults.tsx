/** What trials answered: where a text says something else than the script in force. */
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import type { PolicyAnswer, ScriptProblem, ScriptReplay, ScriptSimulation } from '@/api/client'
import { inWords } from '@/components/policies/faults'
import { cx } from '@/util/cx'
import { clockTime, day } from '@/util/format'
import { useLanguage, useT } from '@/util/i18n'
import { links } from '@/util/links'

/** The line above the differences: how much was asked, and how much differs. */
const Summary = ({ differs, children }: { differs: number; children: ReactNode }) => {
  const t = useT()
  return (
    <p role="status" className="flex flex-wrap gap-x-2 border-b border-line px-3 py-2 text-xs last:border-0">
      <span className={cx('font-medium', differs > 0 ? 'text-amber' : 'text-green')}>
        {differs > 0 ? t('policy.differing', { count: differs }) : t('policy.same')}
      </span>
      <span className="text-ink-3">{children}</span>
    </p>
  )
}

/** What one has to know to read the results. */
const Aside = ({ children }: { children: ReactNode }) => (
  <p className="border-b border-line px-3 py-2 text-xs text-pretty wrap-anywhere text-ink-3 last:border-0">
    {children}
  </p>
)

const Problems = ({ problems }: { problems: readonly ScriptProblem[] }) => (
  <ul>
    {problems.map(problem => (
      <li
        key={inWords(problem)}
        className="border-b border-line px-3 py-2 text-xs wrap-anywhere text-red last:border-0"
      >
        {inWords(problem)}
      </li>
    ))}
  </ul>
)

export function Simulated({ project, result }: { project: string; result: ScriptSimulation }) {
  const t = useT()
  if (!result.ok) return <Problems problems={result.problems} />
  const failed = result.items.flatMap(({ problem }) => (problem ? [problem] : []))
  const printed = result.items.flatMap(item => item.printed)
  return (
    <>
      <Summary differs={result.differences.length}>
        {t('policy.asked', { count: result.items.length })}
      </Summary>
      {result.not_asked.length > 0 && (
        <Aside>
          {t('policy.notAsked', { hooks: result.not_asked.join(t('list.comma')), past: t('policy.past') })}
        </Aside>
      )}
      <Problems problems={failed} />
      <ul>
        {result.differences.map((difference, index) => (
          <Difference key={index} project={project} {...difference} />
        ))}
      </ul>
      {printed.length > 0 && (
        <More title={t('policy.printed')}>
          <pre className="overflow-x-auto px-3 pb-2 font-mono text-xs">{printed.join('\n')}</pre>
        </More>
      )}
      {result.items.length > 0 && (
        <More title={t('policy.allAnswers')}>
          <ul>
            {result.items.map((item, index) => (
              <Difference
                key={index}
                project={project}
                hook={item.hook}
                subject={item.subject}
                task={item.task}
                before={item.in_force}
                after={item.answers}
              />
            ))}
          </ul>
        </More>
      )}
    </>
  )
}

export function Replayed({ project, result }: { project: string; result: ScriptReplay }) {
  const { t, locale } = useLanguage()
  if (!result.ok) return <Problems problems={result.problems} />
  if (result.pictures_count === 0)
    return <p className="px-3 py-4 text-center text-xs text-ink-3">{t('policy.noPictures')}</p>
  const shown = result.differences.length
  return (
    <>
      <Aside>{t('policy.comparedNow')}</Aside>
      <Summary differs={result.differences_count}>
        {t('policy.ticks', { count: result.ticks_count })} ·{' '}
        {t('policy.asked', { count: result.questions_count })}
        {result.faults_count > 0 && ` · ${t('policy.faultsOf', { count: result.faults_count })}`}
        {result.damaged_count > 0 && ` · ${t('policy.damaged', { count: result.damaged_count })}`}
        {result.cut_short && ` · ${t('policy.cutShort')}`}
      </Summary>
      {result.not_asked.length > 0 && (
        <Aside>{t('policy.notAskedThen', { hooks: result.not_asked.join(t('list.comma')) })}</Aside>
      )}
      <Problems problems={result.problems} />
      <ul className="max-h-120 overflow-y-auto">
        {result.differences.map(({ at, until, times, difference }, index) => (
          <Difference
            key={index}
            project={project}
            {...difference}
            when={
              <>
                <time dateTime={at}>
                  {day(at, locale)} {clockTime(at, locale)}
                </time>
                {until !== at && ` – ${clockTime(until, locale)}`} · {t('policy.times', { count: times })}
              </>
            }
          />
        ))}
      </ul>
      {shown < result.differences_count && (
        <p className="px-3 py-2 text-xs text-ink-3">{t('policy.firstOf', { count: shown })}</p>
      )}
    </>
  )
}

const More = ({ title, children }: { title: string; children: ReactNode }) => (
  <details className="border-t border-line">
    <summary className="px-3 py-2 text-xs text-ink-2">{title}</summary>
    {children}
  </details>
)

interface DifferenceProps {
  project: string
  hook: string
  subject: string
  task: string | null
  before: readonly PolicyAnswer[]
  after: readonly PolicyAnswer[]
  when?: ReactNode
}

/** One question with both answers, side by side. */
function Difference({ project, hook, subject, task, before, after, when }: DifferenceProps) {
  const t = useT()
  return (
    <li className="border-b border-line px-3 py-2 text-xs last:border-0">
      <p className="flex flex-wrap items-center gap-x-2">
        <code className="font-mono text-2xs text-ink-3">{hook}</code>
        {task ? (
          <Link {...links.task(project, task)} className="rounded-sm font-medium hover:underline">
            {subject}
          </Link>
        ) : (
          <span className="font-medium">{subject}</span>
        )}
        {when && <span className="ml-auto text-2xs text-ink-3 tabular-nums">{when}</span>}
      </p>
      <div className="mt-1 grid grid-cols-2 gap-3">
        <Answers label={t('policy.inForce')} answers={before} />
        <Answers label={t('policy.thisText')} answers={after} />
      </div>
    </li>
  )
}

function Answers({ label, answers }: { label: string; answers: readonly PolicyAnswer[] }) {
  const { t, said } = useLanguage()
  return (
    <div className="min-w-0">
      <p className="text-2xs text-ink-3">{label}</p>
      {answers.length === 0 ? (
        <p className="text-ink-3">{t('policy.nothing')}</p>
      ) : (
        <ul>
          {answers.map((answer, index) => (
            <li key={index} className="wrap-anywhere">
              {said(answer.text)}
              {answer.refused !== null && (
                <span className="text-red">{t('policy.wouldBeRefused', { why: said(answer.refused) })}</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
