import { useEffect } from 'react'

/** Keys to actions. A key is one character, two in a row such as `g b`, or one with Ctrl or Command: `mod+k`. */
export type Shortcuts = Record<string, (() => void) | undefined>

const pairMs = 900

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))

const dialogIsOpen = () => document.querySelector('[role=dialog], [role=alertdialog], [role=menu]') !== null

/** Listens for shortcuts while mounted; never while somebody types or a dialog is open. */
export function useShortcuts(shortcuts: Shortcuts) {
  useEffect(() => {
    let first = ''
    let firstAt = 0
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey) return
      if (event.metaKey || event.ctrlKey) {
        const command = event.shiftKey || dialogIsOpen() ? undefined : shortcuts[`mod+${event.key}`]
        if (!command) return
        event.preventDefault()
        command()
        return
      }
      if (isTyping(event.target) || dialogIsOpen()) return
      const pair = event.timeStamp - firstAt < pairMs ? `${first} ${event.key}` : ''
      const action = shortcuts[pair] ?? shortcuts[event.key]
      first = event.key
      firstAt = event.timeStamp
      if (!action) return
      event.preventDefault()
      first = ''
      action()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [shortcuts])
}
