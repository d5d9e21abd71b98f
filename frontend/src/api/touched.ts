/** What an event or a write makes out of date: no more than it concerns, so that a busy board reads a column, not all. */
import type { InfiniteData, Query, QueryClient, QueryKey } from '@tanstack/react-query'

import { statusValues } from '@/api/__generated__/schema'
import type { BoardEvent, Status, Task } from '@/api/client'
import { keys, type TaskList } from '@/api/queries'
import { groupBy } from '@/util/group'

/** The project that the server keeps mail in. */
export const office = '_mail'

/** A task that changed: where it was and where it is now, as far as that is known. */
export interface Changed {
  project: string
  task: string
  statuses: readonly Status[]
}

export interface Touched {
  /** Heads of keys. */
  keys: QueryKey[]
  /** The task that changed, when it is one. */
  changed?: Changed
}

type Told = Pick<BoardEvent, 'kind' | 'project' | 'task'> & { payload?: unknown }

/** The statuses that an event speaks of. */
function statusesIn({ kind, payload }: Told): readonly Status[] {
  const told = (name: string): unknown =>
    typeof payload === 'object' && payload !== null ? Reflect.get(payload, name) : undefined
  const names = kind === 'task_created' ? ['status'] : kind === 'task_status_changed' ? ['from', 'to'] : []
  return statusValues.filter(status => names.some(name => told(name) === status))
}

/** A late write was kept: it is told as an observation on its task. */
const isLetter = ({ payload }: Told): boolean =>
  typeof payload === 'object' && payload !== null && 'dead_letter' in payload

/** Which queries an event makes out of date; nothing means all of them. */
export function touchedBy(event: Told): Touched | undefined {
  const { kind, project, task } = event
  if (kind === 'gap' || kind === 'daemon_state') return undefined
  const touched: QueryKey[] = [keys.events, keys.status]
  if (kind === 'project_changed') touched.push(keys.projects, keys.agents, keys.config)
  if (kind === 'attempt_started' || kind === 'attempt_ended' || kind === 'mention_delivered')
    touched.push(keys.sessions, keys.agents)
  if (kind === 'attempt_ended') touched.push(keys.usage, keys.providers)
  if (kind === 'job_finished') touched.push(keys.jobs)
  if (kind === 'backup_finished') touched.push(keys.backups)
  if (kind === 'experience_learned') touched.push(keys.experiences)
  if (kind === 'skill_changed') touched.push(keys.skills, keys.experiences)
  if (kind === 'policy_reloaded' || kind === 'policy_rejected') touched.push(keys.scripts)
  if (project === office) touched.push(keys.mail)
  if (!project) return { keys: touched }
  if (kind === 'checkpoint_opened' || kind === 'task_status_changed') touched.push(keys.checkpoints(project))
  if (kind === 'review_submitted' || kind === 'task_status_changed') touched.push(keys.calibration(project))
  if (isLetter(event)) touched.push(keys.deadLetters(project))
  if (kind === 'project_changed') return { keys: [...touched, keys.project(project)] }
  if (!task) return { keys: touched }
  touched.push(keys.task(project, task))
  return { keys: touched, changed: { project, task, statuses: statusesIn(event) } }
}

const idsIn = (data: unknown): string[] => {
  if (Array.isArray(data)) return (data as Task[]).map(({ id }) => id)
  const pages = (data as InfiniteData<{ items: Task[] }> | undefined)?.pages ?? []
  return pages.flatMap(({ items }) => items.map(({ id }) => id))
}

const isNarrow = ({ q, assignee, risk }: TaskList): boolean =>
  q !== undefined || assignee !== undefined || risk !== undefined

/** Whether a query about the tasks of a project shows the task, did, or is about to. */
function concerns(
  { task, statuses }: Changed,
  { queryKey, state }: Pick<Query, 'queryKey' | 'state'>,
): boolean {
  if (idsIn(state.data).includes(task)) return true
  const last = queryKey.at(-1)
  const isList = typeof last === 'object' && last !== null && 'statuses' in last
  if (!isList) return statuses.length > 0
  const list = last as TaskList
  // Without a status it is some other field that changed: a filter may now match where it did not before.
  return statuses.length > 0 ? list.statuses.some(one => statuses.includes(one)) : isNarrow(list)
}

const headOf = (project: string) => JSON.stringify(keys.tasks(project))

/** Has each list read again, once, that one of the tasks stands in, left, or comes into. */
export async function rereadTogether(client: QueryClient, changed: readonly Changed[]): Promise<void> {
  if (changed.length === 0) return
  const byHead = groupBy(changed, ({ project }) => headOf(project))
  await client.invalidateQueries({
    predicate: query =>
      (byHead.get(JSON.stringify(query.queryKey.slice(0, 3))) ?? []).some(one => concerns(one, query)),
  })
}
