import { expect, it } from 'vitest'

import { everyDay, firstDay } from '@/api/spend'

it('begins a period on the day that makes it so long, today included', () => {
  const now = Date.parse('2026-05-16T23:30:00Z')
  expect(firstDay('1d', now)).toBe('2026-05-16')
  expect(firstDay('7d', now)).toBe('2026-05-10')
  expect(firstDay('all', now)).toBeUndefined()
})

it('leaves out no day', () => {
  expect(everyDay('2026-02-27', '2026-03-02')).toEqual([
    '2026-02-27',
    '2026-02-28',
    '2026-03-01',
    '2026-03-02',
  ])
  expect(everyDay('2026-03-02', '2026-03-01')).toEqual([])
})
