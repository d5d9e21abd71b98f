import { expect, it } from 'vitest'

import type { Attempt, BoardEvent } from '@/api/client'
import { busyShare, spansByAgent } from '@/components/agents/utilisation'

const minute = 60_000
const at = (minutes: number) => new Date(minutes * minute).toISOString()
let id = 0
const event = (kind: 'attempt_started' | 'attempt_ended', minutes: number, attempt: string, agent = 'dev') =>
  ({
    id: ++id,
    kind,
    project: 'demo',
    task: 't-1',
    level: 'routine',
    actor: 'daemon',
    at: at(minutes),
    summary: '',
    payload: { attempt, agent, trigger: 'execute', outcome: 'completed' },
  }) satisfies BoardEvent

it('joins starts and ends, newest first as they come', () => {
  const spans = spansByAgent(
    [event('attempt_ended', 9, 't-1/1'), event('attempt_started', 5, 't-1/1')],
    [],
    0,
  )
  expect(spans.get('dev')).toMatchObject([
    { from: 5 * minute, to: 9 * minute, outcome: 'completed', line: 0 },
  ])
})

it('puts what ran at once on lines of its own, and uses a line again', () => {
  const spans = spansByAgent(
    [
      event('attempt_started', 1, 'a'),
      event('attempt_started', 2, 'b'),
      event('attempt_ended', 3, 'a'),
      event('attempt_started', 4, 'c'),
      event('attempt_ended', 5, 'b'),
      event('attempt_ended', 6, 'c'),
    ],
    [],
    0,
  )
  expect(spans.get('dev')?.map(({ line }) => line)).toEqual([0, 1, 0])
})

it('begins at the edge what started before the events at hand, and leaves out what ended before', () => {
  const spans = spansByAgent(
    [
      event('attempt_ended', 15, 'old'),
      event('attempt_ended', 5, 'older'),
      event('attempt_started', 1, 'older'),
    ],
    [],
    10 * minute,
  )
  expect(spans.get('dev')).toMatchObject([{ attempt: 'demo/old', from: 10 * minute, to: 15 * minute }])
})

it('takes live attempts from the sessions, and a start without either for over', () => {
  const live = { id: 'x', project: 'demo', task: 't-2', agent: 'dev', kind: 'review', started_at: at(3) }
  const spans = spansByAgent([event('attempt_started', 1, 'gone')], [live as Attempt], 0)
  expect(spans.get('dev')).toMatchObject([{ attempt: 'demo/x', from: 3 * minute, to: undefined }])
})

it('counts time once in which two ran', () => {
  const spans = spansByAgent(
    [
      event('attempt_started', 0, 'a'),
      event('attempt_ended', 4, 'a'),
      event('attempt_started', 2, 'b'),
      event('attempt_ended', 6, 'b'),
    ],
    [],
    0,
  )
  expect(busyShare(spans.get('dev') ?? [], 0, 12 * minute)).toBe(0.5)
})
