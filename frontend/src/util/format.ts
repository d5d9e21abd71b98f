/** Times, sizes and durations as people read them, in the user's zone and language. */
import type { Locale } from '@/util/preferences'

const tag = (locale: Locale) => (locale === 'zh' ? 'zh-CN' : 'en-GB')

const units = {
  en: { s: 's', m: 'm', h: 'h', d: 'd', join: ' ', wholeMinutes: 'm' },
  zh: { s: '秒', m: '分', h: '小时', d: '天', join: '', wholeMinutes: '分钟' },
}

/** The two largest units of a length of time: `2h 5m`, `48s`. */
export function duration(seconds: number, locale: Locale): string {
  const u = units[locale]
  const total = Math.max(0, Math.round(seconds))
  const [d, h, m, s] = [
    Math.floor(total / 86_400),
    Math.floor(total / 3600) % 24,
    Math.floor(total / 60) % 60,
    total % 60,
  ]
  const both = (big: number, bigUnit: string, small: number, smallUnit: string) =>
    small > 0
      ? `${big}${bigUnit}${u.join}${small}${smallUnit}`
      : `${big}${bigUnit === u.m ? u.wholeMinutes : bigUnit}`
  if (d > 0) return both(d, u.d, h, u.h)
  if (h > 0) return both(h, u.h, m, u.m)
  if (m > 0) return both(m, u.m, m < 10 ? s : 0, u.s)
  return `${s}${u.s}`
}

/** The largest unit only, for narrow places: `3h`. */
export function age(seconds: number, locale: Locale): string {
  const u = units[locale]
  const total = Math.max(0, Math.floor(seconds))
  if (total >= 86_400) return `${Math.floor(total / 86_400)}${u.d}`
  if (total >= 3600) return `${Math.floor(total / 3600)}${u.h}`
  if (total >= 60) return `${Math.floor(total / 60)}${u.wholeMinutes}`
  return `${total}${u.s}`
}

const formatters = new Map<string, Intl.DateTimeFormat>()
const formatter = (locale: Locale, name: string, options: Intl.DateTimeFormatOptions) => {
  const key = `${locale}:${name}`
  let found = formatters.get(key)
  if (!found) formatters.set(key, (found = new Intl.DateTimeFormat(tag(locale), options)))
  return found
}

/** Date and time in full, with the zone. */
export const fullTime = (at: string, locale: Locale): string =>
  formatter(locale, 'full', { dateStyle: 'medium', timeStyle: 'long' }).format(new Date(at))

/** Time of day with seconds. */
export const clockTime = (at: string | number, locale: Locale): string =>
  formatter(locale, 'clock', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(at))

/** A time that is near: of today without its date, of another day with it. */
export function nearTime(at: string, now: number, locale: Locale): string {
  const when = new Date(at)
  if (when.toDateString() === new Date(now).toDateString()) return clockTime(at, locale)
  return formatter(locale, 'near', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(when)
}

/** A day and its month, for narrow scales. */
export const shortDay = (at: string, locale: Locale): string =>
  formatter(locale, 'shortDay', { day: 'numeric', month: locale === 'zh' ? 'numeric' : 'short' }).format(
    new Date(at),
  )

/** A date without a time. */
export const dateOnly = (at: string, locale: Locale): string =>
  formatter(locale, 'date', { dateStyle: 'medium' }).format(new Date(at))

/** A day, for headings in lists. */
export const day = (at: string, locale: Locale): string =>
  formatter(locale, 'day', { weekday: 'short', day: 'numeric', month: 'short' }).format(new Date(at))

export const number = (value: number, locale: Locale): string =>
  new Intl.NumberFormat(tag(locale)).format(value)

export const percent = (share: number): string => `${Math.round(share * 100)}%`

/** A share for reading: what is there is never called nothing. */
export const shareOf = (part: number, whole: number): string => {
  if (whole <= 0) return '–'
  const share = part / whole
  return share > 0 && share < 0.005 ? '<1%' : percent(share)
}

const sizes = ['B', 'KB', 'MB', 'GB', 'TB']

/** A size with two significant digits: `1.2 MB`. */
export function bytes(size: number): string {
  const step = size < 1 ? 0 : Math.min(sizes.length - 1, Math.floor(Math.log10(size) / 3))
  const value = size / 1000 ** step
  return `${value < 10 && step > 0 ? value.toFixed(1) : Math.round(value)} ${sizes[step] ?? 'B'}`
}

export const secondsBetween = (from: string, to: string | number): number =>
  (new Date(to).getTime() - new Date(from).getTime()) / 1000

/** A short length of time: `4.2 ms`, `1.3 s`. */
export const milliseconds = (ms: number): string =>
  ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`

/** Hours and minutes, for the scale of a picture. */
export const hourTime = (at: number, locale: Locale): string =>
  formatter(locale, 'hour', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at))

/** Money from micro-units, in the owner's currency, whose name the server does not know: `12.40`, `0.0054`. */
export const money = (micros: number, locale: Locale): string =>
  new Intl.NumberFormat(
    tag(locale),
    micros >= 1e4 || micros === 0
      ? { minimumFractionDigits: 2, maximumFractionDigits: 2 }
      : { maximumSignificantDigits: 2 },
  ).format(micros / 1e6)

/** A large count in short: `1.2M`. */
export const compact = (value: number, locale: Locale): string =>
  new Intl.NumberFormat(locale === 'zh' ? 'zh-CN' : 'en-US', {
    notation: 'compact',
    maximumFractionDigits: 1,
  }).format(value)
