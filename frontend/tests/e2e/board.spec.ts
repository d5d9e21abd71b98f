import type { Locator, Page } from '@playwright/test'

import { expect, test } from './board'

const column = (name: string) => ({ name, exact: true })

test('cards appear and move as it happens', async ({ page, board }) => {
  await board.task('The first one')
  await page.goto(board.path())
  await expect(page.getByRole('link', { name: /The first one/ })).toBeVisible()

  const task = await board.task('Made elsewhere', { priority: 9 })
  const pending = page.getByRole('region', column('Pending'))
  await expect(pending.getByRole('link', { name: /Made elsewhere/ })).toBeVisible({ timeout: 10_000 })
  await expect(pending.getByRole('link').first()).toContainText('Made elsewhere')

  await board.act(task, 'claim', { agent: 'writer' })
  await expect(page.getByRole('region', column('In progress'))).toContainText('Made elsewhere', {
    timeout: 10_000,
  })
})

test('a task is created by keyboard and opened', async ({ page, board }) => {
  await board.task('Something to see')
  await page.goto(board.path())
  await expect(page.getByRole('link', { name: /Something to see/ })).toBeVisible()
  await page.keyboard.press('c')
  await expect(page.getByLabel('Title')).toBeFocused()
  await page.keyboard.type('Count the words')
  await page.getByLabel('Assignee').selectOption('writer')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { name: 'Count the words' })).toBeVisible()
})

test('the server’s refusal is shown at the field', async ({ page, board }) => {
  await page.goto(board.path())
  await page.getByRole('button', { name: 'New task' }).click()
  await page.getByLabel('Title').fill('Depends on nothing that exists')
  await page.getByText('Type, dependencies, must-haves').click()
  await page.getByLabel('Depends on').fill('t-999')
  await page.getByRole('button', { name: 'Create task' }).click()
  await expect(page.getByRole('alert').first()).toContainText('t-999')
})

test('filters narrow the board and live in the address; arrows move between cards', async ({
  page,
  board,
}) => {
  await board.task('Alpha', { risk_level: 'high' })
  await board.task('Beta')
  await page.goto(board.path())
  await expect(page.getByRole('link', { name: /Alpha/ })).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('bet')
  await expect(page.getByRole('link', { name: /Alpha/ })).toHaveCount(0)
  await expect(page).toHaveURL(/q=bet/)
  await page.getByRole('button', { name: 'Clear' }).click()
  await page.getByRole('link', { name: /Alpha/ }).focus()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('link', { name: /Beta/ })).toBeFocused()
})

/** Drags with stops on the way, as a hand does: the board lights up when the drag has begun. */
async function drag(page: Page, card: Locator, to: () => Locator) {
  await card.hover()
  await page.mouse.down()
  await page.mouse.move(700, 500, { steps: 4 })
  await to().hover()
  await to().hover()
  await page.mouse.up()
}

test('a card is dragged to where it may go, and nowhere else', async ({ page, board }) => {
  await board.task('Drag me')
  await page.goto(board.path())
  const card = page.getByRole('link', { name: /Drag me/ })
  await drag(page, card, () => page.getByRole('region', column('In progress')))
  await expect(page.getByRole('region', column('Pending'))).toContainText('Drag me')
  await drag(page, card, () => page.getByRole('region', column('Blocked, paused')))
  await expect(page.getByRole('region', column('Blocked, paused'))).toContainText('Drag me')
})

test('keys move a card along, and a move that needs a reason asks for it', async ({ page, board }) => {
  await board.task('Move me')
  await page.goto(board.path())
  const card = page.getByRole('link', { name: /Move me/ })
  await card.focus()
  await page.keyboard.press('Shift+ArrowRight')
  await expect(page.getByRole('region', column('Blocked, paused'))).toContainText('Move me')
  await card.focus()
  await page.keyboard.press('Shift+ArrowLeft')
  await expect(page.getByRole('region', column('Pending'))).toContainText('Move me')
  await card.focus()
  await page.keyboard.press('m')
  const done = page.getByRole('menuitem', { name: /^Done/ })
  await expect(done).toHaveAttribute('aria-disabled', 'true')
  await expect(done).toContainText('Only from')
  await page.getByRole('menuitem', { name: /^Escalated/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason').fill('Somebody has to look')
  await dialog.getByRole('button', { name: 'Escalate' }).click()
  await expect(page.getByRole('region', column('Escalated'))).toContainText('Move me')
})

test('a move that the server refuses is taken back, with its words', async ({ page, board }) => {
  const task = await board.task('Too late')
  await page.goto(board.path())
  const card = page.getByRole('link', { name: /Too late/ })
  await expect(card).toBeVisible()
  await page.route('**/pause', async route => {
    await board.act(task, 'cancel', {})
    await route.continue()
  })
  await card.focus()
  await page.keyboard.press('Shift+ArrowRight')
  await expect(page.getByRole('status').filter({ hasText: /cancelled/ })).toBeVisible()
  await expect(page.getByRole('region', column('Failed, cancelled'))).toContainText('Too late')
})

test('swim lanes and saved views keep to the address', async ({ page, board }) => {
  await board.task('For the writer')
  await board.task('For the critic', { assignee: 'critic' })
  await page.goto(board.path())
  await page.getByRole('button', { name: 'Swim lanes by agent' }).click()
  await expect(page.getByRole('region', { name: 'critic' })).toContainText('For the critic')
  await expect(page).toHaveURL(/by=agent/)
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: 'Save this view…' }).click()
  await page.getByLabel('Name of the view').fill('Who has what')
  await page.keyboard.press('Enter')
  await page.goto(board.path())
  await expect(page.getByRole('region', column('Pending'))).toBeVisible()
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Who has what' }).click()
  await expect(page.getByRole('region', { name: 'critic' })).toBeVisible()
})
