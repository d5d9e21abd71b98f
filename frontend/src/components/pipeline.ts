/** How far a task has come on the way every task takes, whatever side road it is on now. */
import type { Status, Task } from '@/api/client'

export const stages = ['pending', 'claimed', 'working', 'review', 'done'] as const
export type Stage = (typeof stages)[number]

export interface Step {
  stage: Stage
  state: 'past' | 'now' | 'ahead' | 'skipped'
  /** When the stage was reached, as far as that is recorded. */
  at?: string | undefined
}

export type PipelineFacts = Pick<
  Task,
  | 'status'
  | 'resumed_from'
  | 'claimed_at'
  | 'started_at'
  | 'completed_at'
  | 'created_at'
  | 'round'
  | 'risk_level'
>

const isStage = (status: Status | null | undefined): status is Stage =>
  status !== null && status !== undefined && (stages as readonly Status[]).includes(status)

/** The stage that a task is in, or was in when it left the road. */
export function stageOf(task: PipelineFacts): Stage {
  if (isStage(task.status)) return task.status
  if (isStage(task.resumed_from)) return task.resumed_from
  if (task.round > 0) return 'review'
  if (task.started_at) return 'working'
  return task.claimed_at ? 'claimed' : 'pending'
}

export function steps(task: PipelineFacts): Step[] {
  const reached = stages.indexOf(stageOf(task))
  const times: Partial<Record<Stage, string | null | undefined>> = {
    pending: task.created_at,
    claimed: task.claimed_at,
    working: task.started_at,
    done: task.status === 'done' ? task.completed_at : undefined,
  }
  return stages.map((stage, index) => ({
    stage,
    at: index <= reached ? (times[stage] ?? undefined) : undefined,
    state:
      stage === 'review' && task.risk_level === 'low' && task.round === 0 && task.status !== 'review'
        ? 'skipped'
        : index < reached || task.status === 'done'
          ? 'past'
          : index === reached
            ? 'now'
            : 'ahead',
  }))
}
