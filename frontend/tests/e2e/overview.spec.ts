import type { Page } from '@playwright/test'

import { expect, test } from './board'

const needsYou = (page: Page) => page.getByRole('region', { name: 'Needs you' }).getByRole('listitem')

test('the overview shows projects, and what needs a decision until it is made', async ({ page, board }) => {
  const task = await board.task('Compare the sources')
  await board.act(task, 'escalate', { reason: 'the sources disagree' })
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Needs you' })).toBeVisible()
  const need = needsYou(page).filter({ hasText: 'Compare the sources' })
  await expect(need).toContainText('the sources disagree')
  const project = page
    .getByRole('region', { name: 'Projects' })
    .getByRole('link', { name: `Project ${board.id}` })
  await expect(project).toContainText('Escalated')

  await need.getByRole('button', { name: 'Resolve' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Decision').selectOption('done')
  await dialog.getByLabel('Reason').fill('The second source is right.')
  await dialog.getByRole('button', { name: 'Resolve' }).click()
  await expect(need).toHaveCount(0)
  await expect(project).toContainText('Done')
})

test('a question of an agent is answered where it is shown', async ({ page, board }) => {
  const task = await board.task('Clean up')
  const response = await page.request.post(`/api/projects/${board.id}/checkpoints`, {
    data: { agent: 'human', task, question: 'May the old files go?', options: ['Yes', 'No'] },
  })
  expect(response.ok(), await response.text()).toBe(true)
  await page.goto('/')
  const question = needsYou(page).filter({ hasText: 'May the old files go?' })
  await question.getByRole('button', { name: 'No' }).click()
  await expect(question).toHaveCount(0)
})

test('the health of the daemon is in sight', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Health' })).toBeVisible()
  await expect(page.getByText('Last tick')).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
})
