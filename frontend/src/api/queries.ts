/** Every read of the dashboard, by name. Keys are made here and nowhere else; `events.ts` invalidates by their heads. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'

import {
  asApiError,
  http,
  unwrap,
  type Level,
  type Output,
  type RiskLevel,
  type Status,
  type Task,
} from '@/api/client'
import { serverLinks } from '@/util/links'

export const keys = {
  status: ['status'],
  sessions: ['sessions'],
  agents: ['agents'],
  projects: ['projects'],
  events: ['events'],
  scripts: ['scripts'],
  config: ['config'],
  jobs: ['jobs'],
  backups: ['backups'],
  experiences: ['experiences'],
  skills: ['skills'],
  mail: ['mail'],
  usage: ['usage'],
  deliveries: ['deliveries'],
  webhooks: ['webhooks'],
  apiKeys: ['api-keys'],
  providers: ['providers'],
  storage: ['storage'],
  trends: ['trends'],
  logLevel: ['log-level'],
  project: (p: string) => ['project', p],
  tasks: (p: string) => ['project', p, 'tasks'],
  taskLists: (p: string) => ['project', p, 'tasks', 'list'],
  task: (p: string, t: string) => ['project', p, 'task', t],
  checkpoints: (p: string) => ['project', p, 'checkpoints'],
  calibration: (p: string) => ['project', p, 'calibration'],
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

const pageSize = 500

export const projectsQuery = queryOptions({
  queryKey: keys.projects,
  // The server's own page is shorter, and the last project is no less there than the first.
  queryFn: async ({ signal }) =>
    (await unwrap(http.GET('/api/projects', { params: { query: { limit: pageSize } }, signal }))).items,
})

const mostPages = 4

const tasksPage = (
  project: string,
  query: { status: string; limit: number; cursor?: string | undefined },
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

/** Which tasks a list shows, and in which order. */
export interface TaskList {
  statuses: readonly Status[]
  sort: 'priority' | 'updated'
  q?: string | undefined
  assignee?: string | undefined
  risk?: RiskLevel | undefined
}

const columnPage = 60

/** A list of tasks, page by page. */
export const taskListQuery = (project: string, list: TaskList) =>
  infiniteQueryOptions({
    queryKey: [...keys.taskLists(project), list],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => {
      const { statuses, ...rest } = list
      const query = { ...rest, status: statuses.join(','), limit: columnPage, cursor: pageParam }
      return unwrap(
        http.GET('/api/projects/{project}/tasks', { params: { path: { project }, query }, signal }),
      )
    },
    getNextPageParam: page => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  })

/** The blocked tasks of a project, as many as a page holds. */
export const blockedTasksQuery = (project: string) =>
  queryOptions({
    queryKey: [...keys.tasks(project), 'all', { statuses: ['blocked'] }],
    queryFn: async ({ signal }) =>
      (await tasksPage(project, { status: 'blocked', limit: pageSize }, signal)).items,
  })

/** The tasks of a project that wait for somebody's decision. */
export const troubledTasksQuery = (project: string) =>
  queryOptions({
    queryKey: [...keys.tasks(project), 'troubled'],
    queryFn: ({ signal }) => allTasks(project, ['escalated', 'failed'], signal),
  })

/** The newest tasks of a project, up to 2,000, open or not: what a graph of dependencies is made from. */
export const graphTasksQuery = (project: string) =>
  queryOptions({
    queryKey: [...keys.tasks(project), 'graph'],
    queryFn: async ({ signal }) => {
      const tasks: Task[] = []
      let cursor: string | undefined
      for (let page = 0; page < mostPages; page++) {
        const query = { limit: pageSize, sort: 'newest' as const, cursor }
        const answer = await unwrap(
          http.GET('/api/projects/{project}/tasks', { params: { path: { project }, query }, signal }),
        )
        tasks.push(...answer.items)
        cursor = answer.next_cursor ?? undefined
        if (!cursor) break
      }
      return tasks
    },
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

/** What an agent would be told that is started on the task now. */
export const promptQuery = (project: string, task: string) =>
  queryOptions({
    queryKey: [...keys.task(project, task), 'prompt'],
    queryFn: ({ signal }) =>
      unwrap(
        http.GET('/api/projects/{project}/tasks/{task}/prompt', {
          params: { path: { project, task } },
          signal,
        }),
      ),
  })

/** The files of a task, compared with those that were judged in the round before. */
export const changesQuery = (project: string, task: string) =>
  queryOptions({
    queryKey: [...keys.task(project, task), 'changes'],
    queryFn: async ({ signal }) =>
      (
        await unwrap(
          http.GET('/api/projects/{project}/tasks/{task}/changes', {
            params: { path: { project, task } },
            signal,
          }),
        )
      ).items,
  })

/** How well each reviewer's confidence fits what became of the verdicts. */
export const calibrationQuery = (project: string) =>
  queryOptions({
    queryKey: keys.calibration(project),
    queryFn: async ({ signal }) =>
      (
        await unwrap(
          http.GET('/api/projects/{project}/calibration', { params: { path: { project } }, signal }),
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

/** The questions of a project that nobody has answered yet. */
export const checkpointsQuery = (project: string) =>
  queryOptions({
    queryKey: keys.checkpoints(project),
    queryFn: async ({ signal }) =>
      (
        await unwrap(
          http.GET('/api/projects/{project}/checkpoints', {
            params: { path: { project }, query: { open: true, limit: pageSize } },
            signal,
          }),
        )
      ).items,
  })

const lettersOf = async (project: string, open: boolean, signal: AbortSignal) =>
  (
    await unwrap(
      http.GET('/api/projects/{project}/dead-letters', {
        params: { path: { project }, query: open ? { open, limit: pageSize } : {} },
        signal,
      }),
    )
  ).items

/** Late writes of a project, newest first. */
export const deadLettersQuery = (project: string) =>
  queryOptions({
    queryKey: keys.deadLetters(project),
    queryFn: ({ signal }) => lettersOf(project, false, signal),
  })

/** The late writes about which nobody has decided. */
export const openLettersQuery = (project: string) =>
  queryOptions({
    queryKey: [...keys.deadLetters(project), 'open'],
    queryFn: ({ signal }) => lettersOf(project, true, signal),
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

/** A task without what was written on it: for its name, and links to it. */
export const taskBriefQuery = (project: string, task: string) =>
  queryOptions({
    queryKey: [...keys.task(project, task), 'brief'],
    queryFn: ({ signal }) =>
      unwrap(
        http.GET('/api/projects/{project}/tasks/{task}', { params: { path: { project, task } }, signal }),
      ),
  })

// Agent output has its own place, the log of an attempt.
const watched: readonly Level[] = ['urgent', 'attention', 'routine']

/** The newest events of some levels, newest first. */
export const eventsQuery = (limit: number, levels: readonly Level[] = watched) =>
  queryOptions({
    queryKey: [...keys.events, 'newest', levels, limit],
    queryFn: async ({ signal }) =>
      (
        await unwrap(
          http.GET('/api/events/history', {
            params: { query: { level: levels.join(','), newest: true, limit } },
            signal,
          }),
        )
      ).items,
  })

const experiencePage = 60

/** Lessons of a project, newest first, page by page. */
export const experiencesQuery = (project: string, tag: string | undefined) =>
  infiniteQueryOptions({
    queryKey: [...keys.experiences, project, tag ?? null],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        http.GET('/api/projects/{project}/experiences', {
          params: { path: { project }, query: { tag, limit: experiencePage, cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: page => page.next_cursor ?? undefined,
  })

/** The skills that hold for a project, and what is broken among them. */
export const skillsQuery = (project: string) =>
  queryOptions({
    queryKey: [...keys.skills, project],
    queryFn: ({ signal }) =>
      unwrap(http.GET('/api/projects/{project}/skills', { params: { path: { project } }, signal })),
  })

export const skillQuery = (project: string, skill: string) =>
  queryOptions({
    queryKey: [...keys.skills, project, skill],
    queryFn: ({ signal }) =>
      unwrap(
        http.GET('/api/projects/{project}/skills/{skill}', { params: { path: { project, skill } }, signal }),
      ),
  })

const mostHits = 12

/** Tasks of all projects with a text. */
export const searchQuery = (text: string) =>
  queryOptions({
    queryKey: ['search', text],
    enabled: text.length > 0,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) =>
      (await unwrap(http.GET('/api/search', { params: { query: { q: text, limit: mostHits } }, signal })))
        .items,
  })

/** The configuration in force, with the origin of each value; a project's view of it when one is named. */
export const configQuery = (project?: string) =>
  queryOptions({
    queryKey: [...keys.config, project ?? null],
    queryFn: ({ signal }) =>
      unwrap(http.GET('/api/config', { params: { query: project ? { project } : {} }, signal })),
  })

/** A value of the settings by its sections; nothing when it is not a number. */
export function numberAt(settings: unknown, ...path: string[]): number | undefined {
  let found = settings
  for (const name of path)
    found = typeof found === 'object' && found !== null ? Reflect.get(found, name) : undefined
  return typeof found === 'number' ? found : undefined
}
