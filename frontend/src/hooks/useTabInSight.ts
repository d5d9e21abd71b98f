import { useEffect, useRef } from 'react'

/** For a list of tabs that scrolls sideways: brings the chosen one into sight, and moves nothing else. */
export function useTabInSight<List extends HTMLElement>(chosen: string) {
  const list = useRef<List>(null)
  useEffect(() => {
    const tab = list.current?.querySelector<HTMLElement>('[role=tab][data-state=active], [aria-current=page]')
    if (!list.current || !tab) return
    const [from, to] = [list.current.getBoundingClientRect(), tab.getBoundingClientRect()]
    if (to.left < from.left || to.right > from.right)
      list.current.scrollLeft += to.left - from.left - (from.width - to.width) / 2
  }, [chosen])
  return list
}
