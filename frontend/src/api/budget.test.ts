import { describe, expect, it } from 'vitest'

import { isUnspent, usedUp } from '@/api/budget'

const spend = (tokens_in: number, cost_micros: number) => ({
  tokens_in,
  tokens_out: 0,
  tokens_cached: 0,
  cost_micros,
})
const spent = { total: spend(900, 5_000_000), today: spend(300, 2_000_000) }

describe('a budget', () => {
  it('is used up when what it allows was spent', () => {
    expect(usedUp({ budget: { project_tokens: 900 } }, spent)).toMatchObject({
      key: 'project_tokens',
      spent: 900,
      allowed: 900,
    })
    expect(usedUp({ budget: { project_tokens: 901 } }, spent)).toBeUndefined()
  })

  it('of a day counts what was spent today', () => {
    expect(usedUp({ budget: { day_cost: 2_000_000, day_tokens: 301 } }, spent)).toMatchObject({
      key: 'day_cost',
      of: 'day',
    })
  })

  it('of the project is told before that of the day, as the server does', () =>
    expect(usedUp({ budget: { day_tokens: 1, project_cost: 1 } }, spent)?.key).toBe('project_cost'))

  it('without a number is no ceiling', () => {
    expect(usedUp({ budget: { project_tokens: null } }, spent)).toBeUndefined()
    expect(usedUp(undefined, spent)).toBeUndefined()
  })
})

it('where nothing was spent nothing has to be looked up', () => {
  expect(isUnspent(spent)).toBe(false)
  expect(isUnspent({ total: spend(0, 0), today: spend(0, 0) })).toBe(true)
})
