import { useEffect } from 'react'

type Show = (trigger: HTMLElement) => () => void

const restMs = 350
const againMs = 300

const triggerOf = (target: EventTarget | null) =>
  target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null

/** Listens on the whole page and shows the words of what is hovered or focused; returns how to stop. */
function watch(load: () => Promise<Show>): () => void {
  let trigger: HTMLElement | null = null
  let hide: (() => void) | undefined
  let waiting: ReturnType<typeof setTimeout> | undefined
  let hiddenAt = 0

  const close = () => {
    clearTimeout(waiting)
    trigger = null
    if (!hide) return
    hide()
    hide = undefined
    hiddenAt = performance.now()
  }
  const open = (next: HTMLElement, delay: number) => {
    if (next === trigger) return
    close()
    trigger = next
    waiting = setTimeout(() => {
      void load().then(show => {
        const isWanted = trigger === next && next.isConnected && next.ariaExpanded !== 'true'
        if (isWanted) hide = show(next)
      })
    }, delay)
  }
  // Who goes from button to button reads each without waiting again.
  const patience = () => (performance.now() - hiddenAt < againMs ? 0 : restMs)
  const onOver = (event: PointerEvent) => {
    const next = event.pointerType === 'touch' ? null : triggerOf(event.target)
    if (next) open(next, patience())
    else if (trigger && !trigger.matches(':focus-visible')) close()
  }
  const onFocus = (event: FocusEvent) => {
    const next = triggerOf(event.target)
    if (next?.matches(':focus-visible')) open(next, 0)
  }
  const onKey = (event: KeyboardEvent) => event.key === 'Escape' && close()

  document.addEventListener('pointerover', onOver)
  document.addEventListener('focusin', onFocus)
  document.addEventListener('keydown', onKey)
  for (const name of ['focusout', 'pointerdown', 'scroll'] as const)
    document.addEventListener(name, close, true)
  return () => {
    close()
    document.removeEventListener('pointerover', onOver)
    document.removeEventListener('focusin', onFocus)
    document.removeEventListener('keydown', onKey)
    for (const name of ['focusout', 'pointerdown', 'scroll'] as const)
      document.removeEventListener(name, close, true)
  }
}

/** Where tooltips come from; once, at the root. What places them is loaded with the first. */
export function TooltipLayer() {
  useEffect(() => watch(() => import('@/ui/tooltip-bubble').then(module => module.show)), [])
  return null
}
