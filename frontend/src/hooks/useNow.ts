import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined

const tick = () => {
  now = Date.now()
  listeners.forEach(listener => listener())
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  if (listeners.size === 1) {
    now = Date.now()
    timer = setInterval(tick, 1000)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) clearInterval(timer)
  }
}

const steps = { second: 1000, minute: 10_000 }

/** The time in milliseconds; one clock for all, and a component renders again only when its step has passed. */
export const useNow = (step: keyof typeof steps): number =>
  useSyncExternalStore(subscribe, () => Math.floor(now / steps[step]) * steps[step])
