import { screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'

import { Why } from '@/components/Why'
import { aTask, serverAnswers, showWithLinks } from '@tests/render'

const at = '2026-01-01T00:00:00.000Z'
const decision = {
  id: 7,
  at,
  hook: 'plan',
  script: 'projects/demo/scripts/tick.rhai',
  script_hash: '949aec561b90cea6',
  files: [{ file: 'scripts/lib/desk.rhai', hash: 'ab12cd34ef', names: ['free_seats'] }],
  inputs_digest: 'd',
  facts: { priority: 5 },
  outcomes: [
    {
      action: 'fault',
      text: 'projects/demo/scripts/tick.rhai:3:5: no',
      result: 'failed',
      reason: 'the built-in hook answered',
      value: {},
    },
    { action: 'dispatch', text: 'start dev on t-1', result: 'refused', reason: 'no free slot', value: {} },
    { action: 'none', text: 'nothing', result: 'none', reason: 'the plan left it waiting', value: {} },
  ],
  text: 'start dev on t-1',
}
const explained = (more: object) => ({
  project: 'demo',
  task: 't-1',
  status: 'pending',
  at,
  summary: '',
  reasons: [],
  decisions: [],
  ...more,
})

it('says what a task waits for, and what was decided and refused', async () => {
  const reason = { code: 'dependency', text: 'waits for t-12', task: 't-12', agent: null, until: null }
  serverAnswers(200, explained({ reasons: [reason], decisions: [decision] }))
  showWithLinks(<Why task={aTask()} />)
  const why = within(await screen.findByRole('region', { name: 'Why' }))
  expect(why.getByRole('link', { name: 'waits for t-12' }).getAttribute('href')).toBe(
    '/projects/demo/tasks/t-12',
  )
  expect(why.getByText('1 decision')).toBeTruthy()
  expect(why.getByText('no free slot')).toBeTruthy()
  expect(why.getByText('refused')).toBeTruthy()
  const fault = why.getByText('failed').closest('li')
  expect(fault?.textContent).toBe('projects/demo/scripts/tick.rhai:3:5: no failedthe built-in hook answered')
  expect(why.getByText(/the plan left it waiting/)).toBeTruthy()
  expect(why.getByText('projects/demo/scripts/tick.rhai').getAttribute('href')).toBe(
    '/policies?project=demo&script=tick',
  )
  expect(why.getByText('scripts/lib/desk.rhai').getAttribute('href')).toBe(
    '/policies?project=demo&script=lib%2Fdesk',
  )
})

it('leaves an end to the status above', async () => {
  const end = { code: 'final', text: 'done', task: null, agent: null, until: null }
  const requests = serverAnswers(200, explained({ reasons: [end] }))
  const { container } = showWithLinks(<Why task={aTask({ status: 'done' })} />)
  await expect.poll(() => requests.length).toBe(1)
  expect(container.textContent).toBe('')
})
