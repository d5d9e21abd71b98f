import { expect, it } from 'vitest'

import { statusValues } from '@/api/__generated__/schema'
import type { Task } from '@/api/client'
import { columns, laneOf, laneStatuses, lanes, passes } from '@/components/board'

const task = (id: string, more: Partial<Task>): Task =>
  ({
    id,
    title: `Task ${id}`,
    status: 'pending',
    status_since: '2026-01-01T00:00:00Z',
    created_at: '2026-01-01T00:00:00Z',
    priority: 5,
    risk_level: 'medium',
    task_type: 'code',
    assignee: null,
    owner: null,
    ...more,
  }) as Task

it('has a column for every status', () => {
  expect(lanes.flatMap(lane => laneStatuses[lane]).sort()).toEqual([...statusValues].sort())
  expect(laneOf('claimed')).toBe('working')
})

it('puts the urgent first among what waits, the newest first among the rest', () => {
  const found = columns(
    [
      task('t-1', {}),
      task('t-2', { priority: 10 }),
      task('t-3', { status: 'done', status_since: '2026-01-02T00:00:00Z' }),
      task('t-4', { status: 'done', status_since: '2026-01-03T00:00:00Z' }),
    ],
    {},
  )
  expect(found.pending.map(({ id }) => id)).toEqual(['t-2', 't-1'])
  expect(found.done.map(({ id }) => id)).toEqual(['t-4', 't-3'])
})

it('filters by words, by who has it and by risk', () => {
  const one = task('t-7', { title: 'Plot anomalies', owner: 'qa', risk_level: 'high' })
  expect(passes(one, { q: ' plot ' })).toBe(true)
  expect(passes(one, { q: 't-7', assignee: 'qa', risk: 'high' })).toBe(true)
  expect(passes(one, { assignee: 'dev' })).toBe(false)
  expect(passes(one, { risk: 'low' })).toBe(false)
})
