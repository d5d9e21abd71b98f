/** How a project's tasks fall into columns, which of them a view shows, and where each may be moved. */
import type { RiskLevel, Status, Task } from '@/api/client'
import { obstacle, type Obstacle, type TaskAction } from '@/api/task-actions'

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

/** What waits stands by urgency, then age; what moves or is over stands by its last change, newest first. */
export const orderOf = (lane: Lane): 'priority' | 'updated' =>
  lane === 'pending' || lane === 'blocked' ? 'priority' : 'updated'

export interface Filter {
  q?: string | undefined
  assignee?: string | undefined
  risk?: RiskLevel | undefined
}

/** What the address of a board says: which tasks, and how they are laid out. */
export interface View extends Filter {
  /** Swim lanes. */
  by?: 'agent' | undefined
}

export const isNarrowed = ({ q, assignee, risk }: Filter): boolean => Boolean(q ?? assignee ?? risk)

/** Whoever has the task in hand, else whom it is for. */
export const whoseIs = (task: Task): string | undefined => task.owner ?? task.assignee ?? undefined

/** What is done to a task so that it stands in another column. */
export interface Move {
  action: TaskAction
  /** Where `resolve` leads. */
  to?: Status
  /** The status that the task will most likely have. */
  then: Status
}

const resolveTo = (to: Status): Move => ({ action: 'resolve', to, then: to })

/** The ways into a column, the usual one first. */
function waysInto(lane: Lane, task: Task): Move[] {
  const back: Move[] =
    task.resumed_from && laneOf(task.resumed_from) === lane
      ? [{ action: 'resume', then: task.resumed_from }]
      : []
  const complete: Move[] = [{ action: 'complete', then: lane === 'done' ? 'done' : 'review' }]
  const needsNoReview = task.risk_level === 'low'
  switch (lane) {
    case 'pending':
      return [...back, { action: 'retry', then: 'pending' }, resolveTo('pending')]
    case 'working':
      return [...back, { action: 'claim', then: 'claimed' }]
    case 'review':
      return [
        ...back,
        ...(needsNoReview ? [] : complete),
        { action: 'reopen', then: 'review' },
        resolveTo('review'),
      ]
    case 'done':
      return [...(needsNoReview ? complete : []), resolveTo('done')]
    case 'escalated':
      return [...back, { action: 'escalate', then: 'escalated' }]
    case 'blocked':
      return [{ action: 'pause', then: 'paused' }]
    case 'failed':
      return [
        ...(task.status === 'escalated' ? [resolveTo('failed')] : []),
        { action: 'fail', then: 'failed' },
        { action: 'cancel', then: 'cancelled' },
      ]
  }
}

/** How a person brings the task into a column, or why not. */
export function moveInto(
  lane: Lane,
  task: Task,
  archived = false,
): Move | { obstacle: Obstacle } | undefined {
  if (laneOf(task.status) === lane) return undefined
  const ways = waysInto(lane, task)
  const open = ways.find(({ action }) => !obstacle(task, action, archived))
  if (open) return open
  const found = ways[0] && obstacle(task, ways[0].action, archived)
  return found && { obstacle: found }
}

export const isMove = (found: ReturnType<typeof moveInto>): found is Move =>
  found !== undefined && 'action' in found

const asksNothing: readonly TaskAction[] = ['claim', 'resume', 'retry', 'reopen']

/** True for a move that is carried out at once: it needs no words and stops nobody's work. */
export const isSmall = ({ action }: Move, task: Task): boolean =>
  asksNothing.includes(action) || (action === 'pause' && !task.owner)
