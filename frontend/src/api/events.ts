/**
 * The live wire. Events say *what* changed and never carry data to the screen: each marks queries as out of date, and
 * those on screen are read again. When the wire is down, everything on screen is polled instead.
 */
import type { QueryClient, QueryKey } from '@tanstack/react-query'

import { eventKindValues } from '@/api/__generated__/schema'
import type { BoardEvent } from '@/api/client'
import { rereadTogether, touchedBy, type Changed, type Touched } from '@/api/touched'
import { createStore } from '@/util/store'

/** `live`: events arrive. `connecting`: not yet, or again. `polling`: for a while not, so we ask every few seconds. */
export type WireState = 'connecting' | 'live' | 'polling'

export interface Wire {
  state: WireState
  /** When the state was entered, in milliseconds. */
  since: number
}

const pollMs = 4000
const patienceMs = 3000 // A reload of the server should not flash a warning.
const firstRetryMs = 500
const slowestRetryMs = 8000
const restMs = 30_000 // A browser opens six connections to a host: tabs that nobody looks at give theirs back.
const breathMs = 80 // Events of one transaction come together; one read serves them all.

export const wire = createStore<Wire>({ state: 'connecting', since: Date.now() })

const enter = (state: WireState) => {
  if (wire.get().state !== state) wire.set({ state, since: Date.now() })
}

/** Collects what is out of date and has it read again, one round at a time, so that a storm cannot starve a read. */
function invalidator(client: QueryClient) {
  let waiting = new Map<string, QueryKey>()
  let changed = new Map<string, Changed>()
  let everything = false
  let running = false
  const collect = (task: Changed) => {
    const name = `${task.project}/${task.task}`
    const before = changed.get(name)?.statuses ?? []
    changed.set(name, { ...task, statuses: [...before, ...task.statuses] })
  }
  const run = async () => {
    running = true
    await new Promise(resolve => setTimeout(resolve, breathMs))
    while (everything || waiting.size + changed.size > 0) {
      const heads = everything ? [[]] : [...waiting.values()]
      const lists = everything ? [] : [...changed.values()]
      waiting = new Map()
      changed = new Map()
      everything = false
      await Promise.allSettled([
        ...heads.map(queryKey => client.invalidateQueries({ queryKey })),
        rereadTogether(client, lists),
      ])
    }
    running = false
  }
  return (touched: Touched | undefined) => {
    if (touched) {
      touched.keys.forEach(key => waiting.set(JSON.stringify(key), key))
      if (touched.changed) collect(touched.changed)
    } else everything = true
    if (!running) void run()
  }
}

/** Opens the wire and keeps it open. Returns how to close it. */
export function connect(client: QueryClient): () => void {
  const invalidate = invalidator(client)
  let source: EventSource | undefined
  let lastId = ''
  let retryMs = firstRetryMs
  let retry: ReturnType<typeof setTimeout> | undefined
  let poll: ReturnType<typeof setInterval> | undefined
  let impatience: ReturnType<typeof setTimeout> | undefined
  let rest: ReturnType<typeof setTimeout> | undefined

  const onEvent = (message: MessageEvent<string>) => {
    if (message.lastEventId) lastId = message.lastEventId
    try {
      invalidate(touchedBy(JSON.parse(message.data) as BoardEvent))
    } catch {
      invalidate(undefined) // Not an event that we understand: read everything again.
    }
  }

  const onOpen = () => {
    clearTimeout(impatience)
    clearInterval(poll)
    impatience = poll = undefined
    retryMs = firstRetryMs
    enter('live')
    invalidate(undefined) // What happened while the wire was down may have been too long ago to be replayed.
  }

  const onError = () => {
    if (wire.get().state === 'live') enter('connecting')
    impatience ??= setTimeout(() => {
      enter('polling')
      poll ??= setInterval(() => invalidate(undefined), pollMs)
    }, patienceMs)
    if (source?.readyState !== EventSource.CLOSED) return // The browser tries again by itself, with Last-Event-ID.
    clearTimeout(retry)
    retry = setTimeout(open, retryMs)
    retryMs = Math.min(retryMs * 2, slowestRetryMs)
  }

  function open() {
    source?.close()
    source = new EventSource(lastId ? `/api/events?after=${encodeURIComponent(lastId)}` : '/api/events')
    source.onopen = onOpen
    source.onerror = onError
    for (const kind of eventKindValues) source.addEventListener(kind, onEvent)
    source.onmessage = onEvent
  }

  const onVisibility = () => {
    clearTimeout(rest)
    if (document.visibilityState === 'hidden') rest = setTimeout(pause, restMs)
    else if (source?.readyState === EventSource.CLOSED) open()
  }

  function pause() {
    source?.close()
    clearTimeout(retry)
    clearTimeout(impatience)
    clearInterval(poll)
    impatience = poll = undefined
    enter('connecting')
  }

  open()
  // Another network may have broken the stream without a word; one on this machine it leaves alone.
  addEventListener('online', open)
  addEventListener('offline', open)
  document.addEventListener('visibilitychange', onVisibility)
  return () => {
    removeEventListener('online', open)
    removeEventListener('offline', open)
    document.removeEventListener('visibilitychange', onVisibility)
    clearTimeout(rest)
    pause()
  }
}
