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
