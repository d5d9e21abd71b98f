import { expect, it } from 'vitest'

import { plain } from '@/util/ansi'
import { isNumeric, parseCsv } from '@/util/csv'
import { mentionAt, mentionsIn } from '@/util/mentions'

it('strips colours and keeps the end of a rewritten line', () => {
  expect(plain('\u001b[32mok\u001b[0m\n10%\r50%\r100%\r\ndone\u0007')).toBe('ok\n100%\ndone')
})

it('reads quoted cells, line breaks in cells and tabs', () => {
  expect(parseCsv('a,b\n"x, y","say ""hi""\nthere"\n', 10).rows).toEqual([
    ['a', 'b'],
    ['x, y', 'say "hi"\nthere'],
  ])
  expect(parseCsv('a\tb\r\n1\t2', 10).rows).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ])
})

it('stops at the limit and says that there is more', () => {
  expect(parseCsv('a\n1\n2\n3\n', 2)).toEqual({ rows: [['a'], ['1']], more: true })
  expect(parseCsv('a\n1\n', 2).more).toBe(false)
})

it('knows numbers from words', () => {
  expect(['1,234.5', '-3e4', '12 %'].every(isNumeric)).toBe(true)
  expect(['', 'KEF', '2024-01', 't-1'].some(isNumeric)).toBe(false)
})

it('finds the agents that a text mentions, and no addresses', () => {
  const known = ['zhangfei-dev', 'qa']
  expect(mentionsIn('@qa and @zhangfei-dev, again @qa; not me@qa.org, not @nobody', known)).toEqual([
    'qa',
    'zhangfei-dev',
  ])
})

it('sees the mention that is being typed', () => {
  expect(mentionAt('ask @zha', 8)).toEqual({ start: 4, typed: 'zha' })
  expect(mentionAt('ask @zha now', 12)).toBeUndefined()
  expect(mentionAt('mail a@b', 8)).toBeUndefined()
})
