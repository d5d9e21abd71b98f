/** What waits for a person, out of what the queries have read: which of it, in which order, and said once. */
import type { UsedUp } from '@/api/budget'
import type {
  Agent,
  BoardEvent,
  Checkpoint,
  DaemonStatus,
  DeadLetter,
  Delivery,
  Job,
  JobRun,
  Mail,
  ParkedProvider,
  Project,
  ScriptProblem,
  Task,
} from '@/api/client'
import { failuresIn, problemIn, type HookFailure } from '@/api/failing'
import { isOpen as isOpenMail } from '@/api/mail'
import { groupBy } from '@/util/group'

/** Why nobody will answer what a task waits for. */
export type Silence =
  /** It waits for a person, and no question says what for. */
  | { why: 'person' }
  /** The agent is none of this project. */
  | { why: 'stranger'; agent: string }
  /** The daemon cannot start it, and it is not there by itself. */
  | { why: 'outside'; agent: string }
  /** It was asked, and is silent. */
  | { why: 'silent'; agent: string }

export type Waiting =
  | { is: 'checkpoint'; checkpoint: Checkpoint }
  | { is: 'task'; task: Task }
  | { is: 'blocked'; task: Task; silence: Silence }
  | { is: 'letter'; letter: DeadLetter }
  | { is: 'budget'; usedUp: UsedUp }

export type Need = { at: string | undefined; key: string; rank: number } & (
  | ({ project: Project } & Waiting)
  | { is: 'job'; job: Job; run: JobRun }
  | { is: 'event'; event: BoardEvent }
  | { is: 'mail'; mail: Mail }
  | { is: 'policy'; projects: string[]; fault: ScriptProblem }
  | { is: 'hook'; failure: HookFailure }
  | { is: 'provider'; parked: ParkedProvider }
  | { is: 'deliveries'; channel: string; failed: Delivery[] }
)

/** What was read of a project. */
export interface ProjectFacts {
  project: Project
  troubled: readonly Task[]
  blocked: readonly Task[]
  checkpoints: readonly Checkpoint[]
  letters: readonly DeadLetter[]
  usedUp: UsedUp | undefined
}

export interface Facts {
  projects: readonly ProjectFacts[]
  agents: readonly Agent[]
  status: DaemonStatus | undefined
  jobs: readonly Job[]
  mails: readonly Mail[]
  deliveries: readonly Delivery[]
  urgent: readonly BoardEvent[]
  /** The newest event and delivery that a person has said to have seen. */
  seen: { event: number; delivery: number }
  now: number
}

const dayMs = 24 * 3_600_000
const silentMs = 3_600_000

const isRecent = (at: string | undefined, now: number) =>
  at !== undefined && now - new Date(at).getTime() < dayMs

/** Why nobody will answer by itself; nothing when somebody will, as far as one can see. */
export function silenceOf(
  task: Task,
  { checkpoints, agents, now }: { checkpoints: readonly Checkpoint[]; agents: readonly Agent[]; now: number },
): Silence | undefined {
  const on = task.blocked_on
  if (on === null || on === 'its parts' || /^t-\d+$/.test(on)) return undefined
  if (on === 'human' || on.startsWith('human:'))
    return checkpoints.some(asked => asked.task === task.id) ? undefined : { why: 'person' }
  const agent = agents.find(({ id }) => id === on)
  if (!agent?.projects.includes(task.project)) return { why: 'stranger', agent: on }
  const here = agent.sessions.filter(({ project }) => project === task.project)
  if (here.some(session => session.task === task.id)) return undefined
  if (agent.runner === null && here.length === 0) return { why: 'outside', agent: on }
  if (agent.parked_until !== null) return undefined // Its provider has a row of its own.
  const isLong = now - new Date(task.status_since).getTime() >= silentMs
  return isLong ? { why: 'silent', agent: on } : undefined
}

function ofProject(facts: ProjectFacts, { agents, now }: Pick<Facts, 'agents' | 'now'>): Need[] {
  const { project, troubled, blocked, checkpoints, letters, usedUp } = facts
  const open = checkpoints.filter(({ answered_at }) => !answered_at)
  return [
    ...open.map((checkpoint): Need => ({
      is: 'checkpoint',
      rank: 0,
      key: `c${project.id}/${checkpoint.id}`,
      at: checkpoint.created_at,
      project,
      checkpoint,
    })),
    ...troubled.map((task): Need => ({
      is: 'task',
      rank: task.status === 'escalated' ? 1 : 2,
      key: `t${project.id}/${task.id}`,
      at: task.status_since,
      project,
      task,
    })),
    ...blocked.flatMap((task): Need[] => {
      const silence = silenceOf(task, { checkpoints: open, agents, now })
      if (!silence) return []
      const key = `t${project.id}/${task.id}`
      const rank = silence.why === 'person' ? 1 : 2
      return [{ is: 'blocked', rank, key, at: task.status_since, project, task, silence }]
    }),
    ...letters
      .filter(({ settled_at }) => !settled_at)
      .map((letter): Need => ({
        is: 'letter',
        rank: 3,
        key: `l${project.id}/${letter.id}`,
        at: letter.created_at,
        project,
        letter,
      })),
    ...(usedUp
      ? [{ is: 'budget' as const, rank: 2, key: `b${project.id}`, at: undefined, project, usedUp }]
      : []),
  ]
}

/** Changes of scripts that were refused; one of the root's concerns every project, and is said once. */
function refused(status: DaemonStatus): Need[] {
  const told = Object.entries(status.projects).flatMap(([project, { policy }]) =>
    policy.last_error === null ? [] : [{ project, error: policy.last_error }],
  )
  return [...groupBy(told, ({ error }) => error)].map(([error, all]) => ({
    is: 'policy',
    rank: 2,
    key: `p${error}`,
    at: undefined,
    projects: all.map(({ project }) => project),
    fault: problemIn(error),
  }))
}

/** Hooks that fail, in each project. */
const failing = (status: DaemonStatus): Need[] =>
  failuresIn(status.projects).map(failure => ({
    is: 'hook',
    rank: 3,
    key: `h${failure.project}/${failure.hook}`,
    at: failure.last_at,
    failure,
  }))

/** What could not be delivered, a need for each channel. */
function undelivered(deliveries: readonly Delivery[], seen: number): Need[] {
  const failed = deliveries.filter(({ id, state }) => state === 'failed' && id > seen)
  return [...groupBy(failed, ({ channel }) => channel)].map(([channel, list]) => ({
    is: 'deliveries',
    rank: 3,
    key: `d${channel}`,
    at: list[0]?.ended_at ?? list[0]?.created_at,
    channel,
    failed: list,
  }))
}

/** Everything that waits for a person: questions first, then decisions, what stands still, and what failed. */
export function gather(facts: Facts): Need[] {
  const { projects, status, jobs, mails, deliveries, urgent, seen, now } = facts
  const onBoards = projects.flatMap(one => ofProject(one, facts))
  // What a task is in trouble for stands at the task; a red event about it would say it twice.
  const said = new Set(
    onBoards.flatMap(need =>
      need.is === 'task' || need.is === 'blocked' ? [`${need.project.id}/${need.task.id}`] : [],
    ),
  )
  const needs: Need[] = [
    ...onBoards,
    ...jobs.flatMap((job): Need[] =>
      job.last_run?.outcome === 'failed'
        ? [{ is: 'job', rank: 2, key: `j${job.name}`, at: job.last_run.started_at, job, run: job.last_run }]
        : [],
    ),
    ...mails
      .filter(isOpenMail)
      .map((mail): Need => ({ is: 'mail', rank: 0, key: `m${mail.id}`, at: mail.created_at, mail })),
    ...(status ? refused(status) : []),
    ...(status ? failing(status) : []),
    ...(status?.parked_providers ?? []).map((parked): Need => ({
      is: 'provider',
      rank: 3,
      key: `a${parked.provider}`,
      at: undefined,
      parked,
    })),
    ...undelivered(deliveries, seen.delivery),
    ...urgent
      .filter(
        event =>
          event.id > seen.event &&
          event.kind !== 'job_finished' &&
          !said.has(`${event.project ?? ''}/${event.task ?? ''}`) &&
          isRecent(event.at, now),
      )
      .map((event): Need => ({ is: 'event', rank: 4, key: `e${event.id}`, at: event.at, event })),
  ]
  return needs.sort((a, b) => a.rank - b.rank || (b.at ?? '').localeCompare(a.at ?? ''))
}
