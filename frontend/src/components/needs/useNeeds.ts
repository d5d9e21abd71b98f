import { useQueries, useQuery } from '@tanstack/react-query'

import { failedDeliveriesQuery } from '@/api/access'
import { isUnspent, usedUp } from '@/api/budget'
import type { Level, Project, ProjectStatus } from '@/api/client'
import { openMailQuery } from '@/api/mail'
import { jobsQuery } from '@/api/operations'
import {
  agentsQuery,
  blockedTasksQuery,
  checkpointsQuery,
  configQuery,
  eventsQuery,
  openLettersQuery,
  statusQuery,
  troubledTasksQuery,
} from '@/api/queries'
import { gather } from '@/components/needs/needs'
import { seenDeliveries, seenEvents } from '@/components/needs/seen'
import { useNow } from '@/hooks/useNow'
import { useStore } from '@/util/store'

const mostUrgent = 20
const urgentOnly = ['urgent'] as const satisfies Level[]

const isBusy = ({ tasks_summary: tasks }: ProjectStatus) =>
  tasks.pending + tasks.claimed + tasks.working + tasks.review > 0

/** What waits for a person in all projects. */
export function useNeeds(projects: Project[]) {
  const { data: status } = useQuery(statusQuery)
  const of = (project: Project): ProjectStatus | undefined => status?.projects[project.id]
  const hasBlocked = (project: Project) => (of(project)?.tasks_summary.blocked ?? 0) > 0
  const mayBeUsedUp = (project: Project) => {
    const known = of(project)
    return known !== undefined && !isUnspent(known.spent) && isBusy(known)
  }
  const troubled = useQueries({ queries: projects.map(({ id }) => troubledTasksQuery(id)) })
  const checkpoints = useQueries({ queries: projects.map(({ id }) => checkpointsQuery(id)) })
  const letters = useQueries({ queries: projects.map(({ id }) => openLettersQuery(id)) })
  const blocked = useQueries({
    queries: projects.map(project => ({ ...blockedTasksQuery(project.id), enabled: hasBlocked(project) })),
  })
  const configs = useQueries({
    queries: projects.map(project => ({ ...configQuery(project.id), enabled: mayBeUsedUp(project) })),
  })
  const { data: agents } = useQuery({ ...agentsQuery, enabled: projects.some(hasBlocked) })
  const { data: jobs = [] } = useQuery(jobsQuery)
  const { data: urgent = [] } = useQuery(eventsQuery(mostUrgent, urgentOnly))
  const { data: mails = [] } = useQuery(openMailQuery)
  const { data: deliveries = [] } = useQuery(failedDeliveriesQuery)
  const seen = { event: useStore(seenEvents), delivery: useStore(seenDeliveries) }
  const now = useNow('minute')
  const all = [...troubled, ...checkpoints, ...letters]
  return {
    needs: gather({
      projects: projects.map((project, index) => ({
        project,
        troubled: troubled[index]?.data ?? [],
        // Without the agents nobody can say who is silent; what was read before is left alone when nothing is blocked.
        blocked: agents && hasBlocked(project) ? (blocked[index]?.data ?? []) : [],
        checkpoints: checkpoints[index]?.data ?? [],
        letters: letters[index]?.data ?? [],
        usedUp: budgetOf(of(project), mayBeUsedUp(project) ? configs[index]?.data?.settings : undefined),
      })),
      agents: agents ?? [],
      status,
      jobs,
      mails,
      deliveries,
      urgent,
      seen,
      now,
    }),
    pending: all.some(query => query.isPending),
    error: all.find(query => query.error)?.error ?? undefined,
  }
}

const budgetOf = (status: ProjectStatus | undefined, settings: unknown) =>
  status && usedUp(settings, status.spent)
