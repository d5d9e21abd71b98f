import { expect, it } from 'vitest'

import type { BoardEvent } from '@/api/client'
import { failingIn, failuresAt, failuresIn, problemIn } from '@/api/failing'

const fault = {
  file: 'projects/demo/scripts/tick.rhai',
  line: 3,
  column: 9,
  function: 'plan',
  message: 'unknown property',
  expected: null,
}
const at = '2026-01-01T00:00:00.000Z'
const told = (id: number, kind: BoardEvent['kind'], payload: unknown, project = 'demo'): BoardEvent => ({
  id,
  project,
  task: null,
  kind,
  level: 'attention',
  actor: 'daemon',
  at,
  summary: '',
  payload,
})

it('a fault in one line is taken apart', () => {
  const text =
    'projects/demo/scripts/tick.rhai:3:9: unknown property `nope` in `plan`; a task has title, status'
  expect(problemIn(text)).toEqual({
    ...fault,
    message: 'unknown property `nope`',
    expected: 'a task has title, status',
  })
  expect(problemIn('scripts/tick.rhai: it is empty')).toMatchObject({ line: null, message: 'it is empty' })
  expect(problemIn('no file at all')).toMatchObject({ file: '', message: 'no file at all' })
})

it('what a set of scripts says of its hooks is read, with faults in parts or in one line', () => {
  const status = {
    failing: [
      { hook: 'plan', problem: fault, last_at: at, times_count: 4 },
      { hook: 'deliver', problem: 'scripts/notify.rhai:1:2: no', last_at: at, times_count: 1 },
      { hook: 'broken' },
    ],
  }
  expect(failingIn(status, 'demo')).toEqual([
    { hook: 'plan', fault, at, count: 4, project: 'demo' },
    expect.objectContaining({ hook: 'deliver', count: 1 }),
  ])
  expect(failingIn({ failing: [] })).toEqual([])
})

it('a server that does not speak of it is no server without failures', () =>
  expect(failingIn({ hash: 'h', last_error: null })).toBeUndefined())

it('events tell the newest fault of each hook since the scripts last changed', () => {
  const events = [
    told(9, 'policy_rejected', { hook: 'plan', fault }),
    told(8, 'policy_rejected', { fault }), // A change that was refused is no failure.
    told(7, 'policy_rejected', { hook: 'plan', fault: { ...fault, line: 1 } }),
    told(6, 'policy_reloaded', { hash: 'h' }),
    told(5, 'policy_rejected', { hook: 'after', fault }),
    told(4, 'policy_rejected', { hook: 'after', fault }, 'other'),
  ]
  expect(failuresIn(events)).toEqual([
    { hook: 'plan', fault, at, count: undefined, project: 'demo' },
    { hook: 'after', fault, at, count: undefined, project: 'other' },
  ])
})

it('a place has its own failures, and all projects those of what they share', () => {
  const shared = { ...fault, file: 'scripts/tick.rhai' }
  const hooks = (list: readonly { hook: string }[]) => list.map(({ hook }) => hook)
  const failing = [{ hook: 'plan', fault, at, count: 1 }]
  const events = failuresIn([
    told(2, 'policy_rejected', { hook: 'after', fault: shared }, 'other'),
    told(1, 'policy_rejected', { hook: 'check', fault }),
  ])
  expect(hooks(failuresAt('demo', { scripts: { failing }, policies: {}, told: events }))).toEqual(['plan'])
  const policies = {
    demo: { failing },
    other: { failing: [{ hook: 'deliver', fault: shared, at, count: 2 }] },
  }
  expect(hooks(failuresAt('demo', { scripts: {}, policies, told: events }))).toEqual(['plan'])
  expect(hooks(failuresAt(undefined, { scripts: {}, policies, told: events }))).toEqual(['deliver'])
  expect(hooks(failuresAt('demo', { scripts: {}, policies: { demo: {} }, told: events }))).toEqual(['check'])
  expect(hooks(failuresAt(undefined, { scripts: undefined, policies: {}, told: events }))).toEqual(['after'])
})
