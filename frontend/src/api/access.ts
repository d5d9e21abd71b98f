/** Reads of what goes in and out of the house: deliveries, webhooks, keys, provider accounts, space on the disk. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

import { http, unwrap, type DeliveryState } from '@/api/client'
import { keys } from '@/api/queries'

const page = 60
// Tries and receipts make no event.
const lookMs = 4000

export const deliveriesQuery = (state: DeliveryState | undefined) =>
  infiniteQueryOptions({
    queryKey: [...keys.deliveries, state ?? null],
    refetchInterval: lookMs,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        http.GET('/api/deliveries', { params: { query: { state, limit: page, cursor: pageParam } }, signal }),
      ),
    getNextPageParam: answer => answer.next_cursor ?? undefined,
  })

const mostFailed = 60
const failedMs = 15_000

/** The newest messages that could not be delivered. */
export const failedDeliveriesQuery = queryOptions({
  queryKey: [...keys.deliveries, 'newest failed'],
  refetchInterval: failedMs,
  queryFn: async ({ signal }) =>
    (
      await unwrap(
        http.GET('/api/deliveries', { params: { query: { state: 'failed', limit: mostFailed } }, signal }),
      )
    ).items,
})

const shownWebhooks = 30

/** The newest webhooks that came in. */
export const webhooksQuery = queryOptions({
  queryKey: keys.webhooks,
  refetchInterval: lookMs,
  queryFn: async ({ signal }) =>
    (await unwrap(http.GET('/api/webhooks', { params: { query: { limit: shownWebhooks } }, signal }))).items,
})

export const apiKeysQuery = queryOptions({
  queryKey: keys.apiKeys,
  queryFn: async ({ signal }) => (await unwrap(http.GET('/api/keys', { signal }))).items,
})

export const providersQuery = queryOptions({
  queryKey: keys.providers,
  queryFn: async ({ signal }) => (await unwrap(http.GET('/api/providers', { signal }))).items,
})

export const storageQuery = queryOptions({
  queryKey: keys.storage,
  queryFn: ({ signal }) => unwrap(http.GET('/api/daemon/storage', { signal })),
})

/** The channels that the configuration names, as they are written in it. */
export function channelsIn(settings: unknown): string[] {
  const part = (of: unknown, name: string): unknown =>
    typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined
  const notify = part(settings, 'notify')
  const webhooks = part(notify, 'webhooks')
  const names = (Array.isArray(webhooks) ? webhooks : []).map((one: unknown) => part(one, 'name'))
  const desktop = part(notify, 'desktop')
  return [
    ...names.filter(name => typeof name === 'string'),
    ...(part(notify, 'mail') ? ['mail'] : []),
    ...(Array.isArray(desktop) && desktop.length > 0 ? ['desktop'] : []),
  ]
}
