/**
 * Hooks that failed while they were asked: the built-in policy answered in their place. The server says so in `failing` of
 * a set of scripts. One that does not say it still tells each new fault as an event, which is read instead.
 */
import { queryOptions } from '@tanstack/react-query'

import { http, unwrap, type BoardEvent, type ScriptProblem } from '@/api/client'
import { keys } from '@/api/queries'

export interface HookFailure {
  hook: string
  fault: ScriptProblem
  /** When it last failed; nothing when that was not told. */
  at: string | undefined
  /** How often in all; nothing where only new faults are told. */
  count: number | undefined
  /** Where it failed; nothing when the set of scripts says it for itself. */
  project: string | undefined
}

const field = (of: unknown, name: string): unknown =>
  typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null)

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

function problemOf(fault: unknown): ScriptProblem | undefined {
  if (typeof fault === 'string') return problemIn(fault)
  const file = textOf(field(fault, 'file'))
  const message = textOf(field(fault, 'message'))
  if (file === null || message === null) return undefined
  return {
    file,
    message,
    line: numberOf(field(fault, 'line')),
    column: numberOf(field(fault, 'column')),
    function: textOf(field(fault, 'function')),
    expected: textOf(field(fault, 'expected')),
  }
}

function failureIn(value: unknown, project: string | undefined): HookFailure | undefined {
  const hook = textOf(field(value, 'hook'))
  const fault = problemOf(field(value, 'problem') ?? field(value, 'fault'))
  if (hook === null || !fault) return undefined
  const count = numberOf(field(value, 'times_count')) ?? undefined
  return { hook, fault, count, project, at: textOf(field(value, 'last_at')) ?? undefined }
}

/** What a set of scripts says of its failing hooks; nothing when it does not speak of that at all. */
export function failingIn(status: unknown, project?: string): HookFailure[] | undefined {
  const told = field(status, 'failing')
  if (!Array.isArray(told)) return undefined
  return told.flatMap((one: unknown) => failureIn(one, project) ?? [])
}

/** The newest fault of each hook since its project's scripts last changed, out of events, newest first. */
export function failuresIn(events: readonly BoardEvent[]): HookFailure[] {
  const mended = new Set<string>()
  const found = new Map<string, HookFailure>()
  for (const { kind, project, at, payload } of events) {
    if (project === null || mended.has(project)) continue
    if (kind === 'policy_reloaded') mended.add(project)
    const failure = kind === 'policy_rejected' ? failureIn(payload, project) : undefined
    const key = failure && `${project} ${failure.hook}`
    if (failure && key !== undefined && !found.has(key)) found.set(key, { ...failure, at })
  }
  return [...found.values()]
}

/** What is known about a place: a project, or all of them. */
interface Known {
  /** The set of scripts of the place. */
  scripts: unknown
  /** The policy of each project, as the daemon's status has it. */
  policies: Readonly<Record<string, unknown>>
  told: readonly HookFailure[]
}

const isShared = ({ fault }: HookFailure) => !fault.file.startsWith('projects/')

/** The failing hooks of a place, from whoever speaks of them: its scripts, the daemon's status, else events. */
export function failuresAt(project: string | undefined, { scripts, policies, told }: Known): HookFailure[] {
  const own = failingIn(scripts, project)
  if (own) return own
  const inStatus = Object.entries(policies).map(([id, policy]) => failingIn(policy, id))
  const all = inStatus.some(list => list !== undefined) ? inStatus.flatMap(list => list ?? []) : told
  return all.filter(failure => (project === undefined ? isShared(failure) : failure.project === project))
}

const mostTold = 200

/** The newest faults that events tell, of all projects. */
export const toldFailuresQuery = queryOptions({
  queryKey: [...keys.scripts, 'told failures'],
  queryFn: async ({ signal }) => {
    const query = { kind: 'policy_rejected,policy_reloaded', newest: true, limit: mostTold }
    return failuresIn((await unwrap(http.GET('/api/events/history', { params: { query }, signal }))).items)
  },
})
