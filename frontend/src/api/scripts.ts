/**
 * Reads and tries of policy scripts. A place is a project's id, or nothing for all projects (where job scripts live
 * too); each place has addresses of its own on the server, which look the same from here.
 */
import { keepPreviousData, queryOptions } from '@tanstack/react-query'

import { http, unwrap, type Script, type ScriptReplay, type ScriptSimulation } from '@/api/client'
import { keys } from '@/api/queries'
import { hashOf } from '@/util/hash'

export type Place = string | undefined

/** The policy scripts that come with moziplus: there is always one to fall back to. */
export const shippedScripts = [
  'tick',
  'zombie',
  'outcome',
  'escalation',
  'distillation',
  'guardrail',
  'notify',
  'webhook',
] as const

/** The jobs that come with it. */
export const shippedJobs = [
  'backup',
  'retention',
  'daily_report',
  'skill_upkeep',
  'git_push',
  'restore_drill',
] as const

/** The level of the files that belong to a place. */
export const levelOf = (place: Place): string => (place === undefined ? 'root' : 'project')

/** The scripts in force in a place, the hash of the set, and why the newest change was refused. */
export const scriptsQuery = (place: Place) =>
  queryOptions({
    queryKey: [...keys.scripts, place ?? null],
    queryFn: ({ signal }) =>
      place === undefined
        ? unwrap(http.GET('/api/scripts', { signal }))
        : unwrap(
            http.GET('/api/projects/{project}/scripts', { params: { path: { project: place } }, signal }),
          ),
  })

/** A script, and the hash that a text made from it is saved over: that of its own file, which may not be in force. */
export interface PlacedScript extends Script {
  base: string | undefined
}

/** What a script's own file says, in force or not. */
export const fileText = ({ source, refused_source }: Script): string => refused_source ?? source ?? ''

export const placed = async (script: Script): Promise<PlacedScript> => ({
  ...script,
  base: script.refused_source === null ? script.hash : await hashOf(script.refused_source),
})

const fetchScript = (place: Place, name: string, signal?: AbortSignal) =>
  place === undefined
    ? unwrap(http.GET('/api/scripts/{name}', { params: { path: { name } }, signal: signal ?? null }))
    : unwrap(
        http.GET('/api/projects/{project}/scripts/{name}', {
          params: { path: { project: place, name } },
          signal: signal ?? null,
        }),
      )

export const readScript = async (place: Place, name: string, signal?: AbortSignal) =>
  placed(await fetchScript(place, name, signal))

/** A script in force, with its source, and with what was refused. */
export const scriptQuery = (place: Place, name: string) =>
  queryOptions({
    queryKey: [...keys.scripts, place ?? null, name],
    queryFn: ({ signal }) => readScript(place, name, signal),
  })

/** What a place's own version of a script said before, newest first. */
export const versionsQuery = (place: Place, name: string) =>
  queryOptions({
    queryKey: [...keys.scripts, place ?? null, name, 'versions'],
    queryFn: async ({ signal }) =>
      (
        await (place === undefined
          ? unwrap(http.GET('/api/scripts/{name}/versions', { params: { path: { name } }, signal }))
          : unwrap(
              http.GET('/api/projects/{project}/scripts/{name}/versions', {
                params: { path: { project: place, name } },
                signal,
              }),
            ))
      ).items,
  })

const check = (place: Place, name: string, body: { source?: string }, signal: AbortSignal) =>
  place === undefined
    ? unwrap(http.POST('/api/scripts/{name}/check', { params: { path: { name } }, body, signal }))
    : unwrap(
        http.POST('/api/projects/{project}/scripts/{name}/check', {
          params: { path: { project: place, name } },
          body,
          signal,
        }),
      )

const checkedMs = 60_000

/** What is wrong with a text, were it saved as this script. */
export const checkQuery = (place: Place, name: string, source: string) =>
  queryOptions({
    queryKey: ['script-check', place ?? null, name, source],
    queryFn: async ({ signal }) => (await check(place, name, { source }, signal)).problems,
    placeholderData: keepPreviousData, // Marks stay where they are until the next answer.
    gcTime: checkedMs,
    retry: false,
  })

/** Everything that is wrong with a place's files as they are on disk. `name` is any of its policy scripts. */
export const faultsQuery = (place: Place, name: string) =>
  queryOptions({
    queryKey: [...keys.scripts, place ?? null, 'faults'],
    queryFn: async ({ signal }) => (await check(place, name, {}, signal)).problems,
  })

/** A text to be tried out: whose it would be, and in which project. */
export interface Trial {
  place: Place
  project: string
  name: string
  source: string
}

/** What the text would do now. */
export const simulate = ({ place, project, name, source }: Trial): Promise<ScriptSimulation> =>
  place === undefined
    ? unwrap(
        http.POST('/api/scripts/{name}/simulate', { params: { path: { name } }, body: { source, project } }),
      )
    : unwrap(
        http.POST('/api/projects/{project}/scripts/{name}/simulate', {
          params: { path: { project, name } },
          body: { source },
        }),
      )

/** What the text would have decided otherwise since then; `since` is a time, or how long ago. */
export const replay = ({
  place,
  project,
  name,
  source,
  since,
}: Trial & { since: string }): Promise<ScriptReplay> =>
  place === undefined
    ? unwrap(
        http.POST('/api/scripts/{name}/replay', {
          params: { path: { name } },
          body: { source, since, project },
        }),
      )
    : unwrap(
        http.POST('/api/projects/{project}/scripts/{name}/replay', {
          params: { path: { project, name } },
          body: { source, since },
        }),
      )
