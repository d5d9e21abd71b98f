import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { statusValues } from '@/api/__generated__/schema'
import {
  isOpen,
  obstacle,
  resolutions,
  startsFrom,
  suggested,
  taskActions,
  type TaskAction,
} from '@/api/task-actions'

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

describe('the table of the server', () => {
  // The printed matrix of `src/model/status.rs`, which a test over there keeps true.
  const file = '../src/model/status/snapshots/moziplus__model__status__tests__transitions.snap'
  const words = (cell: string | undefined) => (cell ?? '').split(',').map(word => word.trim())
  const rules = readFileSync(file, 'utf8')
    .split('\n')
    .map(line => line.split('|').slice(1))
    .map(([cause, from, to, who]) => ({
      cause: cause?.trim() ?? '',
      from: words(from),
      to: words(to),
      who: words(who),
    }))
  const ruleOf = (cause: string) => rules.find(rule => rule.cause === cause)

  // `complete` is two transitions: with a review after it and without.
  const causes = (action: TaskAction) => (action === 'complete' ? ['submit', 'finish'] : [action])

  it.each(taskActions)('starts %s from the same statuses, for people', action => {
    for (const cause of causes(action)) {
      expect(ruleOf(cause)?.from.sort()).toEqual([...startsFrom[action]].sort())
      expect(ruleOf(cause)?.who).toContain('person')
    }
  })

  it('resolves to the same statuses', () => {
    expect(ruleOf('resolve')?.to).toEqual([...resolutions])
  })
})
