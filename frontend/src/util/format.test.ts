import { expect, it } from 'vitest'

import { age, bytes, duration, milliseconds, nearTime } from '@/util/format'

it.each([
  [0, '0s', '0秒'],
  [59, '59s', '59秒'],
  [60, '1m', '1分钟'],
  [125, '2m 5s', '2分5秒'],
  [754, '12m', '12分钟'],
  [7500, '2h 5m', '2小时5分'],
  [90_000, '1d 1h', '1天1小时'],
])('writes %i seconds with two units', (seconds, en, zh) => {
  expect(duration(seconds, 'en')).toBe(en)
  expect(duration(seconds, 'zh')).toBe(zh)
})

it.each([
  [-5, '0s'],
  [59.9, '59s'],
  [3599, '59m'],
  [86_399, '23h'],
  [200_000, '2d'],
])('writes an age of %d seconds with one unit', (seconds, text) => expect(age(seconds, 'en')).toBe(text))

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1200, '1.2 KB'],
  [14_200, '14 KB'],
  [128e9, '128 GB'],
])('writes %d bytes', (size, text) => expect(bytes(size)).toBe(text))

it.each([
  [4.24, '4.2 ms'],
  [640, '640 ms'],
  [2330, '2.3 s'],
])('writes %d milliseconds', (ms, text) => expect(milliseconds(ms)).toBe(text))

it('writes a time of today without its date, and of another day with it', () => {
  const now = new Date(2026, 0, 2, 10).getTime()
  expect(nearTime(new Date(2026, 0, 2, 14, 5).toISOString(), now, 'en')).toBe('14:05:00')
  expect(nearTime(new Date(2026, 0, 3, 14, 5).toISOString(), now, 'en')).toBe('3 Jan, 14:05')
})
