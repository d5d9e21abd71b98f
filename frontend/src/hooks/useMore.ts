import { useMemo } from 'react'

interface Paged {
  hasNextPage: boolean
  isFetching: boolean
  fetchNextPage: () => Promise<unknown>
}

/** How the next page of a list is read; nothing while there is none, or while one is on its way. */
export const useMore = ({ hasNextPage, isFetching, fetchNextPage }: Paged): (() => void) | undefined =>
  useMemo(
    () => (hasNextPage && !isFetching ? () => void fetchNextPage() : undefined),
    [hasNextPage, isFetching, fetchNextPage],
  )
