import { expect, test } from './board'

test('a lost connection is said, and what was missed is there when it is back', async ({
  page,
  board,
  context,
}) => {
  test.setTimeout(60_000) // It waits out the page's own patience, twice.
  await board.task('Before')
  await page.goto(board.path())
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  await context.setOffline(true)
  await expect(page.getByRole('status').filter({ hasText: /Polling|Not connected/ })).toBeVisible({
    timeout: 25_000,
  })
  await board.task('Meanwhile')
  await context.setOffline(false)
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible({ timeout: 15_000 })
  await expect(page.getByRole('link', { name: /Meanwhile/ })).toBeVisible()
})

test('without the stream the page polls, and says so', async ({ page, board }) => {
  await page.route('**/api/events?*', route => route.abort())
  await page.route('**/api/events', route => route.abort())
  await page.goto(board.path())
  const sign = page.getByRole('status').filter({ hasText: 'Polling' })
  await expect(sign).toBeVisible({ timeout: 15_000 })
  await board.task('Seen by polling')
  await expect(page.getByRole('link', { name: /Seen by polling/ })).toBeVisible({ timeout: 15_000 })
  await page.unroute('**/api/events?*')
  await page.unroute('**/api/events')
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible({ timeout: 15_000 })
})

test('events are listed as they happen, by level', async ({ page, board }) => {
  await page.goto(`/events?project=${board.id}`)
  const task = await board.task('Make some noise')
  await expect(page.getByRole('listitem').filter({ hasText: 'Make some noise' }).first()).toBeVisible({
    timeout: 10_000,
  })
  await board.act(task, 'fail', { reason: 'it cannot be done' })
  await page.getByRole('button', { name: 'Urgent' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'it cannot be done' })).toHaveCount(1)
  await expect(page).toHaveURL(/level=urgent/)
})

test('the API has its documentation one click away', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('link', { name: 'API docs' })).toHaveAttribute('href', '/api/docs')
})
