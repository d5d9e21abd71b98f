import { expect, it } from 'vitest'

import type { BoardEvent, EventKind } from '@/api/client'
import { addUp } from '@/api/operations'

const event = (id: number, kind: EventKind, to?: string) => ({ id, kind, payload: { to } }) as BoardEvent

it('adds new events to what was counted', () => {
  const first = addUp({ created: 0, done: 0, failed: 0, reviews: 0, attempts: 0, upTo: 0 }, [
    event(7, 'task_created'),
    event(5, 'task_status_changed', 'done'),
    event(6, 'task_status_changed', 'review'),
  ])
  expect(first).toEqual({ created: 1, done: 1, failed: 0, reviews: 0, attempts: 0, upTo: 7 })
  expect(addUp(first, [event(8, 'task_status_changed', 'failed'), event(9, 'attempt_ended')])).toMatchObject({
    done: 1,
    failed: 1,
    attempts: 1,
    upTo: 9,
  })
})
