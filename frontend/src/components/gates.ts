/**
 * What stands between an agent's word and a completed task, out of a task's records: the moves of its gate, what it must
 * have, and what its checks and guardrails have found. The server tells the latter as observations of the policy.
 */
import type { Attempt, BoardEvent, Observation, TaskDetail } from '@/api/client'

export type Severity = 'warning' | 'blocking' | 'tripwire'

/** What one look of a check came to. */
export interface Look {
  id: number
  at: string
  /** A program that ran and passed; else something that was found. */
  passed: boolean
  severity: Severity | undefined
  /** What was found, or which program passed. */
  text: string
  /** What shows it: facts of a file, or the end of what a program printed. */
  evidence: string
  /** What an agent was asked, and who answered. */
  question: string | undefined
  by: string | undefined
}

/** What an agent answered to a guardrail's question. */
export interface Answer {
  id: number
  at: string
  agent: string
  holds: boolean
  text: string
}

/** `waits`: it is being made. `stands`: in the way of the completion. `mended`: it was, and the task went on since. */
export type CheckState = 'waits' | 'passed' | 'noted' | 'stands' | 'mended'

export interface Check {
  rule: string
  state: CheckState
  /** Newest first. */
  looks: Look[]
  answers: Answer[]
}

export interface Gate {
  state: 'none' | 'pending' | 'refused' | 'passed'
  at: string | undefined
  /** What it waits for, or what was missing. */
  what: string[]
}

export interface MustHave {
  kind: 'truth' | 'artifact' | 'link' | 'part'
  text: string
  /** Nothing when it cannot be looked up, because reviewers judge it or only the server can. */
  there: boolean | undefined
}

type Records = Pick<
  TaskDetail,
  | 'id'
  | 'status'
  | 'gate'
  | 'gate_waits_for'
  | 'must_haves'
  | 'observations'
  | 'events'
  | 'attempts'
  | 'outputs'
  | 'subtasks'
>

const field = (of: unknown, name: string): unknown =>
  typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined
const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter(one => typeof one === 'string') : []

const found = /^guardrail (.+?) \((warning|blocking|tripwire)\): ([\s\S]*)$/
const ran = /^check (.+?): `([\s\S]*?)` passed(?:\n([\s\S]*))?$/
const asked = /\nasked: ([\s\S]*)\nanswered by (\S+)$/
const answered = /^\s*(PASS|FAIL)(?![\p{L}\p{N}])[:\s]*([\s\S]*)$/iu
const severities: readonly Severity[] = ['warning', 'blocking', 'tripwire']

const firstLine = (text: string): [string, string] => {
  const end = text.indexOf('\n')
  return end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end + 1)]
}

/** The rule and the look that an observation of the policy tells; nothing when it tells something else. */
export function lookIn({
  id,
  agent,
  body,
  created_at: at,
}: Observation): { rule: string; look: Look } | undefined {
  if (agent !== 'policy') return undefined // Only its own words are results.
  const none = { id, at, question: undefined, by: undefined }
  const [, passedRule, command, tail] = ran.exec(body) ?? []
  if (passedRule !== undefined && command !== undefined) {
    const look = { ...none, passed: true, severity: undefined, text: command, evidence: tail ?? '' }
    return { rule: passedRule, look }
  }
  const [, rule, severity, rest] = found.exec(body) ?? []
  if (rule === undefined || rest === undefined) return undefined
  const [tailText, question, by] = asked.exec(rest) ?? []
  const said = tailText === undefined ? firstLine(rest) : [rest.slice(0, -tailText.length), '']
  const look = {
    ...none,
    passed: false,
    severity: severities.find(known => known === severity),
    text: said[0] ?? '',
    evidence: said[1] ?? '',
    question,
    by,
  }
  return { rule, look }
}

const answersOf = (observations: readonly Observation[]): Answer[] =>
  observations.flatMap(({ id, agent, body, created_at: at }) => {
    const [, word, text] = answered.exec(body) ?? []
    if (agent === 'policy' || word === undefined || text === undefined) return []
    return [{ id, at, agent, holds: word.toUpperCase() === 'PASS', text }]
  })

/** When the task left its author's hands for a review or its end: its gate held. */
const passes = (events: readonly BoardEvent[]): string[] =>
  events
    .filter(
      ({ kind, payload }) =>
        kind === 'task_status_changed' &&
        field(payload, 'from') === 'working' &&
        ['review', 'done'].includes(String(field(payload, 'to'))),
    )
    .map(({ at }) => at)

function stateOf(looks: readonly Look[], waits: boolean, passedAt: readonly string[]): CheckState {
  const [newest] = looks
  if (waits) return 'waits'
  if (!newest || newest.passed) return 'passed'
  if (newest.severity === 'warning') return 'noted'
  return passedAt.some(at => at > newest.at) ? 'mended' : 'stands'
}

/** Questions to agents that were under way at any time: the names that the newest event of the gate waited for. */
const lastWaitedFor = (events: readonly BoardEvent[]): string[] =>
  textsIn(field(events.find(({ payload }) => field(payload, 'gate') === 'pending')?.payload, 'waits_for'))

/** Whether an answer is one to this rule: it names it, its words were found, or there is no other question. */
function answers(answer: Answer, rule: string, looks: readonly Look[], onlyQuestion: string | undefined) {
  if (answer.text.startsWith(rule) && !/^[\p{L}\p{N}_]/u.test(answer.text.slice(rule.length))) return true
  if (looks.some(look => look.by === answer.agent && look.text.includes(answer.text))) return true
  return answer.holds && rule === onlyQuestion
}

/** Every check and guardrail of the task with what it came to, what stands in the way first; and answers to none of them. */
export function checksOf(task: Records): { checks: Check[]; others: Answer[] } {
  const newest = (task.observations ?? []).toSorted((a, b) => b.id - a.id)
  const events = task.events ?? []
  const looks = new Map<string, Look[]>(task.gate_waits_for.map(rule => [rule, []]))
  for (const observation of newest) {
    const told = lookIn(observation)
    if (told) looks.set(told.rule, [...(looks.get(told.rule) ?? []), told.look])
  }
  const questions = lastWaitedFor(events)
  for (const rule of questions) if (!looks.has(rule)) looks.set(rule, [])
  const onlyQuestion = questions.length === 1 ? questions[0] : undefined
  const passedAt = passes(events)
  const left = new Set(answersOf(newest))
  const checks = [...looks].map(([rule, list]): Check => {
    const own = [...left].filter(answer => answers(answer, rule, list, onlyQuestion))
    own.forEach(answer => left.delete(answer))
    return {
      rule,
      looks: list,
      answers: own,
      state: stateOf(list, task.gate_waits_for.includes(rule), passedAt),
    }
  })
  const order: readonly CheckState[] = ['stands', 'waits', 'noted', 'passed', 'mended']
  checks.sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.rule.localeCompare(b.rule))
  return { checks, others: [...left] }
}

/** Where the completion of the task stands. Events come newest first. */
export function gateOf(task: Records): Gate {
  const events = task.events ?? []
  if (task.gate === 'pending') {
    const since = events.find(({ payload }) => field(payload, 'gate') === 'pending')?.at
    return { state: 'pending', at: since, what: task.gate_waits_for }
  }
  const passedAt = passes(events)[0]
  const refused = events.find(({ payload }) => field(payload, 'gate') === 'failed')
  if (refused && !(passedAt !== undefined && passedAt >= refused.at))
    return { state: 'refused', at: refused.at, what: textsIn(field(refused.payload, 'missing')) }
  return passedAt === undefined
    ? { state: 'none', at: undefined, what: [] }
    : { state: 'passed', at: passedAt, what: [] }
}

const isFinal = (status: string) => ['done', 'failed', 'cancelled'].includes(status)

/** What the task must have, each with whether it is there as far as its records say. */
export function mustHavesOf(task: Records): MustHave[] {
  const { truths, artifacts, key_links: links } = task.must_haves
  const outputs = task.outputs ?? []
  // Past the gate the server has looked at the files themselves.
  const held = gateOf(task).state === 'passed'
  const hasFile = (path: string) => outputs.some(output => output.path.endsWith(`/${task.id}/${path}`))
  const linked = (link: string) => hasFile(link) || outputs.some(({ title }) => title === link)
  return [
    ...truths.map((text): MustHave => ({ kind: 'truth', text, there: undefined })),
    ...artifacts.map((text): MustHave => ({ kind: 'artifact', text, there: held || hasFile(text) })),
    ...links.map((text): MustHave => ({
      kind: 'link',
      text,
      there: held || linked(text) || (/^t-\d+$/.test(text) ? undefined : false),
    })),
    ...(task.subtasks ?? [])
      .filter(({ status }) => !isFinal(status))
      .map(({ id, title }): MustHave => ({ kind: 'part', text: `${id} ${title}`, there: false })),
  ]
}

/** Agents that were asked a guardrail's question and have not answered yet. */
export const askedNow = (task: Records): Attempt[] =>
  (task.attempts ?? []).filter(({ kind, state }) => kind === 'guard' && state !== 'ended')

/** How much stands against the completion now. */
export const obstaclesOf = (task: Records): number =>
  isFinal(task.status) ? 0 : checksOf(task).checks.filter(({ state }) => state === 'stands').length
