import { faults } from './axe'
import { expect, test } from './board'

test('everything is found by name', async ({ page, board }) => {
  await board.task('A needle in the haystack')
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
  await page.keyboard.press('Control+k')
  const field = page.getByRole('combobox', { name: 'Search and commands' })
  await expect(field).toBeFocused()
  expect(await faults(page)).toEqual([])
  await field.fill('needle')
  await expect(page.getByRole('option', { name: /A needle in the haystack/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'A needle in the haystack' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await field.fill('operations jobs')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/operations\?tab=jobs/)
})

test('who worked when is drawn, and leads to the attempt', async ({ page, board }) => {
  const task = await board.task('Work for a while')
  await board.handIn(task)
  await page.goto('/agents')
  const bar = page.getByRole('link', { name: new RegExp(`${board.id} ${task} · Execute`) })
  await expect(bar).toHaveAttribute('href', new RegExp(`/tasks/${task}.*attempts`))
})

test('a server with a key asks for it', async ({ page }) => {
  await page.route('**/api/**', route =>
    route.fulfill({
      status: 401,
      json: { error: 'unauthorized', detail: 'this server needs an API key', hint: 'log in' },
    }),
  )
  await page.goto('/agents')
  await expect(page.getByRole('heading', { name: 'This server needs its key' })).toBeVisible()
  await page.getByLabel('API key').fill('wrong')
  await page.route('**/login?key=wrong', route => route.fulfill({ status: 401, json: {} }))
  await page.getByRole('button', { name: 'Log in' }).click()
  await expect(page.getByRole('alert')).toContainText('not the key')
})
