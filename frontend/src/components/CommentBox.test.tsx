import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'

import { CommentBox } from '@/components/CommentBox'
import { serverAnswers, show } from '@tests/render'

const agents = ['guanyu-dev', 'zhangfei-dev', 'simayi-challenger']
const box = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Write a comment' })

it('completes a mention by keyboard and sends who is meant', async () => {
  const requests = serverAnswers(201, {})
  show(<CommentBox project="demo" task="t-1" agents={agents} />)
  await userEvent.type(box(), 'Please look, @dev')
  expect(screen.getAllByRole('option').map(option => option.textContent)).toEqual([
    'GDguanyu-dev',
    'ZDzhangfei-dev',
  ])
  await userEvent.keyboard('{ArrowDown}{Enter}now')
  expect(box().value).toBe('Please look, @zhangfei-dev now')
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  expect(requests).toEqual([
    {
      url: '/api/projects/demo/tasks/t-1/comments',
      body: { author: 'human', body: 'Please look, @zhangfei-dev now', mentions: ['zhangfei-dev'] },
    },
  ])
  expect(box().value).toBe('')
})

it('keeps what was written when the server refuses it', async () => {
  serverAnswers(507, { error: 'disk_full', detail: 'the disk is full' })
  show(<CommentBox project="demo" task="t-1" agents={agents} />)
  await userEvent.type(box(), 'Hello')
  await userEvent.click(screen.getByRole('button', { name: 'Comment' }))
  expect(box().value).toBe('Hello')
})

it('sends nothing when nothing is written', async () => {
  const requests = serverAnswers(201, {})
  show(<CommentBox project="demo" task="t-1" agents={agents} />)
  await userEvent.click(screen.getByRole('button', { name: 'Comment' }))
  expect(requests).toEqual([])
})
