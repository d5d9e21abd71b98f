import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Inbox } from 'lucide-react'

import { closedTasksQuery, openTasksQuery, projectsQuery } from '@/api/queries'
import { columns } from '@/components/board'
import { Board } from '@/components/Board'
import { BoardFilters } from '@/components/BoardFilters'
import { useTitle } from '@/hooks/useTitle'
import { Page } from '@/ui/Page'
import { Kbd } from '@/ui/Panel'
import { Empty, Failure, Skeleton } from '@/ui/states'
import { useT } from '@/util/i18n'

const route = getRouteApi('/projects/$project')

export function BoardPage() {
  const t = useT()
  const { project: id } = route.useParams()
  const filter = route.useSearch()
  const navigate = route.useNavigate()
  const { data: projects } = useQuery(projectsQuery)
  const project = projects?.find(known => known.id === id)
  const open = useQuery(openTasksQuery(id))
  const closed = useQuery(closedTasksQuery(id))
  useTitle(project?.name ?? id)

  const error = open.error ?? closed.error
  if (error)
    return <Failure error={error} retry={() => void Promise.all([open.refetch(), closed.refetch()])} />
  const tasks = open.data && closed.data ? [...open.data, ...closed.data] : undefined
  return (
    <Page
      bleed
      title={project?.name ?? id}
      actions={
        <BoardFilters
          filter={filter}
          agents={project?.agents ?? []}
          onChange={next => void navigate({ search: next, replace: true })}
        />
      }
    >
      {tasks === undefined ? (
        <div className="flex gap-3 px-4 py-3" aria-busy>
          {[0, 1, 2, 3].map(index => (
            <Skeleton key={index} className="h-80 w-68 rounded-lg" />
          ))}
        </div>
      ) : tasks.length === 0 ? (
        <Empty icon={<Inbox className="size-6" />} title={t('board.noTasks')} className="pt-24">
          <p>
            {t('board.noTasksHint')} <Kbd>C</Kbd>
          </p>
          <code className="mt-2 block font-mono text-ink-2">
            moziplus blackboard create --project {id} --title …
          </code>
        </Empty>
      ) : (
        <Board columns={columns(tasks, filter)} />
      )}
    </Page>
  )
}
