import { expect, test } from './board'

const example = 'almanac'

test.afterAll(async ({ request }) => {
  // Elsewhere the tour would stand over what other stories look at.
  await request.post(`/api/projects/${example}/archive`, { data: {} })
})

test('who opens the example for the first time is led through the pages, once', async ({ page, request }) => {
  const made = await request.post('/api/projects', { data: { id: example, name: 'Almanac' } })
  expect(made.ok(), await made.text()).toBe(true)
  await page.goto('/')
  const tour = page.getByRole('complementary', { name: 'Tour' })
  await expect(tour.getByRole('heading', { name: 'Start where you are needed' })).toBeVisible()
  const next = tour.getByRole('button', { name: 'Next' })
  await next.click()
  await expect(page).toHaveURL(new RegExp(`/projects/${example}`))
  await next.click()
  await expect(page).toHaveURL(/\/agents/)
  await next.click()
  await expect(page).toHaveURL(/\/policies/)
  await next.click()
  await tour.getByRole('button', { name: 'Done' }).click()
  await expect(tour).toHaveCount(0)
  await page.reload()
  await expect(page.locator('main h1')).toBeVisible()
  await expect(tour).toHaveCount(0)
})
