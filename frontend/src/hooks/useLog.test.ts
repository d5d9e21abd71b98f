import { expect, it } from 'vitest'

import { append } from '@/hooks/useLog'

it('goes on with the open line', () => {
  expect(append(append([], 'one\ntw'), 'o\nthree\n')).toEqual(['one', 'two', 'three', ''])
})

it('keeps the newest lines only', () => {
  const lines = append([], Array.from({ length: 6000 }, (_, index) => String(index)).join('\n'))
  expect(lines).toHaveLength(5000)
  expect(lines.at(-1)).toBe('5999')
})
