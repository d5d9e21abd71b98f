import { describe, expect, it } from 'vitest'

import type { BoardEvent, Observation, Output, TaskDetail } from '@/api/client'
import { checksOf, gateOf, lookIn, mustHavesOf, obstaclesOf } from '@/components/gates'
import { aTask } from '@tests/render'

const minute = (n: number) => `2026-01-01T00:${String(n).padStart(2, '0')}:00.000Z`

const observed = (id: number, body: string, agent = 'policy'): Observation => ({
  id,
  task: 't-1',
  agent,
  body,
  severity: 'info',
  created_at: minute(id),
})
const happened = (id: number, payload: object): BoardEvent => ({
  id,
  project: 'demo',
  task: 't-1',
  kind: 'task_status_changed',
  level: 'routine',
  actor: 'policy',
  at: minute(id),
  summary: '',
  payload,
})
const detail = (more: Partial<TaskDetail>): TaskDetail => ({ ...aTask({ status: 'working' }), ...more })

describe('an observation of the policy', () => {
  it('tells a program that passed, with what it printed', () => {
    expect(lookIn(observed(1, 'check tests: `make test` passed\n12 passed'))).toMatchObject({
      rule: 'tests',
      look: { passed: true, text: 'make test', evidence: '12 passed' },
    })
  })

  it('tells a finding with its evidence', () => {
    const body = 'guardrail rows (blocking): `make test` ended with exit code 2\nrow 7 is missing\n1 failed'
    expect(lookIn(observed(1, body))).toMatchObject({
      rule: 'rows',
      look: { passed: false, severity: 'blocking', evidence: 'row 7 is missing\n1 failed' },
    })
  })

  it('tells what an agent was asked, and what it answered in many lines', () => {
    const body =
      'guardrail way_back (blocking): FAIL: step 3\ncannot be undone\nasked: Does the plan\nsay how?\nanswered by critic'
    expect(lookIn(observed(1, body))?.look).toMatchObject({
      text: 'FAIL: step 3\ncannot be undone',
      question: 'Does the plan\nsay how?',
      by: 'critic',
      evidence: '',
    })
  })

  it('is no result in the mouth of anybody else', () =>
    expect(lookIn(observed(1, 'check tests: `true` passed', 'writer'))).toBeUndefined())
})

describe('the checks of a task', () => {
  const failed = observed(2, 'guardrail rows (blocking): there is no file data/*.csv')

  it('stand in the way until the task went on', () => {
    const working = detail({ observations: [failed], events: [] })
    expect(checksOf(working).checks).toMatchObject([{ rule: 'rows', state: 'stands' }])
    expect(obstaclesOf(working)).toBe(1)
    const events = [happened(3, { from: 'working', to: 'review' })]
    expect(checksOf(detail({ status: 'review', observations: [failed], events })).checks[0]?.state).toBe(
      'mended',
    )
  })

  it('are judged by their newest look', () => {
    const passed = observed(3, 'check rows: `wc -l` passed\n7')
    const { checks } = checksOf(detail({ observations: [failed, passed] }))
    expect(checks).toMatchObject([{ state: 'passed', looks: [{ id: 3 }, { id: 2 }] }])
  })

  it('wait where the gate waits for them', () => {
    const task = detail({ gate: 'pending', gate_waits_for: ['way_back'], observations: [] })
    expect(checksOf(task).checks).toMatchObject([{ rule: 'way_back', state: 'waits', looks: [] }])
  })

  it('have the answers to their questions: by name, by words, or as the only question', () => {
    const events = [
      happened(5, { from: 'working', to: 'review' }),
      happened(4, { gate: 'pending', waits_for: ['way_back'] }),
    ]
    const only = checksOf(
      detail({ events, observations: [observed(4, 'PASS: each step is undone', 'critic')] }),
    )
    expect(only.checks).toMatchObject([{ rule: 'way_back', state: 'passed', answers: [{ agent: 'critic' }] }])
    const two = [happened(4, { gate: 'pending', waits_for: ['way_back', 'names'] })]
    const byName = checksOf(
      detail({ events: two, observations: [observed(4, 'PASS names: fine', 'critic')] }),
    )
    expect(byName.checks.find(({ rule }) => rule === 'names')?.answers).toHaveLength(1)
    expect(byName.others).toEqual([])
    const unclear = checksOf(detail({ events: two, observations: [observed(4, 'pass', 'critic')] }))
    expect(unclear.others).toMatchObject([{ holds: true, agent: 'critic' }])
  })

  it('take no word for an answer that only begins like one', () =>
    expect(checksOf(detail({ observations: [observed(1, 'Passed the test', 'critic')] })).others).toEqual([]))
})

describe('the gate', () => {
  it('is pending with what it waits for', () => {
    const events = [happened(4, { gate: 'pending', waits_for: ['tests'] })]
    expect(gateOf(detail({ gate: 'pending', gate_waits_for: ['tests'], events }))).toEqual({
      state: 'pending',
      at: minute(4),
      what: ['tests'],
    })
  })

  it('was refused until it held', () => {
    const refused = happened(4, { gate: 'failed', missing: ['check tests: no'] })
    expect(gateOf(detail({ events: [refused] }))).toMatchObject({
      state: 'refused',
      what: ['check tests: no'],
    })
    const events = [happened(5, { from: 'working', to: 'done' }), refused]
    expect(gateOf(detail({ events })).state).toBe('passed')
    expect(gateOf(detail({ events: [] })).state).toBe('none')
  })
})

it('must-haves are looked up among the outputs, and left to the server where only it can know', () => {
  const must_haves = {
    truths: ['The sum is right'],
    artifacts: ['outputs/a.csv', 'outputs/b.csv'],
    key_links: ['Report', 't-9', 'nowhere'],
  }
  const output = { title: 'Report', path: 'artifacts/t-1/outputs/a.csv' } as Output
  const task = detail({ must_haves, outputs: [output] })
  expect(mustHavesOf(task).map(({ there }) => there)).toEqual([
    undefined,
    true,
    false,
    true,
    undefined,
    false,
  ])
  const events = [happened(5, { from: 'working', to: 'review' })]
  expect(mustHavesOf(detail({ ...task, events })).map(({ there }) => there)).toEqual([
    undefined,
    true,
    true,
    true,
    true,
    true,
  ])
})
