/** Which ceiling of `budget:` is in the way of a whole project. Mirrors `used_up` in the server's `src/config/budget.rs`. */
import type { ProjectStatus, Spend } from '@/api/client'

const ceilings = [
  { key: 'project_tokens', of: 'project', in: 'tokens' },
  { key: 'project_cost', of: 'project', in: 'cost' },
  { key: 'day_tokens', of: 'day', in: 'tokens' },
  { key: 'day_cost', of: 'day', in: 'cost' },
] as const

type Ceiling = (typeof ceilings)[number]

export interface UsedUp {
  key: Ceiling['key']
  /** A budget of a day begins anew with the next one, in UTC. */
  of: Ceiling['of']
  in: Ceiling['in']
  spent: number
  allowed: number
}

const tokens = ({ tokens_in, tokens_out }: Spend) => tokens_in + tokens_out

/** Nothing was spent, so that no ceiling can be reached and the settings need not be read. */
export const isUnspent = ({ total }: ProjectStatus['spent']): boolean =>
  tokens(total) === 0 && total.cost_micros === 0

const part = (of: unknown, name: string): unknown =>
  typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined

/** The first ceiling that was reached, by the settings of the project; nobody is started in it then. */
export function usedUp(settings: unknown, spent: ProjectStatus['spent']): UsedUp | undefined {
  const budget = part(settings, 'budget')
  for (const ceiling of ceilings) {
    const allowed = part(budget, ceiling.key)
    const spend = ceiling.of === 'day' ? spent.today : spent.total
    const sum = ceiling.in === 'cost' ? spend.cost_micros : tokens(spend)
    if (typeof allowed === 'number' && sum >= allowed) return { ...ceiling, spent: sum, allowed }
  }
  return undefined
}
