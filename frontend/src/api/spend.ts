/** Reads of what was spent. */
import { queryOptions } from '@tanstack/react-query'

import { http, unwrap, type Spend, type UsageBy } from '@/api/client'
import { keys } from '@/api/queries'

export const spendPeriods = ['1d', '7d', '30d', 'all'] as const
export type SpendPeriod = (typeof spendPeriods)[number]

const days: Record<SpendPeriod, number | undefined> = { '1d': 1, '7d': 7, '30d': 30, all: undefined }
const dayMs = 86_400_000

/** The first day of a period that ends today, as the server counts days (UTC); nothing for all of it. */
export function firstDay(period: SpendPeriod, now: number): string | undefined {
  const count = days[period]
  return count === undefined ? undefined : new Date(now - (count - 1) * dayMs).toISOString().slice(0, 10)
}

export interface SpendOf {
  project?: string | undefined
  since?: string | undefined
}

/** Sums of what was spent; those by task need a project. */
export const usageQuery = (by: UsageBy, of: SpendOf) =>
  queryOptions({
    queryKey: [...keys.usage, by, of],
    enabled: by !== 'task' || of.project !== undefined,
    queryFn: ({ signal }) => unwrap(http.GET('/api/usage', { params: { query: { by, ...of } }, signal })),
  })

/** Tokens that went in and came out. */
export const tokensOf = (spend: Spend): number => spend.tokens_in + spend.tokens_out

/** Every day of a span, those without spending too. */
export function everyDay(from: string, to: string): string[] {
  const found: string[] = []
  for (let at = Date.parse(from); at <= Date.parse(to); at += dayMs)
    found.push(new Date(at).toISOString().slice(0, 10))
  return found
}
