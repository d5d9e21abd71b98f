/** What the daemon does by itself: jobs, backups, its log of events. Reads and their keys, as in `queries.ts`. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

import { http, unwrap, type BoardEvent, type EventKind, type Level } from '@/api/client'
import { keys } from '@/api/queries'

const jobsMs = 15_000

export const jobsQuery = queryOptions({
  queryKey: keys.jobs,
  refetchInterval: jobsMs, // The next run moves with the clock, without an event.
  queryFn: async ({ signal }) => (await unwrap(http.GET('/api/jobs', { signal }))).items,
})

const trendMs = 20_000
const mostPoints = 180

/** How the daemon's figures developed over the last hours; a point a minute, drawn together where there are many. */
export const trendsQuery = (hours: number) =>
  queryOptions({
    queryKey: [...keys.trends, hours],
    refetchInterval: trendMs,
    queryFn: ({ signal }) =>
      unwrap(
        http.GET('/api/daemon/trends', {
          params: { query: { minutes: hours * 60, points: mostPoints } },
          signal,
        }),
      ),
  })

export const logLevels = ['error', 'warn', 'info', 'debug', 'trace'] as const

/** How much is logged now, and what the configuration says. */
export const logLevelQuery = queryOptions({
  queryKey: keys.logLevel,
  queryFn: ({ signal }) => unwrap(http.GET('/api/daemon/log-level', { signal })),
})

const shownRuns = 25

export const jobHistoryQuery = (name: string) =>
  queryOptions({
    queryKey: [...keys.jobs, name],
    queryFn: async ({ signal }) =>
      (
        await unwrap(
          http.GET('/api/jobs/{name}/history', {
            params: { path: { name }, query: { limit: shownRuns } },
            signal,
          }),
        )
      ).items,
  })

export const backupsQuery = infiniteQueryOptions({
  queryKey: keys.backups,
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam, signal }) =>
    unwrap(http.GET('/api/backups', { params: { query: { limit: 50, cursor: pageParam } }, signal })),
  getNextPageParam: page => page.next_cursor ?? undefined,
})

export interface EventFilter {
  project?: string | undefined
  level?: Level | undefined
  kind?: EventKind | undefined
}

const eventPage = 100

// Agent output has its own place, the log of an attempt.
const watched = 'urgent,attention,routine'

/** The log of events, newest first, page by page. */
export const eventLogQuery = ({ level, ...filter }: EventFilter) =>
  infiniteQueryOptions({
    queryKey: [...keys.events, 'log', { ...filter, level }],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        http.GET('/api/events/history', {
          params: {
            query: { ...filter, level: level ?? watched, newest: true, limit: eventPage, cursor: pageParam },
          },
          signal,
        }),
      ),
    getNextPageParam: page => page.next_cursor ?? undefined,
  })

const mostAttemptEvents = 500

/** When agents began and ended their attempts, newest first; as far back as one page reaches. */
export const attemptEventsQuery = queryOptions({
  queryKey: [...keys.events, 'attempts'],
  queryFn: async ({ signal }) =>
    (
      await unwrap(
        http.GET('/api/events/history', {
          params: {
            query: { kind: 'attempt_started,attempt_ended', newest: true, limit: mostAttemptEvents },
          },
          signal,
        }),
      )
    ).items,
})

export interface Today {
  created: number
  done: number
  failed: number
  reviews: number
  attempts: number
  /** The newest event that is counted. */
  upTo: number
}

const counted: readonly EventKind[] = [
  'task_created',
  'task_status_changed',
  'review_submitted',
  'attempt_ended',
]
const nothing: Today = { created: 0, done: 0, failed: 0, reviews: 0, attempts: 0, upTo: 0 }

const target = ({ payload }: BoardEvent): unknown =>
  typeof payload === 'object' && payload !== null ? Reflect.get(payload, 'to') : undefined

/** The numbers with these events added. */
export function addUp(before: Today, events: readonly BoardEvent[]): Today {
  const after = { ...before }
  for (const event of events) {
    after.upTo = Math.max(after.upTo, event.id)
    if (event.kind === 'task_created') after.created += 1
    else if (event.kind === 'review_submitted') after.reviews += 1
    else if (event.kind === 'attempt_ended') after.attempts += 1
    else if (event.kind === 'task_status_changed' && target(event) === 'done') after.done += 1
    else if (event.kind === 'task_status_changed' && target(event) === 'failed') after.failed += 1
  }
  return after
}

const countPage = 500
const mostPages = 10

/** What happened since midnight here. The first reading goes back page by page, each later one only adds what is new. */
export const todayQuery = (midnight: number) =>
  queryOptions({
    queryKey: [...keys.events, 'today', midnight],
    queryFn: async ({ client, queryKey, signal }) => {
      const read = async (query: { newest?: boolean; after?: number; cursor?: string | undefined }) =>
        unwrap(
          http.GET('/api/events/history', {
            params: { query: { kind: counted.join(','), limit: countPage, ...query } },
            signal,
          }),
        )
      const before = client.getQueryData<Today>(queryKey)
      let sum = before ?? nothing
      let cursor: string | undefined
      for (let page = 0; page < mostPages; page++) {
        const answer = before ? await read({ after: sum.upTo }) : await read({ newest: true, cursor })
        const today = answer.items.filter(event => new Date(event.at).getTime() >= midnight)
        sum = addUp(sum, today)
        cursor = answer.next_cursor ?? undefined
        const over = before ? answer.items.length === 0 : today.length < answer.items.length
        if (over || !cursor) break
      }
      return sum
    },
  })
