import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import { taskListQuery } from '@/api/queries'
import { laneStatuses, orderOf, type Filter, type Lane } from '@/components/board'
import type { MoveTask } from '@/components/useMoves'
import { useMore } from '@/hooks/useMore'

/** What the parts of a board need to know of the whole. */
export interface BoardFrame {
  project: string
  filter: Filter
  archived: boolean
  /** How many tasks stand in a column, as far as that is known without reading them. */
  totals: Partial<Record<Lane, number>>
  /** How many agents may work at once. */
  limit: number | undefined
  move: MoveTask
}

/** The query of a column; the same everywhere, so that it is read once. */
export const laneQuery = (project: string, lane: Lane, filter: Filter) =>
  taskListQuery(project, { statuses: laneStatuses[lane], sort: orderOf(lane), ...filter })

/** The tasks of a column as far as they are loaded, and how to load more when there are more. */
export function useLane(project: string, lane: Lane, filter: Filter) {
  const list = useInfiniteQuery(laneQuery(project, lane, filter))
  const { data, error, refetch, hasNextPage } = list
  const more = useMore(list)
  const tasks = useMemo(() => data?.pages.flatMap(page => page.items), [data])
  return { tasks, error, refetch, hasMore: hasNextPage, more }
}
