/** Every write of the dashboard. A write answers with the changed object; what shows it is read again at once. */
import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query'

import { http, unwrap, type NewTask, type Status } from '@/api/client'
import { keys } from '@/api/queries'
import type { Place } from '@/api/scripts'
import type { TaskAction } from '@/api/task-actions'

function useWrite<In, Out>(
  write: (input: In) => Promise<Out>,
  touched: (input: In, output: Out) => readonly QueryKey[],
) {
  const client = useQueryClient()
  return useMutation<Out, Error, In>({
    mutationFn: write,
    onSuccess: (output, input) => {
      for (const queryKey of [...touched(input, output), keys.status])
        void client.invalidateQueries({ queryKey })
    },
  })
}

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

/** Saves a script in a place. `base_hash` names the text that it was made from: somebody else's is not overwritten. */
export const useSaveScript = (place: Place, name: string) =>
  useWrite(
    (text: { source: string; base_hash: string }) =>
      place === undefined
        ? unwrap(http.PUT('/api/scripts/{name}', { params: { path: { name } }, body: text }))
        : unwrap(
            http.PUT('/api/projects/{project}/scripts/{name}', {
              params: { path: { project: place, name } },
              body: text,
            }),
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
