/** Which script a fault of the files on disk belongs to. */
import type { Script, ScriptProblem } from '@/api/client'
import type { HookFailure } from '@/api/failing'

/** The script's name in a file's path: `projects/demo/scripts/tick.rhai` is `tick`. */
export const nameOf = (file: string): string | undefined => {
  const name = /(?:^|\/)scripts\/(.+)\.rhai$/.exec(file)?.[1]
  return name?.replace(/^jobs\//, 'jobs.')
}

/** The script of a file's path, also of one that is built in, and the level that it is of. */
export function scriptOf(file: string): { level: 'project' | 'root' | 'built-in'; name: string | undefined } {
  const builtIn = /^built-in\/(.+)\.rhai$/.exec(file)?.[1]
  if (builtIn !== undefined) return { level: 'built-in', name: builtIn.replace(/^jobs\//, 'jobs.') }
  return { level: file.startsWith('projects/') ? 'project' : 'root', name: nameOf(file) }
}

/** The level of a file's path. */
export const levelOfFile = (file: string): string => (file.startsWith('projects/') ? 'project' : 'root')

/** `2:11`, or as much of it as is known. */
export const positionOf = ({ line, column }: ScriptProblem): string =>
  [line, column].filter(part => part !== null).join(':')

/** A fault as people read it, with its file. */
export const inWords = (problem: ScriptProblem): string =>
  [problem.file, positionOf(problem)].filter(Boolean).join(':') + `: ${problem.message}`

/** The fault of a script's file, when its last good text is in force instead of it. */
export const faultOf = (script: Script, faults: readonly ScriptProblem[]): ScriptProblem | undefined =>
  faults.find(fault => nameOf(fault.file) === script.name)

/** Faults of files that are no script in force yet: a new module, or something that is not even a script. */
export const strayFaults = (scripts: readonly Script[], faults: readonly ScriptProblem[]): ScriptProblem[] =>
  faults.filter(fault => !scripts.some(script => script.name === nameOf(fault.file)))

/** A fault of another file: while it is there, nothing that is saved comes into force. */
export const faultElsewhere = (
  script: Script,
  faults: readonly ScriptProblem[],
): ScriptProblem | undefined => (faultOf(script, faults) ? undefined : faults[0])

/** The failing hooks whose fault lies in a script, whichever level's file it is. */
export const failuresOf = (script: Script, failures: readonly HookFailure[]): HookFailure[] =>
  failures.filter(({ problem }) => scriptOf(problem.file).name === script.name)

/** Failing hooks whose file is none of these scripts. */
export const strayFailures = (scripts: readonly Script[], failures: readonly HookFailure[]): HookFailure[] =>
  failures.filter(({ problem }) => !scripts.some(({ name }) => name === scriptOf(problem.file).name))
