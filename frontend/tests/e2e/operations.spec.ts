import { expect, test } from './board'

test('a job is run by hand, and its history tells how it went', async ({ page }) => {
  await page.goto('/operations?tab=jobs')
  await page.getByRole('button', { name: 'Run now: daily_report' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'daily_report was started' })).toBeVisible()
  const job = page.getByRole('listitem').filter({ hasText: 'daily_report' }).first()
  await job.getByRole('button', { expanded: false }).first().click()
  await expect(job).toContainText('by hand')
  await expect(job).toContainText('Succeeded')
})

test('a backup is made, verified, and restored once the name was typed', async ({ page, board }) => {
  await board.task('Before the backup')
  await page.goto('/operations?tab=backups')
  await page.getByRole('button', { name: 'Back up now' }).click()
  const copies = page.getByRole('region', { name: board.id })
  await copies.getByRole('button', { name: 'Verify' }).first().click()
  await expect(copies.getByRole('status')).toContainText('Sound: 1 tasks')
  await board.task('After the backup')
  await copies.getByRole('button', { name: 'Restore' }).first().click()
  const dialog = page.getByRole('dialog')
  const restore = dialog.getByRole('button', { name: 'Restore' })
  await expect(restore).toHaveAttribute('aria-disabled', 'true')
  await dialog.getByRole('textbox').fill(board.id)
  await restore.click()
  await expect(dialog).toHaveCount(0)
  await page.goto(board.path())
  await expect(page.getByRole('link', { name: /Before the backup/ })).toBeVisible()
  await expect(page.getByRole('link', { name: /After the backup/ })).toHaveCount(0)
})

test('every setting says where it was set', async ({ page }) => {
  await page.goto('/operations?tab=config')
  await page.getByLabel('Find a setting').fill('tick_interval')
  const section = page.getByRole('region', { name: 'daemon' })
  await expect(section).toContainText('tick_interval')
  await expect(section).toContainText(/built in|default\.yaml/)
})

test('figures are drawn as they developed, and how much is logged is changed', async ({ page }) => {
  await page.goto('/operations')
  await expect(page.getByRole('img', { name: /^Open tasks: from/ })).toBeVisible()
  await expect(page.getByRole('cell', { name: 'reconciler' })).toBeVisible()
  const level = page.getByLabel('Log level')
  await level.selectOption('debug')
  await expect(page.getByText('Holds until the next start; the configuration says info.')).toBeVisible()
  await level.selectOption('')
  await expect(page.getByText(/^A change holds until the next start/)).toBeVisible()
})

test('a late write is kept, and a person decides that it counts', async ({ page, board }) => {
  const task = await board.task('Write too late')
  const { token = '' } = await board.act(task, 'claim', { agent: 'writer' })
  await board.act(task, 'start', { agent: 'writer' }, token)
  await board.act(task, 'fail', { reason: 'it takes too long' })
  const late = await page.request.post(`/api/projects/${board.id}/tasks/${task}/comments`, {
    data: { author: 'writer', body: 'One more thing.' },
    headers: { 'X-Moziplus-Token': token },
  })
  expect(late.ok()).toBe(false)
  await page.goto('/operations?tab=letters')
  const letter = page.getByRole('listitem').filter({ hasText: `${board.id} · ${task}` })
  await letter.getByRole('button', { name: 'Apply' }).click()
  await expect(letter.getByRole('button', { name: 'Apply' })).toHaveCount(0)
  await page.goto(board.path(task))
  await expect(page.getByRole('article').filter({ hasText: 'One more thing.' })).toBeVisible()
})

test('where the space goes is said by kind and by project', async ({ page, board }) => {
  await page.goto('/operations?tab=storage')
  await expect(page.getByText('used below the root')).toBeVisible()
  await expect(page.getByRole('rowheader', { name: board.id })).toBeVisible()
})
