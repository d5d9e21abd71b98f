import { Suspense, useCallback, useState } from 'react'

import type { Task } from '@/api/client'
import { isMove, isSmall, moveInto, type Lane, type Move } from '@/components/board'
import { useTaskMove } from '@/hooks/writes'
import { sayFailed } from '@/ui/toast'
import { lazyPart } from '@/util/lazy-part'

const ActionDialog = lazyPart(() => import('@/components/ActionDialog'), 'ActionDialog')

export type MoveTask = (task: Task, lane: Lane) => void

/** Moves tasks between columns: small moves at once, the others after their questions. */
export function useMoves(project: string, archived: boolean) {
  const { mutate } = useTaskMove(project)
  const [asking, setAsking] = useState<{ task: Task; move: Move }>()
  const move: MoveTask = useCallback(
    (task, lane) => {
      const found = moveInto(lane, task, archived)
      if (!isMove(found)) return
      if (isSmall(found, task)) mutate({ task, ...found }, { onError: sayFailed })
      else setAsking({ task, move: found })
    },
    [archived, mutate],
  )
  const dialog = (
    <Suspense>
      {asking && (
        <ActionDialog
          task={asking.task}
          action={asking.move.action}
          to={asking.move.to}
          onClose={() => setAsking(undefined)}
        />
      )}
    </Suspense>
  )
  return { move, dialog }
}
