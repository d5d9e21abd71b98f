import { describe, expect, it } from 'vitest'

import type { Agent, DaemonStatus, Delivery, Project, Task } from '@/api/client'
import { gather, silenceOf, type Facts } from '@/components/needs/needs'
import { aFault, aTask } from '@tests/render'

const at = '2026-01-01T00:00:00.000Z'
const now = new Date(at).getTime()
const demo = { id: 'demo', name: 'Demo', status: 'active' } as Project

const agent = (id: string, more: Partial<Agent> = {}) =>
  ({
    id,
    runner: 'claude',
    projects: ['demo'],
    sessions: [],
    parked_until: null,
    ...more,
  }) as unknown as Agent

const blockedOn = (on: string, more: Partial<Task> = {}) =>
  aTask({ status: 'blocked', blocked_on: on, status_since: at, ...more })

const facts = (more: Partial<Facts> = {}): Facts => ({
  projects: [],
  agents: [],
  status: undefined,
  jobs: [],
  mails: [],
  deliveries: [],
  urgent: [],
  seen: { event: 0, delivery: 0 },
  now,
  ...more,
})

const ofDemo = (more: object) => [
  { project: demo, troubled: [], blocked: [], checkpoints: [], letters: [], usedUp: undefined, ...more },
]

const status = (projects: Record<string, object>, parked: object[] = []) =>
  ({ projects, parked_providers: parked }) as unknown as DaemonStatus

describe('a blocked task', () => {
  const look = (task: Task, agents: Agent[] = [], later = 0) =>
    silenceOf(task, { checkpoints: [], agents, now: now + later })?.why

  it('that waits for a task or its parts goes on by itself', () => {
    expect(look(blockedOn('t-2'))).toBeUndefined()
    expect(look(blockedOn('its parts'))).toBeUndefined()
  })

  it('that waits for a person without a question waits for ever', () => {
    const task = blockedOn('human')
    expect(look(task)).toBe('person')
    const asked = { id: 1, task: task.id } as never
    expect(silenceOf(task, { checkpoints: [asked], agents: [], now })).toBeUndefined()
  })

  it('waits in vain for who is not in the project, or cannot be started', () => {
    expect(look(blockedOn('ghost'))).toBe('stranger')
    expect(look(blockedOn('dev'), [agent('dev', { projects: ['other'] })])).toBe('stranger')
    expect(look(blockedOn('dev'), [agent('dev', { runner: null })])).toBe('outside')
    const here = [
      { attempt: 'demo.t-9.1', project: 'demo', task: 't-9', kind: 'execute' as const, since: at },
    ]
    expect(look(blockedOn('dev'), [agent('dev', { runner: null, sessions: here })])).toBeUndefined()
  })

  it('leaves an agent that can be started an hour', () => {
    expect(look(blockedOn('dev'), [agent('dev')])).toBeUndefined()
    expect(look(blockedOn('dev'), [agent('dev')], 3_600_000)).toBe('silent')
    expect(look(blockedOn('dev'), [agent('dev', { parked_until: at })], 3_600_000)).toBeUndefined()
  })
})

describe('the queue', () => {
  it('has questions first, then what stands still, then what can wait', () => {
    const checkpoint = { id: 1, task: 't-5', created_at: at, answered_at: null }
    const usedUp = { key: 'day_tokens', of: 'day', in: 'tokens', spent: 2, allowed: 1 }
    const letter = { id: 1, task: 't-6', created_at: at, settled_at: null }
    const needs = gather(
      facts({
        projects: ofDemo({
          troubled: [aTask({ id: 't-2', status: 'failed' }), aTask({ id: 't-3', status: 'escalated' })],
          blocked: [blockedOn('t-2'), blockedOn('ghost', { id: 't-4' })],
          checkpoints: [checkpoint],
          letters: [letter],
          usedUp,
        }),
        status: status({}, [{ provider: 'claude', until: at, reason: 'quota' }]),
      }),
    )
    expect(needs.map(({ is }) => is)).toEqual([
      'checkpoint',
      'task',
      'task',
      'blocked',
      'budget',
      'letter',
      'provider',
    ])
  })

  it('says a refused script of the root once for all projects', () => {
    const policy = {
      hash: 'h',
      source: 'root',
      failing: [],
      last_error: 'scripts/tick.rhai:2:1: unexpected end',
    }
    const own = { ...policy, last_error: 'projects/b/scripts/tick.rhai:1: no' }
    const needs = gather(facts({ status: status({ a: { policy }, b: { policy: own }, c: { policy } }) }))
    expect(needs.map(need => need.is === 'policy' && [need.projects, need.fault.line])).toEqual([
      [['a', 'c'], 2],
      [['b'], 1],
    ])
  })

  it('has a row for each hook that fails', () => {
    const policy = { hash: 'h', source: 'root', last_error: null, failing: [] }
    const failing = [{ hook: 'plan', problem: aFault(), since: at, last_at: at, times_count: 4 }]
    const needs = gather(facts({ status: status({ a: { policy: { ...policy, failing } }, b: { policy } }) }))
    expect(needs.map(need => need.is === 'hook' && [need.failure.project, need.at])).toEqual([['a', at]])
  })

  it('gathers what did not arrive by channel, until somebody has seen it', () => {
    const failed = (id: number, channel: string) =>
      ({ id, channel, project: null, state: 'failed', created_at: at, ended_at: at }) as Delivery
    const deliveries = [failed(3, 'mail'), failed(2, 'mail'), failed(1, 'desktop')]
    expect(gather(facts({ deliveries })).map(need => need.is === 'deliveries' && need.failed.length)).toEqual(
      [2, 1],
    )
    expect(gather(facts({ deliveries, seen: { event: 0, delivery: 3 } }))).toEqual([])
  })

  it('does not repeat a red event about a task that stands in it', () => {
    const event = (id: number, task: string | null) =>
      ({ id, project: 'demo', task, kind: 'task_status_changed', at }) as never
    const projects = ofDemo({ troubled: [aTask({ id: 't-2', status: 'failed' })] })
    const needs = gather(facts({ projects, urgent: [event(2, 't-2'), event(1, null)] }))
    expect(needs.map(({ key }) => key)).toEqual(['tdemo/t-2', 'e1'])
  })
})
