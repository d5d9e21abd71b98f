/** Dragging tasks by the browser's own drag and drop. */
import {
  draggable,
  dropTargetForElements,
  monitorForElements,
} from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { useCallback, useEffect, useState } from 'react'

import type { Task } from '@/api/client'

type Cleanup = () => void
type Attach = (element: HTMLElement | null) => Cleanup | undefined

/** Makes an element draggable, when there is a task to drag. */
export const useDraggable = (load: Task | undefined): Attach =>
  useCallback(
    element => (element && load ? draggable({ element, getInitialData: () => ({ load }) }) : undefined),
    [load],
  )

/** Makes an element a place to drop tasks that it `takes`. `over` is true while one is above it. */
export function useDropTarget(takes: (load: Task) => boolean, onDrop: (load: Task) => void) {
  const [over, setOver] = useState(false)
  const attach: Attach = useCallback(
    element =>
      element
        ? dropTargetForElements({
            element,
            canDrop: ({ source }) => takes(source.data.load as Task),
            onDragEnter: () => setOver(true),
            onDragLeave: () => setOver(false),
            onDrop: ({ source }) => {
              setOver(false)
              onDrop(source.data.load as Task)
            },
          })
        : undefined,
    [takes, onDrop],
  )
  return { over, attach }
}

/** What is being dragged on the page. */
export function useDragged(): Task | undefined {
  const [load, setLoad] = useState<Task>()
  useEffect(
    () =>
      monitorForElements({
        onDragStart: ({ source }) => setLoad(source.data.load as Task),
        onDrop: () => setLoad(undefined),
      }),
    [],
  )
  return load
}
