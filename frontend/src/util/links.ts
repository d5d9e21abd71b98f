/** The only place that writes addresses: of pages here, and of what the server offers by plain links. */
import { linkOptions } from '@tanstack/react-router'

export const links = {
  overview: () => linkOptions({ to: '/' }),
  board: (project: string) => linkOptions({ to: '/projects/$project', params: { project } }),
  task: (project: string, task: string, tab?: TaskTab) =>
    linkOptions({
      to: '/projects/$project/tasks/$task',
      params: { project, task },
      search: tab ? { tab } : {},
    }),
  agents: () => linkOptions({ to: '/agents' }),
  events: () => linkOptions({ to: '/events' }),
  mail: (box?: 'inbox' | 'sent' | 'all', mail?: number, want?: 'unread' | 'open') =>
    linkOptions({
      to: '/mail',
      search: { ...(box && { box }), ...(mail && { mail }), ...(want && { want }) },
    }),
  spend: () => linkOptions({ to: '/spend' }),
  operations: (tab?: OperationTab) => linkOptions({ to: '/operations', search: tab ? { tab } : {} }),
  knowledge: (tag?: string, tab?: KnowledgeTab) =>
    linkOptions({ to: '/knowledge', search: { ...(tag && { tag }), ...(tab && { tab }) } }),
  policies: (project?: string, script?: string) =>
    linkOptions({
      to: '/policies',
      search: { ...(project === undefined ? {} : { project }), ...(script === undefined ? {} : { script }) },
    }),
}

export const taskTabs = [
  'thread',
  'discussion',
  'outputs',
  'checks',
  'reviews',
  'attempts',
  'timeline',
  'graph',
  'prompt',
  'notes',
] as const
export type TaskTab = (typeof taskTabs)[number]

export const operationTabs = [
  'figures',
  'jobs',
  'backups',
  'deliveries',
  'letters',
  'keys',
  'storage',
  'config',
] as const
export type OperationTab = (typeof operationTabs)[number]

export const knowledgeTabs = ['skills', 'lessons'] as const
export type KnowledgeTab = (typeof knowledgeTabs)[number]

const part = encodeURIComponent

export const serverLinks = {
  docs: () => '/api/docs',
  login: (key: string) => `/login?key=${part(key)}`,
  log: (project: string, task: string, attempt: number) =>
    `/api/projects/${part(project)}/tasks/${part(task)}/attempts/${attempt}/log`,
  logStream: (project: string, task: string, attempt: number, offset: number) =>
    `/api/projects/${part(project)}/tasks/${part(task)}/attempts/${attempt}/log/stream?offset=${offset}`,
  output: (project: string, task: string, output: number) =>
    `/api/projects/${part(project)}/tasks/${part(task)}/outputs/${output}/content`,
}
