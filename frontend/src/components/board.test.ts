import { describe, expect, it } from 'vitest'

import { statusValues } from '@/api/__generated__/schema'
import { obstacle, resolutions } from '@/api/task-actions'
import { isMove, isSmall, laneOf, lanes, laneStatuses, moveInto } from '@/components/board'
import { aTask } from '@tests/render'

it('has a column for every status, each once', () => {
  expect(
    Object.values(laneStatuses)
      .flat()
      .toSorted((a, b) => a.localeCompare(b)),
  ).toEqual(statusValues.toSorted((a, b) => a.localeCompare(b)))
})

describe('moves', () => {
  it.each(statusValues)('from %s are legal, and lead into the column that they are for', status => {
    for (const lane of lanes) {
      const task = aTask({ status, resumed_from: status === 'paused' ? 'working' : null })
      const move = moveInto(lane, task)
      if (!isMove(move)) continue
      expect(obstacle(task, move.action)).toBeUndefined()
      expect(laneOf(move.then)).toBe(lane)
      if (move.action === 'resolve') expect(resolutions).toContain(move.to)
    }
  })

  it('lead nowhere from where the task stands', () => {
    expect(moveInto('pending', aTask())).toBeUndefined()
  })

  it('say why there is none', () => {
    expect(moveInto('done', aTask())).toEqual({ obstacle: { why: 'status', from: ['escalated'] } })
    expect(moveInto('working', aTask({ assignee: 'dev' }))).toEqual({
      obstacle: { why: 'assigned', to: 'dev' },
    })
  })

  it('bring a paused task back to where it was set aside, and nowhere else', () => {
    const task = aTask({ status: 'paused', resumed_from: 'review' })
    const open = lanes.filter(lane => isMove(moveInto(lane, task)))
    expect(open).toEqual(['review', 'failed'])
    expect(moveInto('review', task)).toEqual({ action: 'resume', then: 'review' })
  })

  it('finish a task of low risk without a review', () => {
    const task = aTask({ status: 'working', risk_level: 'low' })
    expect(moveInto('done', task)).toMatchObject({ action: 'complete', then: 'done' })
    expect(isMove(moveInto('review', task))).toBe(false)
  })

  it('ask before they stop somebody’s work', () => {
    expect(isSmall({ action: 'pause', then: 'paused' }, aTask())).toBe(true)
    expect(isSmall({ action: 'pause', then: 'paused' }, aTask({ owner: 'dev' }))).toBe(false)
    expect(isSmall({ action: 'cancel', then: 'cancelled' }, aTask())).toBe(false)
  })
})
