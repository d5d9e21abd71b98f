/** What component tests share: a page with queries and words around the component, and a server that answers as told. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterContextProvider,
} from '@tanstack/react-router'
import { render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { vi } from 'vitest'

import type { Script, ScriptProblem, Task } from '@/api/client'

export function show(component: ReactNode, around: (inner: ReactNode) => ReactNode = inner => inner) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  return render(component, {
    wrapper: ({ children }) => <QueryClientProvider client={client}>{around(children)}</QueryClientProvider>,
  })
}

/** The same for what has links in it. */
export function showWithLinks(component: ReactNode) {
  const router = createRouter({ routeTree: createRootRoute(), history: createMemoryHistory() })
  return show(component, inner => <RouterContextProvider router={router}>{inner}</RouterContextProvider>)
}

/** An answer that is no success. */
export interface Answer {
  status: number
  body: unknown
}

const isAnswer = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && 'status' in value && 'body' in value

/** Answers each request by its path and method, with a body or a whole answer; gives the requests back. */
export function serverAnswersBy(answer: (url: string, method: string) => unknown) {
  const requests: { url: string; body: unknown }[] = []
  vi.stubGlobal('fetch', async (request: Request) => {
    const text = await request.text()
    const url = new URL(request.url).pathname
    requests.push({ url, body: text ? JSON.parse(text) : undefined })
    const given = answer(url, request.method)
    const { status, body } = isAnswer(given) ? given : { status: 200, body: given }
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
  })
  return requests
}

/** Answers every request with this; gives the requests back. */
export const serverAnswers = (status: number, body: unknown) => serverAnswersBy(() => ({ status, body }))

const at = '2026-01-01T00:00:00.000Z'

/** A pending task, with whatever the test is about changed. */
export const aTask = (more: Partial<Task> = {}): Task => ({
  id: 't-1',
  project: 'demo',
  title: 'Count the words',
  description: '',
  usage: { tokens_in: 0, tokens_out: 0, tokens_cached: 0, cost_micros: 0 },
  status: 'pending',
  status_since: at,
  resumed_from: null,
  claimed_at: null,
  started_at: null,
  completed_at: null,
  fence: 0,
  round: 0,
  retry_count: 0,
  assignee: null,
  created_by: 'human',
  priority: 5,
  task_type: 'general',
  risk_level: 'medium',
  must_haves: { truths: [], artifacts: [], key_links: [] },
  depends_on: [],
  parent: null,
  owner: null,
  attempt: null,
  trigger: 'execute',
  review_phase: null,
  dispatch_count: 0,
  gate: null,
  gate_waits_for: [],
  blocked_on: null,
  escalated_to: null,
  reason: null,
  summary: null,
  not_before: null,
  created_at: at,
  updated_at: at,
  revision: 1,
  comments_count: 0,
  outputs_count: 0,
  reviews_count: 0,
  subtasks_count: 0,
  ...more,
})

/** The built-in `tick`, with whatever the test is about changed. */
export const aScript = (more: Partial<Script> = {}): Script => ({
  name: 'tick',
  level: 'built-in',
  path: 'built-in/tick.rhai',
  hash: 'h0',
  source: null,
  refused_source: null,
  ...more,
})

/** A fault of the root's `tick`. */
export const aFault = (more: Partial<ScriptProblem> = {}): ScriptProblem => ({
  file: 'scripts/tick.rhai',
  line: 2,
  column: 11,
  function: null,
  message: 'unexpected ";"',
  expected: null,
  ...more,
})
