import { expect, it } from 'vitest'

import type { Comment, CommentType, Decision } from '@/api/client'
import { isDiscussed, roundsOf } from '@/components/discussion'

const minute = (n: number) => `2026-01-01T00:${String(n).padStart(2, '0')}:00.000Z`
const said = (
  id: number,
  author: string,
  comment_type: CommentType,
  body: string,
  mentions: string[] = [],
): Comment => ({ id, task: 't-1', author, body, comment_type, mentions, created_at: minute(id) })
const decided = (id: number, agent: string): Decision => ({
  id,
  task: 't-1',
  agent,
  decision: 'Two parts',
  rationale: 'They can be done side by side.',
  created_at: minute(id),
})

const opened = (id: number, round: number, asked: string[]) =>
  said(id, 'policy', 'question', `Round ${round} of the discussion about this goal. Each of you …`, asked)
const over = (id: number, round: number) =>
  said(id, 'policy', 'question', `Round ${round} of the discussion is over. Sum up …`, ['chief'])

it('a round has who was asked, what each said, who is silent, and the summary', () => {
  const comments = [
    opened(1, 1, ['dev', 'writer']),
    said(2, 'dev', 'position', 'It can be done.'),
    said(3, 'dev', 'risk', 'The source may be late.'),
    said(4, 'human', 'note', 'Please hurry.'),
    over(5, 1),
    opened(7, 2, ['dev']),
    said(8, 'dev', 'claim', 'I take t-2.'),
  ]
  const decisions = [decided(6, 'chief'), decided(6, 'dev'), decided(9, 'chief')]
  const rounds = roundsOf({ task_type: 'goal', comments, decisions })
  expect(rounds).toMatchObject([
    {
      number: 1,
      asked: ['dev', 'writer'],
      voices: [{ kind: 'position' }, { kind: 'risk' }],
      silent: ['writer'],
      summaryBy: 'chief',
      summary: [{ id: 6, agent: 'chief' }],
    },
    { number: 2, voices: [{ kind: 'claim' }], silent: [], summaryBy: undefined, summary: [] },
  ])
})

it('what is said without having been asked is a round of its own', () => {
  const comments = [said(1, 'dev', 'suggestion', 'Split it.')]
  expect(roundsOf({ task_type: 'code', comments, decisions: [] })).toMatchObject([
    { number: 0, asked: [], voices: [{ kind: 'suggestion' }] },
  ])
})

it('nobody but the policy opens a round', () => {
  const comments = [said(1, 'dev', 'question', 'Round 1 of the discussion about this goal', ['writer'])]
  expect(isDiscussed({ task_type: 'code', comments, decisions: [] })).toBe(false)
  expect(isDiscussed({ task_type: 'goal', comments: [], decisions: [] })).toBe(true)
})
