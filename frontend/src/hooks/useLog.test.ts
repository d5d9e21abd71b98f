import { expect, it } from 'vitest'

import { append, partOf } from '@/hooks/useLog'

it('goes on with the open line', () => {
  expect(append(append([], 'one\ntw'), 'o\nthree\n')).toEqual(['one', 'two', 'three', ''])
})

it('keeps the newest lines only', () => {
  const lines = append([], Array.from({ length: 200_500 }, (_, index) => String(index)).join('\n'))
  expect(lines).toHaveLength(200_000)
  expect(lines.at(-1)).toBe('200499')
})

it('leaves out the line that a range begins in, and knows where the rest begins', () => {
  expect(partOf('lf é\nwhole\n', 'bytes 100-111/200')).toEqual({ text: 'whole\n', skipped: 106, end: 112 })
  expect(partOf('first\n', 'bytes 0-5/200')).toEqual({ text: 'first\n', skipped: 0, end: 6 })
  expect(partOf('all of it', null)).toEqual({ text: 'all of it', skipped: 0, end: 9 })
})
