/** How the daemon's figures moved since this page was opened: each answer about its status is kept as a sample. */
import type { QueryClient } from '@tanstack/react-query'

import type { DaemonStatus } from '@/api/client'
import { keys } from '@/api/queries'
import { createStore } from '@/util/store'

export interface Sample {
  /** When, in milliseconds. */
  at: number
  sessions: number
  tickMs: number
  inbox: number
  open: number
  /** Events in the second before, on average since the last sample. */
  events: number
  databaseBytes: number
}

const most = 1440
const apartMs = 5000

export const samples = createStore<readonly Sample[]>([])

const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0)

let lastEventId = 0

/** A status as a sample; nothing while the last one is fresh. */
export function sampleOf(status: DaemonStatus, at: number, last: Sample | undefined): Sample | undefined {
  if (last && at - last.at < apartMs) return undefined
  const projects = Object.values(status.projects)
  const isOpen = ([word]: [string, number]) => !['done', 'failed', 'cancelled'].includes(word)
  return {
    at,
    sessions: status.active_sessions,
    tickMs: status.tick_duration_ms,
    inbox: status.inbox_pending,
    open: sum(
      projects.flatMap(({ tasks_summary: counts }) =>
        Object.entries(counts)
          .filter(isOpen)
          .map(([, count]) => count),
      ),
    ),
    events: last ? Math.max(0, ((status.last_event_id - lastEventId) * 1000) / (at - last.at)) : 0,
    databaseBytes: sum(projects.map(project => project.db_size_bytes)),
  }
}

/** Keeps samples from now on. */
export const keepSamples = (client: QueryClient) =>
  client.getQueryCache().subscribe(({ type, query }) => {
    const [head] = query.queryKey as readonly unknown[]
    if (type !== 'updated' || head !== keys.status[0] || query.state.status !== 'success') return
    const status = query.state.data as DaemonStatus
    const sample = sampleOf(status, query.state.dataUpdatedAt, samples.get().at(-1))
    if (!sample) return
    lastEventId = status.last_event_id
    samples.set([...samples.get(), sample].slice(-most))
  })
