/** A typed client of the moziplus HTTP API, for programs other than the dashboard. */
import createClient, { type Client } from 'openapi-fetch'

import type { components, paths } from '../../src/api/__generated__/schema'

export type { components, operations, paths } from '../../src/api/__generated__/schema'
export type Task = components['schemas']['Task']
export type MoziplusEvent = components['schemas']['Event']
export type Problem = components['schemas']['Problem']

export interface Options {
  /** Where the server listens, such as `http://127.0.0.1:8083`. */
  baseUrl: string
  /** The API key, for a server beyond loopback. */
  key?: string
  /** The fencing token of a claim, for an agent that writes on its task. */
  token?: string
  /** Another `fetch`, for tests and proxies. */
  fetch?: typeof fetch
}

/** What the server refused, in its own words. */
export class MoziplusError extends Error {
  readonly status: number
  readonly problem: Problem

  constructor(status: number, problem: Problem) {
    super(problem.detail)
    this.name = 'MoziplusError'
    this.status = status
    this.problem = problem
  }
}

export interface EventsOptions {
  project?: string
  /** Comma list of levels; all but `activity` without it. */
  level?: string
  /** Goes on behind this event. */
  after?: number
  signal?: AbortSignal
}

type Answer<T> = Promise<{ data?: T; error?: unknown; response: Response }>

export interface Moziplus {
  http: Client<paths>
  /** Waits for a call of `http` and gives its data; throws `MoziplusError` for everything else. */
  call: <T>(answer: Answer<T>) => Promise<T>
  /** The events as they happen, each once, over every reconnection. */
  events: (options?: EventsOptions) => AsyncGenerator<MoziplusEvent, void, void>
}

const firstRetryMs = 500
const slowestRetryMs = 10_000

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'error' in body && 'detail' in body

const asError = (status: number, body: unknown) =>
  new MoziplusError(
    status,
    isProblem(body) ? body : { error: 'unexpected', detail: `HTTP ${String(status)}` },
  )

async function call<T>(answer: Answer<T>): Promise<T> {
  const { data, error, response } = await answer
  if (error !== undefined || !response.ok) throw asError(response.status, error)
  return data as T
}

/** The messages of an event stream: their ids and data. Comments, which keep the line open, are left out. */
async function* messages(body: ReadableStream<Uint8Array>): AsyncGenerator<{ id: string; data: string }> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const blocks = (rest + decoder.decode(value, { stream: true }).replaceAll('\r', '')).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const field = (name: string) =>
          block
            .split('\n')
            .filter(line => line.startsWith(`${name}:`))
            .map(line => line.slice(name.length + 1).trimStart())
            .join('\n')
        if (field('data')) yield { id: field('id'), data: field('data') }
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

const pause = (ms: number, signal: AbortSignal | undefined) =>
  new Promise<void>(resolve => {
    const timer = setTimeout(resolve, ms)
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })

export function createMoziplus({ baseUrl, key, token, fetch: send = fetch }: Options): Moziplus {
  const headers: Record<string, string> = {
    ...(key && { authorization: `Bearer ${key}` }),
    ...(token && { 'x-moziplus-token': token }),
  }
  const http = createClient<paths>({ baseUrl, headers, fetch: send })

  async function* events({ project, level, after, signal }: EventsOptions = {}) {
    let last = after === undefined ? '' : String(after)
    let retryMs = firstRetryMs
    while (!signal?.aborted) {
      try {
        const url = new URL('/api/events', baseUrl)
        if (project) url.searchParams.set('project', project)
        if (level) url.searchParams.set('level', level)
        if (last) url.searchParams.set('after', last)
        const response = await send(url, {
          headers: { ...headers, accept: 'text/event-stream' },
          ...(signal && { signal }),
        })
        if (!response.ok) throw asError(response.status, await response.json().catch(() => undefined))
        if (!response.body) return
        for await (const message of messages(response.body)) {
          retryMs = firstRetryMs
          if (message.id) last = message.id
          yield JSON.parse(message.data) as MoziplusEvent
        }
      } catch (error) {
        if (signal?.aborted) return
        // A refusal stays one, however often it is asked; a server that is away comes back.
        if (error instanceof MoziplusError && error.status < 500) throw error
      }
      await pause(retryMs, signal)
      retryMs = Math.min(retryMs * 2, slowestRetryMs)
    }
  }

  return { http, call, events }
}
