/** Who worked when: attempts as spans of time, made from the events of their starts and ends. */
import { outcomeValues, triggerValues } from '@/api/__generated__/schema'
import type { Attempt, BoardEvent } from '@/api/client'
import { groupBy } from '@/util/group'

export interface Span {
  attempt: string
  agent: string
  project: string
  task: string
  trigger: (typeof triggerValues)[number] | undefined
  /** Milliseconds. */
  from: number
  /** Nothing while it is live. */
  to: number | undefined
  outcome: (typeof outcomeValues)[number] | undefined
  /** Which of the agent's lines it is drawn on, so that what ran at once does not overlap. */
  line: number
}

const fact = (event: BoardEvent, name: string): string | undefined => {
  const value: unknown =
    typeof event.payload === 'object' && event.payload !== null ? Reflect.get(event.payload, name) : undefined
  return typeof value === 'string' ? value : undefined
}

type Draft = Omit<Span, 'line'>

function drafts(events: readonly BoardEvent[], live: readonly Attempt[], since: number): Draft[] {
  const found = new Map<string, Draft>()
  for (const event of events) {
    const [name, agent] = [fact(event, 'attempt'), fact(event, 'agent')]
    if (!name || !agent || !event.project || !event.task) continue
    const attempt = `${event.project}/${name}`
    const at = new Date(event.at).getTime()
    const known = found.get(attempt) ?? {
      attempt,
      agent,
      project: event.project,
      task: event.task,
      trigger: triggerValues.find(word => word === fact(event, 'trigger')),
      from: since, // Its start is older than the events at hand.
      to: undefined,
      outcome: undefined,
    }
    if (event.kind === 'attempt_started') found.set(attempt, { ...known, from: at })
    else
      found.set(attempt, {
        ...known,
        to: at,
        outcome: outcomeValues.find(word => word === fact(event, 'outcome')),
      })
  }
  for (const one of live)
    found.set(`${one.project}/${one.id}`, {
      attempt: `${one.project}/${one.id}`,
      agent: one.agent,
      project: one.project,
      task: one.task,
      trigger: one.kind,
      from: new Date(one.started_at ?? one.created_at).getTime(),
      to: undefined,
      outcome: undefined,
    })
  // Whoever has neither an end nor a process is told by its end when that comes.
  const ids = new Set(live.map(one => `${one.project}/${one.id}`))
  return [...found.values()].filter(span => span.to !== undefined || ids.has(span.attempt))
}

/** The spans of each agent that reach into the time since then, on as few lines as they need. */
export function spansByAgent(
  events: readonly BoardEvent[],
  live: readonly Attempt[],
  since: number,
): Map<string, Span[]> {
  const spans = drafts(events, live, since)
    .filter(({ to }) => to === undefined || to > since)
    .toSorted((a, b) => a.from - b.from)
  const ends = new Map<string, number[]>()
  return groupBy(
    spans.map((span): Span => {
      const lines = ends.get(span.agent) ?? []
      const free = lines.findIndex(end => end <= span.from)
      const line = free < 0 ? lines.length : free
      lines[line] = span.to ?? Infinity
      ends.set(span.agent, lines)
      return { ...span, line }
    }),
    ({ agent }) => agent,
  )
}

/** The share of the time in which at least one span ran. */
export function busyShare(spans: readonly Span[], since: number, now: number): number {
  let [busy, covered] = [0, since]
  for (const { from, to = now } of spans.toSorted((a, b) => a.from - b.from)) {
    const [start, end] = [Math.max(from, covered), Math.min(to, now)]
    if (end > start) busy += end - start
    covered = Math.max(covered, end)
  }
  return now > since ? busy / (now - since) : 0
}

const minuteMs = 60_000
const markMinutes: Record<number, number> = { 1: 10, 6: 60, 24: 240 }

/** Round times of the user's zone for the scale of a range of so many hours; none so near the end that it is cut. */
export function hourMarks(since: number, now: number, hours: number): number[] {
  const step = (markMinutes[hours] ?? 60) * minuteMs
  const zone = new Date(since).getTimezoneOffset() * minuteMs
  const marks: number[] = []
  for (let at = Math.ceil((since - zone) / step) * step + zone; at < now - step / 3; at += step)
    marks.push(at)
  return marks
}
