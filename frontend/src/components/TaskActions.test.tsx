import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'

import { TaskActions } from '@/components/TaskActions'
import { aTask, serverAnswers, show } from '@tests/render'

it('offers what is likely, and says in the menu why the rest is not possible', async () => {
  show(<TaskActions task={aTask({ status: 'escalated' })} archived={false} />)
  expect(screen.getByRole('button', { name: 'Resolve' })).not.toHaveProperty('ariaDisabled', 'true')
  await userEvent.click(screen.getByRole('button', { name: 'All actions' }))
  const retry = screen.getByRole('menuitem', { name: /Retry/ })
  expect(retry.getAttribute('aria-disabled')).toBe('true')
  expect(within(retry).getByText('Only from: Failed.')).toBeTruthy()
  expect(screen.getByRole('menuitem', { name: 'Pause' }).getAttribute('aria-disabled')).toBeNull()
})

it('does nothing in an archived project, and says so', async () => {
  const requests = serverAnswers(200, {})
  show(<TaskActions task={aTask({ status: 'failed' })} archived />)
  const retry = screen.getByRole('button', { name: 'Retry' })
  await userEvent.click(retry)
  expect(retry.getAttribute('aria-disabled')).toBe('true')
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(requests).toEqual([])
})

it('asks for a reason where the record needs one, and sends it', async () => {
  const requests = serverAnswers(200, aTask({ status: 'pending' }))
  show(<TaskActions task={aTask({ status: 'escalated' })} archived={false} />)
  await userEvent.click(screen.getByRole('button', { name: 'Resolve' }))
  const dialog = within(await screen.findByRole('dialog'))
  expect(dialog.getByRole('button', { name: 'Resolve' }).getAttribute('aria-disabled')).toBe('true')
  expect(dialog.queryByLabelText(/from here/)).toBeNull()
  await userEvent.selectOptions(dialog.getByLabelText('Decision'), 'done')
  await userEvent.type(dialog.getByLabelText('Reason'), 'Good enough')
  await userEvent.click(dialog.getByRole('button', { name: 'Resolve' }))
  expect(requests).toEqual([
    { url: '/api/projects/demo/tasks/t-1/resolve', body: { to: 'done', reason: 'Good enough' } },
  ])
})

it('lets a person say what a task that was too expensive may use from here', async () => {
  const requests = serverAnswers(200, aTask({ status: 'pending' }))
  const reason = 'over its budget (1200 of 1000 tokens): whoever sends it on allows the same once more'
  show(<TaskActions task={aTask({ status: 'escalated', reason })} archived={false} />)
  await userEvent.click(screen.getByRole('button', { name: 'Resolve' }))
  const dialog = within(await screen.findByRole('dialog'))
  await userEvent.type(dialog.getByLabelText('Tokens from here (optional)'), '5000')
  await userEvent.type(dialog.getByLabelText('Cost from here (optional)'), '2.5')
  await userEvent.type(dialog.getByLabelText('Reason'), 'Worth it')
  await userEvent.selectOptions(dialog.getByLabelText('Decision'), 'failed')
  expect(dialog.queryByLabelText('Tokens from here (optional)')).toBeNull()
  await userEvent.selectOptions(dialog.getByLabelText('Decision'), 'pending')
  await userEvent.click(dialog.getByRole('button', { name: 'Resolve' }))
  const budget = { budget_tokens: 5000, budget_cost: 2_500_000 }
  expect(requests.map(({ body }) => body)).toEqual([{ to: 'pending', reason: 'Worth it', ...budget }])
})

it('shows the words of a refusal with its hint, and stays open', async () => {
  serverAnswers(409, { error: 'invalid_transition', detail: 'cannot retry', hint: 'resolve it instead' })
  show(<TaskActions task={aTask({ status: 'failed' })} archived={false} />)
  await userEvent.click(screen.getByRole('button', { name: 'Retry' }))
  const dialog = within(await screen.findByRole('dialog'))
  await userEvent.click(dialog.getByRole('button', { name: 'Retry' }))
  const alert = await dialog.findByRole('alert')
  expect(alert.textContent).toBe('cannot retryresolve it instead')
})
