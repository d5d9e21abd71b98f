import { expect, test } from './board'

test('lessons are found by tag, with the task that taught them', async ({ page, board }) => {
  const task = await board.task('Learn something')
  await board.act(task, 'experiences', { agent: 'writer', lesson: 'Look for *semicolons*.', tags: ['csv'] })
  await board.act(task, 'experiences', {
    agent: 'writer',
    lesson: 'State the rounding rule.',
    tags: ['review'],
  })
  await page.goto('/knowledge?tab=lessons')
  await page.getByRole('combobox', { name: 'Project' }).selectOption(board.id)
  await expect(page.getByRole('listitem').filter({ hasText: 'Look for semicolons.' })).toBeVisible()
  await page.getByRole('link', { name: 'csv' }).click()
  await expect(page.getByText('State the rounding rule.')).toHaveCount(0)
  await page.getByRole('link', { name: task, exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Learn something' })).toBeVisible()
})

test('a draft of a skill is read, approved and taken out of use', async ({ page, board }) => {
  await board.skill('counting', 'Counting rows')
  await page.goto('/knowledge')
  await page.getByRole('combobox', { name: 'Project' }).selectOption(board.id)
  const skill = page.getByRole('listitem').filter({ hasText: 'How to count rows' })
  await skill.getByRole('button', { expanded: false }).click()
  await expect(skill).toContainText('Count twice.')
  await skill.getByRole('button', { name: 'Approve' }).click()
  await expect(page.getByRole('region', { name: 'Active' })).toContainText('How to count rows')
  // It stays open where it now stands, with the focus on it.
  await expect(skill.getByRole('button', { expanded: true })).toBeFocused()
  await skill.getByRole('button', { name: 'Deprecate' }).click()
  await expect(page.getByRole('region', { name: 'Deprecated' })).toContainText('How to count rows')
})
