import { useCallback, useSyncExternalStore } from 'react'

/** Whether a media query holds, followed live. */
export function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = matchMedia(query)
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches)
}

const phoneWidth = '(max-width: 767px)'

/** True below the width at which the sidebar appears. */
export const useIsPhone = (): boolean => useMediaQuery(phoneWidth)

/** The same for a moment's question, outside of a component. */
export const isPhone = (): boolean => matchMedia(phoneWidth).matches
