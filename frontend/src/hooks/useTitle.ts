import { useEffect } from 'react'

/** The title of the browser's tab. */
export function useTitle(title: string | undefined) {
  useEffect(() => {
    document.title = title ? `${title} · moziplus` : 'moziplus'
  }, [title])
}
