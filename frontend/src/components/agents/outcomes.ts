/** How the latest attempts of each agent ended. */
import type { BoardEvent } from '@/api/client'

export interface Outcomes {
  completed: number
  /** A person or the daemon ended them; nobody's failure. */
  stopped: number
  failed: number
}

const fact = (event: BoardEvent, name: string): unknown =>
  typeof event.payload === 'object' && event.payload !== null ? Reflect.get(event.payload, name) : undefined

const kindOf = (outcome: unknown): keyof Outcomes => {
  if (outcome === 'completed') return 'completed'
  return outcome === 'cancelled' || outcome === 'interrupted' ? 'stopped' : 'failed'
}

export function outcomesOf(events: readonly BoardEvent[]): Map<string, Outcomes> {
  const found = new Map<string, Outcomes>()
  for (const event of events) {
    const agent = fact(event, 'agent')
    if (event.kind !== 'attempt_ended' || typeof agent !== 'string') continue
    const counts = found.get(agent) ?? { completed: 0, stopped: 0, failed: 0 }
    counts[kindOf(fact(event, 'outcome'))] += 1
    found.set(agent, counts)
  }
  return found
}
