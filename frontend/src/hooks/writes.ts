/** Writes to boards and to the daemon. A write answers with the changed object; what shows it is read again at once. */
import { useMutation, useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query'

import { http, unwrap, type NewTask, type Status, type Task } from '@/api/client'
import { keys, type TaskList } from '@/api/queries'
import { placed, type Place } from '@/api/scripts'
import type { TaskAction } from '@/api/task-actions'
import { rereadTogether } from '@/api/touched'
import { useWrite } from '@/hooks/useWrite'

const taskKeys = (p: string, t: string) => [keys.tasks(p), keys.task(p, t)]

export const useCreateTask = () =>
  useWrite(
    ({ project, task }: { project: string; task: NewTask }) =>
      unwrap(http.POST('/api/projects/{project}/tasks', { params: { path: { project } }, body: task })),
    ({ project }) => [keys.tasks(project)],
  )

/** What an action on a task may carry. */
export interface ActionBody {
  reason?: string
  on?: string
  to?: Status
  summary?: string
  budget_tokens?: number
  /** In micro-units. */
  budget_cost?: number
}

export const useTaskAction = (project: string, task: string) =>
  useWrite(
    ({ action, body }: { action: TaskAction; body: ActionBody }) =>
      unwrap(
        http.POST(`/api/projects/{project}/tasks/{task}/${action}`, {
          params: { path: { project, task } },
          body,
        }),
      ),
    () => [...taskKeys(project, task), keys.sessions, keys.checkpoints(project)],
  )

type Pages = InfiniteData<{ items: Task[] }>

/** Puts a task with its coming status where it will stand: out of each list that it leaves, on top where it goes. */
function standIn(client: QueryClient, task: Task) {
  for (const [queryKey, data] of client.getQueriesData<Pages>({ queryKey: keys.taskLists(task.project) })) {
    const { statuses } = queryKey.at(-1) as TaskList
    if (!data) continue
    const pages = data.pages.map(page => ({ ...page, items: page.items.filter(({ id }) => id !== task.id) }))
    const [first, ...rest] = pages
    if (first && statuses.includes(task.status))
      pages.splice(0, pages.length, { ...first, items: [task, ...first.items] }, ...rest)
    client.setQueryData(queryKey, { ...data, pages })
  }
}

/** An action whose end is clear: the board shows it at once, and takes it back when the server refuses. */
export function useTaskMove(project: string) {
  const client = useQueryClient()
  const lists = keys.taskLists(project)
  return useMutation({
    mutationFn: ({ task, action }: { task: Task; action: TaskAction; then: Status }) =>
      unwrap(
        http.POST(`/api/projects/{project}/tasks/{task}/${action}`, {
          params: { path: { project, task: task.id } },
          body: {},
        }),
      ),
    onMutate: async ({ task, then }) => {
      await client.cancelQueries({ queryKey: lists })
      const before = client.getQueriesData<Pages>({ queryKey: lists })
      standIn(client, {
        ...task,
        status: then,
        status_since: new Date().toISOString(),
        resumed_from: then === 'paused' ? task.status : null,
      })
      return before
    },
    onError: (_error, _move, before) => {
      for (const [queryKey, data] of before ?? []) client.setQueryData(queryKey, data)
    },
    onSettled: (_data, _error, { task, then }) => {
      for (const queryKey of [keys.task(project, task.id), keys.status, keys.sessions])
        void client.invalidateQueries({ queryKey })
      void rereadTogether(client, [{ project, task: task.id, statuses: [task.status, then] }])
    },
  })
}

export const useAddComment = (project: string, task: string) =>
  useWrite(
    (comment: { body: string; mentions: string[] }) =>
      unwrap(
        http.POST('/api/projects/{project}/tasks/{task}/comments', {
          params: { path: { project, task } },
          body: { author: 'human', ...comment },
        }),
      ),
    () => taskKeys(project, task),
  )

export const useKillAttempt = () =>
  useWrite(
    (id: string) => unwrap(http.POST('/api/attempts/{id}/kill', { params: { path: { id } }, body: {} })),
    () => [keys.sessions, ['project']],
  )

export const useAnswerCheckpoint = (project: string) =>
  useWrite(
    ({ id, answer }: { id: number; answer: string }) =>
      unwrap(
        http.POST('/api/projects/{project}/checkpoints/{checkpoint}/answer', {
          params: { path: { project, checkpoint: id } },
          body: { answer },
        }),
      ),
    () => [keys.checkpoints(project), keys.tasks(project), ['project', project, 'task']],
  )

export const useSettleLetter = (project: string) =>
  useWrite(
    ({ id, how }: { id: number; how: 'apply' | 'discard' }) =>
      unwrap(
        http.POST(`/api/projects/{project}/dead-letters/{letter}/${how}`, {
          params: { path: { project, letter: id } },
        }),
      ),
    () => [keys.deadLetters(project), keys.tasks(project), ['project', project, 'task']],
  )

export const useTicker = () =>
  useWrite(
    (verb: 'start' | 'stop' | 'tick') => unwrap(http.POST(`/api/daemon/${verb}`)),
    () => [keys.status],
  )

/** Logs at another level until the next start; without one, at that of the configuration. */
export const useSetLogLevel = () =>
  useWrite(
    (level: string | undefined) =>
      unwrap(http.PUT('/api/daemon/log-level', { body: { agent: 'human', ...(level && { level }) } })),
    () => [keys.logLevel],
  )

export const useRunJob = () =>
  useWrite(
    (name: string) => unwrap(http.POST('/api/jobs/{name}/run', { params: { path: { name } } })),
    () => [keys.jobs],
  )

export interface SkillChange {
  skill: string
  verb: 'approve' | 'deprecate' | 'rollback'
  /** The project whose own skill is meant. */
  project: string | undefined
  version?: number | undefined
}

export const useSkillChange = (shownFor: string) =>
  useWrite(
    ({ skill, verb, project, version }: SkillChange) =>
      unwrap(
        http.POST(`/api/skills/{skill}/${verb}`, {
          params: { path: { skill } },
          body: {
            agent: 'human',
            ...(project !== undefined && { project }),
            ...(version !== undefined && { version }),
          },
        }),
      ),
    () => [[...keys.skills, shownFor]],
  )

export const useBackUp = () =>
  useWrite(
    (project: string | undefined) => unwrap(http.POST('/api/backups', { body: project ? { project } : {} })),
    () => [keys.backups],
  )

/** Reads a copy as if it were restored; changes nothing. */
export const useVerifyBackup = () =>
  useMutation({
    mutationFn: (backup: string) =>
      unwrap(http.POST('/api/backups/{backup}/verify', { params: { path: { backup } } })),
  })

export const useRestoreBackup = () =>
  useWrite(
    ({ backup, project }: { backup: string; project: string }) =>
      unwrap(
        http.POST('/api/backups/{backup}/restore', {
          params: { path: { backup } },
          body: { project, force: true },
        }),
      ),
    () => [[]],
  )

/** Saves a script in a place. `base_hash` names the text that it was made from: somebody else's is not overwritten. */
export const useSaveScript = (place: Place, name: string) =>
  useWrite(
    async (text: { source: string; base_hash?: string }) =>
      placed(
        await (place === undefined
          ? unwrap(http.PUT('/api/scripts/{name}', { params: { path: { name } }, body: text }))
          : unwrap(
              http.PUT('/api/projects/{project}/scripts/{name}', {
                params: { path: { project: place, name } },
                body: text,
              }),
            )),
      ),
    () => [keys.scripts],
  )

/** Takes a place's own version of a script away. */
export const useDropScript = (place: Place, name: string) =>
  useWrite(
    () =>
      place === undefined
        ? unwrap(http.DELETE('/api/scripts/{name}', { params: { path: { name } }, body: {} }))
        : unwrap(
            http.DELETE('/api/projects/{project}/scripts/{name}', {
              params: { path: { project: place, name } },
              body: {},
            }),
          ),
    () => [keys.scripts],
  )
