import { describe, expect, it } from 'vitest'

import type { Mail } from '@/api/client'
import { gist, talksOf, toAnswer } from '@/components/mail/talks'

const aMail = (id: number, more: Partial<Mail> = {}): Mail => ({
  id,
  task: 't-1',
  task_status: 'working',
  conversation: 1,
  in_reply_to: null,
  from: 'dev',
  to: 'human',
  kind: 'request',
  subject: 'Rates',
  body: 'Which?',
  deadline_at: null,
  overdue_at: null,
  answered_by: null,
  read_at: null,
  created_at: '2026-01-01T00:00:00.000Z',
  ...more,
})

it('tells a text in short without its marks', () => {
  expect(gist('There are *two*. Which?')).toBe('There are two. Which?')
  expect(gist('# Report\n\n**12** done\n\n| a | b |\n|---|---|')).toBe('Report 12 done a b')
})

describe('conversations', () => {
  it('gather mails by the first one, and tell what is unread and open', () => {
    const [first, second] = talksOf([
      aMail(3, { conversation: 2, from: 'human', to: 'writer', read_at: null }),
      aMail(2, { from: 'human', to: 'dev', kind: 'inform' }),
      aMail(1, { answered_by: 2, read_at: '2026-01-01T00:00:01.000Z' }),
    ])
    expect(first).toMatchObject({ id: 2, with: 'writer', unread: false, open: true, overdue: false })
    expect(second).toMatchObject({ id: 1, with: 'dev', unread: false, open: false })
  })

  it('are answered to the last word of somebody else', () => {
    const mails = [aMail(1), aMail(2, { from: 'human', to: 'dev' })]
    expect(toAnswer(mails)?.id).toBe(1)
    expect(toAnswer(mails.slice(1))).toBeUndefined()
  })

  it('want nothing from an agent whose task has ended; a person may always answer', () => {
    const sent = { from: 'human', to: 'dev', task_status: 'cancelled' } as const
    expect(talksOf([aMail(1, sent)])[0]?.open).toBe(false)
    expect(talksOf([aMail(1, { task_status: 'done' })])[0]?.open).toBe(true)
  })
})
