import { expect, it } from 'vitest'

import { matches } from '@/components/palette'

it('finds words in any order, and everything when nothing is typed', () => {
  expect(matches('', 'Overview')).toBe(true)
  expect(matches('ops jo', 'Jobs of operations ops')).toBe(true)
  expect(matches('jobs nothing', 'Operations: Jobs')).toBe(false)
  expect(matches('备份', '运维：备份')).toBe(true)
})
