import { useCallback } from 'react'

const ahead = '600px'

/** For an element at the end of a list: calls back when a person has nearly scrolled to it. */
export const useNearEnd = (onNear: (() => void) | undefined) =>
  useCallback(
    (element: HTMLElement | null) => {
      if (!element || !onNear) return undefined
      const root = element.closest('[data-scroll]')
      const watcher = new IntersectionObserver(
        ([entry]) => {
          if (entry?.isIntersecting) onNear()
        },
        { root, rootMargin: ahead },
      )
      watcher.observe(element)
      return () => watcher.disconnect()
    },
    [onNear],
  )
