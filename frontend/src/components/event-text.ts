/** Events in the reader's language, as far as their facts allow; else the server's own line. */
import {
  outcomeValues,
  reviewPhaseValues,
  stanceValues,
  statusValues,
  triggerValues,
  verdictValues,
} from '@/api/__generated__/schema'
import type { BoardEvent, EventKind } from '@/api/client'
import { percent } from '@/util/format'
import { said, type Translate } from '@/util/i18n'

type Said = Pick<BoardEvent, 'kind' | 'actor' | 'summary' | 'payload'>

const fact = (event: Said, name: string): unknown =>
  typeof event.payload === 'object' && event.payload !== null ? Reflect.get(event.payload, name) : undefined

const text = (event: Said, name: string): string | undefined => {
  const value = fact(event, name)
  return typeof value === 'string' ? value : undefined
}

const word = <T extends string>(event: Said, name: string, words: readonly T[]): T | undefined =>
  words.find(known => known === fact(event, name))

/** From where to where a task went; nothing when something else about it changed. */
export function moveOf(event: Said) {
  const to = word(event, 'to', statusValues)
  return to && { to, from: word(event, 'from', statusValues), reason: text(event, 'reason') }
}

/** How many issues were accepted, disputed and accepted in part, in words. */
export function stancesIn(event: Said, t: Translate): string {
  const given = fact(event, 'stances')
  const stances: unknown[] = Array.isArray(given) ? given : []
  return stanceValues
    .map(stance => ({ stance, count: stances.filter(one => one === stance).length }))
    .filter(({ count }) => count > 0)
    .map(({ stance, count }) => `${t(`stance.${stance}`)} ${count}`)
    .join(t('list.comma'))
}

/** What else about a task changed. */
export function changeIn(event: Said, t: Translate): string | undefined {
  const phase = word(event, 'review_phase', reviewPhaseValues)
  return phase && t(`phase.${phase}`)
}

type Teller = (event: Said, t: Translate) => string | undefined

const tellers: Partial<Record<EventKind, Teller>> = {
  task_status_changed: (event, t) => {
    const move = moveOf(event)
    if (!move?.from) return changeIn(event, t)
    const [title = ''] = event.summary.split(`: ${move.from} → `)
    const reason = move.reason ? ` (${said(move.reason)})` : ''
    return `${title}: ${t(`status.${move.from}`)} → ${t(`status.${move.to}`)}${reason}`
  },
  attempt_started: (event, t) => {
    const trigger = word(event, 'trigger', triggerValues)
    return (
      trigger &&
      t('event.attemptStarted', { agent: text(event, 'agent') ?? '', trigger: t(`trigger.${trigger}`) })
    )
  },
  attempt_ended: (event, t) => {
    const trigger = word(event, 'trigger', triggerValues)
    const outcome = word(event, 'outcome', outcomeValues)
    if (!trigger || !outcome) return undefined
    const agent = text(event, 'agent') ?? ''
    return t('event.attemptEnded', {
      agent,
      trigger: t(`trigger.${trigger}`),
      outcome: t(`outcome.${outcome}`),
    })
  },
  output_added: (event, t) => {
    const title = text(event, 'title')
    return title && t('event.output', { agent: event.actor, title })
  },
  review_submitted: (event, t) => {
    const verdict = word(event, 'verdict', verdictValues)
    const confidence = fact(event, 'confidence')
    if (!verdict || typeof confidence !== 'number') return undefined
    return t('event.review', {
      agent: event.actor,
      verdict: t(`verdict.${verdict}`),
      share: percent(confidence),
    })
  },
  rebuttal_submitted: (event, t) => t('event.rebuttal', { agent: event.actor, stances: stancesIn(event, t) }),
  escalated: (event, t) => {
    const [to, reason] = [text(event, 'to'), text(event, 'reason')]
    return to && [t('task.decides', { who: to }), reason && said(reason)].filter(Boolean).join(': ')
  },
}

export const eventText = (event: Said, t: Translate): string =>
  tellers[event.kind]?.(event, t) ?? said(event.summary)
