/** Hooks that failed while they were asked: the built-in policy answered in their place. */
import type { FailingHook, ProjectStatus, ScriptProblem } from '@/api/client'

export interface HookFailure extends FailingHook {
  /** Where it failed. */
  project: string
}

const line = /^(\S+?\.rhai)(?::(\d+))?(?::(\d+))?: (.*?)(?: in `([^`]+)`)?(?:; (.*))?$/s

/** A fault as the server writes it in one line: `file:line:column: message in \`function\`; what was expected`. */
export function problemIn(text: string): ScriptProblem {
  const [, file, row, column, message, name, expected] = line.exec(text) ?? []
  if (file === undefined || message === undefined)
    return { file: '', line: null, column: null, function: null, message: text, expected: null }
  return {
    file,
    line: row === undefined ? null : Number(row),
    column: column === undefined ? null : Number(column),
    function: name ?? null,
    message,
    expected: expected ?? null,
  }
}

type Projects = Readonly<Record<string, Pick<ProjectStatus, 'policy'>>>

/** The failing hooks of all projects, out of the daemon's status. */
export const failuresIn = (projects: Projects): HookFailure[] =>
  Object.entries(projects).flatMap(([project, { policy }]) =>
    policy.failing.map(failure => ({ ...failure, project })),
  )

const isShared = ({ problem }: HookFailure) => !problem.file.startsWith('projects/')

/** The failing hooks of a project; without one, those of every project that lie in scripts which all share. */
export const failuresAt = (place: string | undefined, projects: Projects): HookFailure[] =>
  failuresIn(projects).filter(failure =>
    place === undefined ? isShared(failure) : failure.project === place,
  )
