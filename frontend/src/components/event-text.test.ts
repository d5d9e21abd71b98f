import { expect, it } from 'vitest'

import { eventText, moveOf } from '@/components/event-text'
import { translator } from '@/util/i18n'
import { en } from '@/util/i18n/en'
import { zh } from '@/util/i18n/zh'

const [english, chinese] = [translator(en), translator(zh)]

const moved = {
  kind: 'task_status_changed',
  actor: 'policy',
  summary: 'Count: all: review → pending (the review asks for changes)',
  payload: { from: 'review', to: 'pending', reason: 'the review asks for changes' },
} as const

it('says where a task went, in the reader’s language', () => {
  expect(eventText(moved, english)).toBe('Count: all: In review → Pending (the review asks for changes)')
  expect(eventText(moved, chinese)).toBe('Count: all: 评审中 → 待处理 (the review asks for changes)')
  expect(moveOf(moved)?.to).toBe('pending')
})

it('counts the answers of a rebuttal', () => {
  const rebuttal = {
    kind: 'rebuttal_submitted',
    actor: 'writer',
    summary: '',
    payload: { stances: ['ACCEPT', 'REJECT', 'ACCEPT'] },
  } as const
  expect(eventText(rebuttal, english)).toBe('writer answered: Accepted 2, Disputed 1')
})

it('leaves what it does not know to the server', () => {
  const odd = { ...moved, payload: { fields: ['title'] }, summary: 'Count changed' }
  expect(eventText(odd, chinese)).toBe('Count changed')
  expect(
    eventText({ kind: 'daemon_state', actor: 'daemon', summary: 'started', payload: null }, english),
  ).toBe('started')
})
