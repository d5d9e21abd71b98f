import { expect, it } from 'vitest'

import { stageOf, steps, type PipelineFacts } from '@/components/pipeline'

const fresh: PipelineFacts = {
  status: 'pending',
  resumed_from: null,
  claimed_at: null,
  started_at: null,
  completed_at: null,
  created_at: '2026-01-01T00:00:00.000Z',
  round: 0,
  risk_level: 'medium',
}
const states = (task: PipelineFacts) => steps(task).map(step => step.state)

it('shows how far a task has come', () => {
  expect(states(fresh)).toEqual(['now', 'ahead', 'ahead', 'ahead', 'ahead'])
  expect(states({ ...fresh, status: 'review', round: 1 })).toEqual(['past', 'past', 'past', 'now', 'ahead'])
  expect(states({ ...fresh, status: 'done', round: 1 })).toEqual(['past', 'past', 'past', 'past', 'past'])
})

it('leaves the review out for work that needs none', () => {
  expect(states({ ...fresh, status: 'done', risk_level: 'low' })).toEqual([
    'past',
    'past',
    'past',
    'skipped',
    'past',
  ])
})

it('remembers where a task left the road', () => {
  expect(stageOf({ ...fresh, status: 'paused', resumed_from: 'working' })).toBe('working')
  expect(stageOf({ ...fresh, status: 'escalated', round: 2 })).toBe('review')
  expect(stageOf({ ...fresh, status: 'failed', started_at: fresh.created_at })).toBe('working')
  expect(stageOf({ ...fresh, status: 'blocked' })).toBe('pending')
})
