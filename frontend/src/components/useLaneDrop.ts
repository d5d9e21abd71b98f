import { useCallback } from 'react'

import type { Task } from '@/api/client'
import { isMove, laneOf, moveInto, type Lane } from '@/components/board'
import type { BoardFrame } from '@/components/useLane'
import { useDropTarget } from '@/hooks/useDrag'

/** Lets a dragged task in where it may go; says how the column looks meanwhile. */
export function useLaneDrop({ move, archived }: BoardFrame, lane: Lane, dragged: Task | undefined) {
  const takes = useCallback((task: Task) => isMove(moveInto(lane, task, archived)), [lane, archived])
  const drop = useCallback((task: Task) => move(task, lane), [lane, move])
  const { over, attach } = useDropTarget(takes, drop)
  const foreign = dragged !== undefined && laneOf(dragged.status) !== lane
  const open = foreign && takes(dragged)
  return { attach, over, open, closed: foreign && !open }
}
