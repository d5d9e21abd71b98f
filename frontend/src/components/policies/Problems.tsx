import { CircleAlert, CircleCheck, PencilLine } from 'lucide-react'
import type { RefObject } from 'react'

import type { ScriptProblem } from '@/api/client'
import type { EditorHandle } from '@/components/policies/CodeEditor'
import { inWords, nameOf, positionOf } from '@/components/policies/faults'
import type { ScriptText } from '@/components/policies/useScriptText'
import { useT } from '@/util/i18n'

interface ProblemsProps {
  name: string
  script: ScriptText
  editor: RefObject<EditorHandle | null>
}

/** What is wrong with the text as it is typed; a click leads to the place. */
export function Problems({ name, script, editor }: ProblemsProps) {
  const t = useT()
  const { problems, isChecked } = script
  return (
    <section aria-label={t('policy.problems')} className="text-xs">
      <p role="status" className="flex items-center gap-1.5">
        {!isChecked ? (
          <>
            <PencilLine className="size-3.5 text-ink-3" />
            <span className="text-ink-3">{t('policy.checking')}</span>
          </>
        ) : problems.length === 0 ? (
          <>
            <CircleCheck className="size-3.5 text-green" />
            <span className="text-ink-2">{t('policy.noProblems')}</span>
          </>
        ) : (
          <>
            <CircleAlert className="size-3.5 text-red" />
            <span className="font-medium text-red">{t('policy.problemsOf', { count: problems.length })}</span>
          </>
        )}
      </p>
      <ul className="mt-1 flex flex-col">
        {problems.map(problem => (
          <li key={inWords(problem)}>
            <Problem
              problem={problem}
              elsewhere={nameOf(problem.file) !== name}
              onGo={(line, column) => editor.current?.goTo(line, column)}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

interface ProblemProps {
  problem: ScriptProblem
  elsewhere: boolean
  onGo: (line: number, column: number) => void
}

function Problem({ problem, elsewhere, onGo }: ProblemProps) {
  const t = useT()
  const { line, column, message, expected } = problem
  const words = (
    <>
      <span className="font-medium text-red tabular-nums">
        {elsewhere ? `${problem.file}:${positionOf(problem)}` : positionOf(problem)}
      </span>{' '}
      {message}
      {problem.function && (
        <span className="text-ink-3"> · {t('policy.inFunction', { name: problem.function })}</span>
      )}
      {expected && <span className="block text-ink-3">{expected}</span>}
    </>
  )
  if (elsewhere || line === null) return <p className="px-2 py-1 wrap-anywhere">{words}</p>
  return (
    <button
      type="button"
      title={t('policy.goTo', { line })}
      onClick={() => onGo(line, column ?? 1)}
      className="w-full rounded-md px-2 py-1 text-left wrap-anywhere hover:bg-hover"
    >
      {words}
    </button>
  )
}
