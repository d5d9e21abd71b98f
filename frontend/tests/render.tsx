/** What component tests share: a page with queries and words around the component, and a server that answers as told. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { vi } from 'vitest'

import type { Task } from '@/api/client'
import { TooltipProvider } from '@/ui/Tooltip'

export function show(component: ReactNode) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  return render(
    <QueryClientProvider client={client}>
      <TooltipProvider>{component}</TooltipProvider>
    </QueryClientProvider>,
  )
}

/** Answers every request with this; gives the requests back. */
export function serverAnswers(status: number, body: unknown) {
  const requests: { url: string; body: unknown }[] = []
  vi.stubGlobal('fetch', async (request: Request) => {
    const text = await request.text()
    requests.push({ url: new URL(request.url).pathname, body: text ? JSON.parse(text) : undefined })
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
  })
  return requests
}

const at = '2026-01-01T00:00:00.000Z'

/** A pending task, with whatever the test is about changed. */
export const aTask = (more: Partial<Task> = {}): Task => ({
  id: 't-1',
  project: 'demo',
  title: 'Count the words',
  description: '',
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
