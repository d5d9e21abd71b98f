import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Inbox } from 'lucide-react'

import { projectsQuery, statusQuery } from '@/api/queries'
import { isNarrowed, type Filter, type View } from '@/components/board'
import { Board } from '@/components/Board'
import { BoardFilters } from '@/components/BoardFilters'
import { SavedViews } from '@/components/SavedViews'
import { laneQuery } from '@/components/useLane'
import { useDebounced } from '@/hooks/useDebounced'
import { useTitle } from '@/hooks/useTitle'
import { Page } from '@/ui/Page'
import { Kbd } from '@/ui/Panel'
import { Empty, Failure } from '@/ui/states'
import { useT } from '@/util/i18n'

const route = getRouteApi('/projects/$project')
const typingMs = 200

export function BoardPage() {
  const t = useT()
  const { project: id } = route.useParams()
  const view = route.useSearch()
  const navigate = route.useNavigate()
  const q = useDebounced(view.q, typingMs)
  const { data: projects } = useQuery(projectsQuery)
  const { data: status } = useQuery(statusQuery)
  const project = projects?.find(known => known.id === id)
  const asked: Filter = { q: view.q && q, assignee: view.assignee, risk: view.risk }
  const { data, error, refetch } = useInfiniteQuery(laneQuery(id, 'pending', asked))
  useTitle(project?.name ?? id)

  if (error && !data) return <Failure error={error} retry={() => void refetch()} />
  const counts = status?.projects[id]?.tasks_summary
  const empty =
    !isNarrowed(view) &&
    counts !== undefined &&
    data?.pages[0]?.items.length === 0 &&
    Object.values(counts).every(count => count === 0)
  const show = (next: View) => void navigate({ search: next, replace: true })
  return (
    <Page
      bleed
      title={project?.name ?? id}
      actions={
        <BoardFilters key={id} view={view} agents={project?.agents ?? []} onChange={show}>
          <SavedViews project={id} view={view} onChoose={show} />
        </BoardFilters>
      }
    >
      {empty ? (
        <Empty icon={<Inbox className="size-6" />} title={t('board.noTasks')} className="pt-24">
          <p>
            {t('board.noTasksHint')} <Kbd>C</Kbd>
          </p>
          <code className="mt-2 block font-mono text-ink-2">
            moziplus blackboard create --project {id} --title …
          </code>
        </Empty>
      ) : (
        <Board
          key={id}
          project={id}
          view={{ ...asked, by: view.by }}
          archived={project?.status === 'archived'}
        />
      )}
    </Page>
  )
}
