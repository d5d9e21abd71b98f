/** How a project's tasks fall into columns, in which order, and which of them a filter leaves. */
import type { RiskLevel, Status, Task } from '@/api/client'

/** Left to right: what needs a decision, the way of the work, and what stands still. */
export const lanes = ['escalated', 'pending', 'working', 'review', 'done', 'blocked', 'failed'] as const
export type Lane = (typeof lanes)[number]

/** The statuses of each column; together they are all ten. */
export const laneStatuses = {
  pending: ['pending'],
  working: ['claimed', 'working'],
  review: ['review'],
  escalated: ['escalated'],
  blocked: ['blocked', 'paused'],
  done: ['done'],
  failed: ['failed', 'cancelled'],
} as const satisfies Record<Lane, readonly Status[]>

/** Columns that shrink to a strip while they are empty: nothing in them is good news. */
export const shrinking: readonly Lane[] = ['escalated', 'blocked', 'failed']

export const laneOf = (status: Status): Lane =>
  lanes.find(lane => (laneStatuses[lane] as readonly Status[]).includes(status)) ?? 'pending'

export interface Filter {
  q?: string | undefined
  assignee?: string | undefined
  risk?: RiskLevel | undefined
}

const has = (text: string, part: string) => text.toLowerCase().includes(part)

export function passes(task: Task, { q, assignee, risk }: Filter): boolean {
  const part = q?.trim().toLowerCase() ?? ''
  if (part && !has(task.title, part) && !has(task.id, part) && !has(task.task_type, part)) return false
  if (assignee && task.assignee !== assignee && task.owner !== assignee) return false
  return !risk || task.risk_level === risk
}

const waiting: readonly Lane[] = ['pending', 'blocked']

/** What waits stands by urgency, then age; what moves or is over stands by its last change, newest first. */
export function inOrder(lane: Lane, tasks: readonly Task[]): Task[] {
  return waiting.includes(lane)
    ? tasks.toSorted((a, b) => b.priority - a.priority || a.created_at.localeCompare(b.created_at))
    : tasks.toSorted((a, b) => b.status_since.localeCompare(a.status_since))
}

/** The tasks of each column. */
export function columns(tasks: readonly Task[], filter: Filter): Record<Lane, Task[]> {
  const found = Object.fromEntries(lanes.map(lane => [lane, [] as Task[]])) as Record<Lane, Task[]>
  for (const task of tasks) if (passes(task, filter)) found[laneOf(task.status)].push(task)
  for (const lane of lanes) found[lane] = inOrder(lane, found[lane])
  return found
}
