import type { Page } from '@playwright/test'

import { faults } from './axe'
import { expect, test } from './board'

const needsYou = (page: Page) => page.getByRole('region', { name: 'Needs you' }).getByRole('listitem')

test('an account that rests is told, and used again when a person says so', async ({ page, board }) => {
  const task = await board.task('Come up against a limit', { assignee: 'limited', risk_level: 'low' })
  await page.goto('/')
  const rests = needsYou(page).filter({ hasText: 'The account metered rests until' })
  await expect(rests).toContainText('slow down', { timeout: 20_000 })
  await board.act(task, 'cancel', { reason: 'it has shown what it should' }) // Else it would come up against it again.

  await page.goto('/agents')
  const account = page
    .getByRole('region', { name: 'Provider accounts' })
    .getByRole('listitem')
    .filter({ hasText: 'metered' })
  await expect(account).toContainText('slow down')
  await account.getByRole('button', { name: /metered/ }).click()
  await expect(account.getByRole('button')).toHaveCount(0)
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Needs you' })).toBeVisible()
  await expect(rests).toHaveCount(0)
})

test('a task that waits for who will not come is in the queue, with a way out', async ({ page, board }) => {
  const task = await board.task('Wait for the critic')
  await board.act(task, 'block', { on: 'critic', reason: 'which source counts?' })
  await page.goto('/')
  const waits = needsYou(page).filter({ hasText: 'Wait for the critic' })
  await expect(waits).toContainText('waits for critic, whom the daemon cannot start')
  await expect(waits).toContainText('which source counts?')
  await waits.getByRole('button', { name: 'Cancel task' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel task' }).click()
  await expect(waits).toHaveCount(0)
})

test('a budget that is used up is told as long as there is work', async ({ page, board }) => {
  board.configure('budget: {day_tokens: 1000}')
  await board.task('Spend it', { assignee: 'counter', risk_level: 'low' })
  const waiting = await board.task('Find it spent')
  await page.goto('/')
  const stuck = needsYou(page).filter({ hasText: `Nobody is started in Project ${board.id}` })
  await expect(stuck).toContainText('1,280 of 1,000 tokens', { timeout: 20_000 })
  await expect(stuck).toContainText('budget.day_tokens')
  await expect(stuck.getByRole('link', { name: 'Spending' })).toHaveAttribute('href', '/spend')
  await board.act(waiting, 'cancel', {})
  await expect(stuck).toHaveCount(0)
})

test('a late write waits in the queue until a person decides about it', async ({ page, board }) => {
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Needs you' })).toBeVisible()
  const task = await board.task('Be late')
  const token = await board.begin(task)
  await board.act(task, 'fail', { reason: 'it takes too long' })
  await page.request.post(`/api/projects/${board.id}/tasks/${task}/comments`, {
    data: { author: 'writer', body: 'One more thing.' },
    headers: { 'X-Moziplus-Token': token },
  })
  const letter = needsYou(page)
    .filter({ hasText: 'Refused write: comment by writer' })
    .filter({ hasText: task })
  await expect(letter).toContainText(`Project ${board.id}`)
  await letter.getByRole('button', { name: 'Discard' }).click()
  await expect(letter).toHaveCount(0)
})

test('messages that did not arrive are gathered by channel, until somebody has seen them', async ({
  page,
}) => {
  const sent = await page.request.post('/api/deliveries/test', {
    data: { channel: 'nowhere', agent: 'human' },
  })
  expect(sent.ok(), await sent.text()).toBe(true)
  await page.goto('/')
  const lost = needsYou(page).filter({ hasText: /messages? by nowhere did not arrive/ })
  await expect(lost).toHaveCount(1, { timeout: 25_000 })
  expect(await faults(page), 'the queue').toEqual([])
  await lost.getByRole('link').first().click()
  await expect(page).toHaveURL(/tab=deliveries/)
  await page.goto('/')
  await lost.getByRole('button', { name: 'Seen' }).click()
  await expect(lost).toHaveCount(0)
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Needs you' })).toBeVisible()
  await expect(lost).toHaveCount(0)
})

test('a change of a script that is refused leads to its file', async ({ page, board }) => {
  await board.script('tick', '// mine\nfn agent_for(task) { () }\n')
  board.scriptOnDisk('tick', 'fn plan(board) {\n    let x = ;\n}\n')
  await page.goto('/')
  const refused = needsYou(page).filter({ hasText: `projects/${board.id}/scripts/tick.rhai` })
  await expect(refused).toContainText("unexpected ';'", { timeout: 20_000 })
  await refused.getByRole('link', { name: 'Open script' }).click()
  await expect(page).toHaveURL(new RegExp(`project=${board.id}&script=tick`))
  await expect(page.getByText('The file on disk is faulty', { exact: false }).first()).toBeVisible()
})

/** It passes every check, and fails as soon as a task of that name is there. */
const stumbles = `fn plan(board) {
    for task in board.ready {
        if task.title == "Stumble" { throw "a stone in the way"; }
    }
}
`

test('a hook that fails when it is asked is told with its place, and the page of policies shows it', async ({
  page,
  board,
}) => {
  await board.script('tick', stumbles)
  const task = await board.task('Stumble')
  await page.goto('/')
  const failing = needsYou(page).filter({ hasText: `projects/${board.id}/scripts/tick.rhai:3` })
  await expect(failing).toContainText('The hook plan failed', { timeout: 20_000 })
  await expect(failing).toContainText('a stone in the way')
  await failing.getByRole('link', { name: 'Open script' }).click()
  const row = page.getByRole('navigation', { name: 'Scripts' }).getByRole('link', { name: /^tick/ })
  await expect(row).toContainText('Fails when asked: plan')
  const notice = page.getByRole('alert').filter({ hasText: 'plan failed when it was asked' })
  await expect(notice).toContainText('a stone in the way')
  expect(await faults(page), 'a failing hook').toEqual([])
  await notice.getByRole('button', { name: 'Go to line 3' }).click()
  await expect(page.locator('.cm-activeLine')).toContainText('a stone in the way')

  await board.act(task, 'cancel', {})
  await board.script('tick', '// mended\nfn agent_for(task) { () }\n')
  await expect(notice).toHaveCount(0)
  await expect(row).not.toContainText('Fails when asked')
})
