import { describe, expect, it } from 'vitest'

import { statusValues } from '@/api/__generated__/schema'
import { isOpen, obstacle, suggested, taskActions } from '@/api/task-actions'

const task = { status: 'pending', assignee: null, subtasks_count: 0 } as const

describe('obstacles', () => {
  it('names the statuses that would have been right', () => {
    expect(obstacle(task, 'resolve')).toEqual({ why: 'status', from: ['escalated'] })
    expect(obstacle({ ...task, status: 'escalated' }, 'resolve')).toBeUndefined()
  })

  it('keeps people from claiming what belongs to an agent', () => {
    expect(obstacle({ ...task, assignee: 'qa' }, 'claim')).toEqual({ why: 'assigned', to: 'qa' })
    expect(obstacle(task, 'claim')).toBeUndefined()
  })

  it('allows nothing in an archived project', () => {
    for (const action of taskActions) expect(obstacle(task, action, true)).toEqual({ why: 'archived' })
  })
})

it('suggests only what is possible', () => {
  for (const status of statusValues)
    for (const action of suggested[status]) expect(obstacle({ ...task, status }, action)).toBeUndefined()
})

it('counts seven statuses as open', () => expect(statusValues.filter(isOpen)).toHaveLength(7))
