/** Every read of the dashboard, by name. Keys are made here and nowhere else; `events.ts` invalidates by their heads. */
import { queryOptions } from '@tanstack/react-query'

import { asApiError, http, unwrap, type Level, type Output, type Status, type Task } from '@/api/client'
import { serverLinks } from '@/util/links'

export const keys = {
  status: ['status'],
  sessions: ['sessions'],
  agents: ['agents'],
  projects: ['projects'],
  events: ['events'],
  scripts: ['scripts'],
  project: (p: string) => ['project', p],
  tasks: (p: string) => ['project', p, 'tasks'],
  task: (p: string, t: string) => ['project', p, 'task', t],
  checkpoints: (p: string) => ['project', p, 'checkpoints'],
  deadLetters: (p: string) => ['project', p, 'dead-letters'],
} as const

export const statusQuery = queryOptions({
  queryKey: keys.status,
  queryFn: ({ signal }) => unwrap(http.GET('/api/daemon/status', { signal })),
  refetchInterval: 15_000, // Ages and the last tick move without an event.
})

export const sessionsQuery = queryOptions({
  queryKey: keys.sessions,
  queryFn: async ({ signal }) => (await unwrap(http.GET('/api/daemon/sessions', { signal }))).items,
})

export const agentsQuery = queryOptions({
  queryKey: keys.agents,
  queryFn: async ({ signal }) => (await unwrap(http.GET('/api/agents', { signal }))).items,
})

export const projectsQuery = queryOptions({
  queryKey: keys.projects,
  queryFn: async ({ signal }) => (await unwrap(http.GET('/api/projects', { signal }))).items,
})

const pageSize = 500
const mostPages = 4
const recent = 60

const openStatuses = ['pending', 'claimed', 'working', 'review', 'blocked', 'paused', 'escalated'] as const
const closedStatuses = ['done', 'failed', 'cancelled'] as const

const tasksPage = (
  project: string,
  query: { status: string; limit: number; sort?: 'updated'; cursor?: string | undefined },
  signal: AbortSignal,
) => unwrap(http.GET('/api/projects/{project}/tasks', { params: { path: { project }, query }, signal }))

async function allTasks(project: string, statuses: readonly Status[], signal: AbortSignal): Promise<Task[]> {
  const tasks: Task[] = []
  let cursor: string | undefined
  for (let page = 0; page < mostPages; page++) {
    const answer = await tasksPage(project, { status: statuses.join(','), limit: pageSize, cursor }, signal)
    tasks.push(...answer.items)
    cursor = answer.next_cursor ?? undefined
    if (!cursor) break
  }
  return tasks
}

/** The open tasks of a project, up to 2,000. */
export const openTasksQuery = (project: string) =>
  queryOptions({
    queryKey: [...keys.tasks(project), 'open'],
    queryFn: ({ signal }) => allTasks(project, openStatuses, signal),
  })

/** What was finished, given up or called off last. */
export const closedTasksQuery = (project: string) =>
  queryOptions({
    queryKey: [...keys.tasks(project), 'closed'],
    queryFn: async ({ signal }) => {
      const pages = await Promise.all(
        closedStatuses.map(status =>
          tasksPage(project, { status, limit: recent, sort: 'updated' as const }, signal),
        ),
      )
      return pages.flatMap(page => page.items)
    },
  })

/** The tasks of a project that wait for somebody's decision. */
export const troubledTasksQuery = (project: string) =>
  queryOptions({
    queryKey: [...keys.tasks(project), 'troubled'],
    queryFn: ({ signal }) => allTasks(project, ['escalated', 'failed'], signal),
  })

/** A task with everything that was written on it. */
export const taskQuery = (project: string, task: string) =>
  queryOptions({
    queryKey: keys.task(project, task),
    queryFn: ({ signal }) =>
      unwrap(
        http.GET('/api/projects/{project}/tasks/{task}', {
          params: { path: { project, task }, query: { expand: 'all' } },
          signal,
        }),
      ),
  })

export const rebuttalsQuery = (project: string, task: string) =>
  queryOptions({
    queryKey: [...keys.task(project, task), 'rebuttals'],
    queryFn: async ({ signal }) =>
      (
        await unwrap(
          http.GET('/api/projects/{project}/tasks/{task}/rebuttals', {
            params: { path: { project, task } },
            signal,
          }),
        )
      ).items,
  })

const explainMs = 15_000

/** Why a task is where it is. Slots, agents and providers of others count too, so it is asked again now and then. */
export const explainQuery = (project: string, task: string) =>
  queryOptions({
    queryKey: [...keys.task(project, task), 'explain'],
    refetchInterval: explainMs,
    queryFn: ({ signal }) =>
      unwrap(
        http.GET('/api/projects/{project}/tasks/{task}/explain', {
          params: { path: { project, task } },
          signal,
        }),
      ),
  })

export const checkpointsQuery = (project: string) =>
  queryOptions({
    queryKey: keys.checkpoints(project),
    queryFn: async ({ signal }) =>
      (
        await unwrap(
          http.GET('/api/projects/{project}/checkpoints', { params: { path: { project } }, signal }),
        )
      ).items,
  })

export const deadLettersQuery = (project: string) =>
  queryOptions({
    queryKey: keys.deadLetters(project),
    queryFn: async ({ signal }) =>
      (
        await unwrap(
          http.GET('/api/projects/{project}/dead-letters', { params: { path: { project } }, signal }),
        )
      ).items,
  })

/** How much of a file is read for a preview. */
export const previewBytes = 200_000

/** The beginning of an output's file as text. The hash is part of the key: a changed file is another one. */
export const outputTextQuery = (project: string, output: Output) =>
  queryOptions({
    queryKey: ['output', project, output.id, output.sha256],
    staleTime: Infinity,
    queryFn: async ({ signal }) => {
      const response = await fetch(serverLinks.output(project, output.task, output.id), {
        headers: { range: `bytes=0-${previewBytes - 1}` },
        signal,
      })
      if (response.status === 416) return '' // An empty file has no first byte.
      if (!response.ok) throw asApiError(response.status, await response.json().catch(() => undefined))
      return response.text()
    },
  })

/** A task without what was written on it: for links to it. */
export const taskBriefQuery = (project: string, task: string) =>
  queryOptions({
    queryKey: [...keys.task(project, task), 'brief'],
    queryFn: ({ signal }) =>
      unwrap(
        http.GET('/api/projects/{project}/tasks/{task}', { params: { path: { project, task } }, signal }),
      ),
  })

export interface EventFilter {
  project?: string | undefined
  level?: Level | undefined
}

const mostEvents = 300

// Agent output has its own place, the log of an attempt.
const watched = 'urgent,attention,routine'

/** The newest events, newest first. */
export const eventsQuery = ({ limit = mostEvents, ...filter }: EventFilter & { limit?: number }) =>
  queryOptions({
    queryKey: [...keys.events, filter, limit],
    queryFn: async ({ signal }) =>
      (
        await unwrap(
          http.GET('/api/events/history', {
            params: { query: { ...filter, level: filter.level ?? watched, newest: true, limit } },
            signal,
          }),
        )
      ).items,
  })

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** The confidence below which somebody else decides, as it is configured for a project. */
export const thresholdQuery = (project: string) =>
  queryOptions({
    queryKey: [...keys.project(project), 'threshold'],
    queryFn: async ({ signal }) => {
      const { settings } = await unwrap(http.GET('/api/config', { params: { query: { project } }, signal }))
      const review = isRecord(settings) && isRecord(settings.review) ? settings.review : {}
      return typeof review.confidence_threshold === 'number' ? review.confidence_threshold : undefined
    },
  })
