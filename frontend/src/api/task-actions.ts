/**
 * What may be done to a task, and why not. The rows mirror `RULES` in the server's `src/model/status.rs`, which enforces
 * them; `task-actions.test.ts` compares the two.
 */
import type { Status, Task } from '@/api/client'

const open = [
  'pending',
  'claimed',
  'working',
  'review',
  'blocked',
  'paused',
  'escalated',
] as const satisfies Status[]

/** Where a person may start each action from. The names are the last part of the action's route. */
export const startsFrom = {
  claim: ['pending'],
  start: ['claimed'],
  complete: ['working'],
  fail: ['pending', 'working'],
  block: ['pending', 'claimed', 'working'],
  escalate: ['working', 'pending', 'blocked', 'review'],
  resolve: ['escalated'],
  reopen: ['done'],
  retry: ['failed'],
  pause: ['pending', 'claimed', 'working', 'review', 'blocked', 'escalated'],
  resume: ['paused'],
  cancel: open,
} as const satisfies Record<string, readonly Status[]>

export type TaskAction = keyof typeof startsFrom

export const taskActions = Object.keys(startsFrom) as TaskAction[]

/** Where `resolve` may lead. */
export const resolutions = ['pending', 'review', 'done', 'failed', 'cancelled'] as const satisfies Status[]

/** Why an action is not possible now; the interface puts it into words. */
export type Obstacle =
  | { why: 'status'; from: readonly Status[] }
  | { why: 'assigned'; to: string }
  | { why: 'children' }
  | { why: 'archived' }

type Facts = Pick<Task, 'status' | 'assignee' | 'subtasks_count'>

/** Nothing when a person may do it, else the first obstacle. */
export function obstacle(task: Facts, action: TaskAction, archived = false): Obstacle | undefined {
  if (archived) return { why: 'archived' }
  const from: readonly Status[] = startsFrom[action]
  if (!from.includes(task.status)) return { why: 'status', from }
  if (action === 'claim' && task.assignee) return { why: 'assigned', to: task.assignee }
  if (action === 'claim' && task.subtasks_count > 0) return { why: 'children' }
  return undefined
}

/** What a person most likely wants next, per status, most likely first; the rest is in the menu. */
export const suggested = {
  pending: ['pause', 'cancel'],
  claimed: ['pause', 'cancel'],
  working: ['pause', 'escalate', 'cancel'],
  review: ['pause', 'escalate'],
  done: ['reopen'],
  failed: ['retry'],
  blocked: ['escalate', 'cancel'],
  paused: ['resume', 'cancel'],
  escalated: ['resolve'],
  cancelled: [],
} as const satisfies Record<Status, readonly TaskAction[]>

export const isOpen = (status: Status): boolean => (open as readonly Status[]).includes(status)
