import type { Spend } from '@/api/client'
import { tokensOf } from '@/api/spend'
import { compact, money } from '@/util/format'
import { useLanguage } from '@/util/i18n'

export const measures = ['cost', 'tokens'] as const
/** What spending is measured by. */
export type Measure = (typeof measures)[number]

export const amountOf = (spend: Spend, measure: Measure): number =>
  measure === 'cost' ? spend.cost_micros : tokensOf(spend)

/** How an amount is written. */
export function useAmount(measure: Measure): (amount: number) => string {
  const { locale } = useLanguage()
  return amount => (measure === 'cost' ? money(amount, locale) : compact(amount, locale))
}
