import { expect, test } from './board'

test('dependencies are drawn, and lead from task to task', async ({ page, board }) => {
  const first = await board.task('Gather')
  const second = await board.task('Report', { depends_on: [first] })
  await page.goto(board.path(first, 'graph'))
  const graph = page.getByRole('group', { name: 'Graph' })
  await graph.getByRole('link', { name: /Report/ }).click()
  await expect(page).toHaveURL(new RegExp(`/tasks/${second}`))
  await expect(page.getByRole('heading', { name: 'Report', level: 1 })).toBeVisible()
})

test('the prompt is shown as it is read, and as it is sent', async ({ page, board }) => {
  const task = await board.task('Be prompted', { description: 'Count the rows of May.' })
  await page.goto(board.path(task, 'prompt'))
  const panel = page.getByRole('tabpanel')
  await expect(panel.getByRole('blockquote').filter({ hasText: 'Count the rows of May.' })).toBeVisible()
  await expect(panel).not.toContainText('of="description"')
  await page.getByRole('button', { name: 'As it is sent' }).click()
  await expect(panel).toContainText('of="description"')
})

test('a ruling on a disputed finding stands with it, and the reviewer’s record is kept', async ({
  page,
  board,
}) => {
  const task = await board.task('Be disputed', { risk_level: 'high' })
  await board.handIn(task)
  const review = await board.act(task, 'reviews', {
    reviewer: 'critic',
    verdict: 'needs_revision',
    confidence: 0.9,
    issues: [{ severity: 'major', text: 'Row 7 is missing.' }],
  })
  const [issue] = review.issues ?? []
  await board.act(task, 'rebuttals', {
    author: 'writer',
    answers: [{ issue_id: issue?.id, stance: 'REJECT', reason: 'Row 7 is a heading.' }],
  })
  await board.act(task, 'reviews', {
    reviewer: 'critic',
    verdict: 'approved',
    confidence: 0.9,
    rulings: [{ issue_id: issue?.id, ruling: 'withdrawn', reason: 'So it is.' }],
  })
  await page.goto(board.path(task, 'reviews'))
  const finding = page.getByRole('listitem').filter({ hasText: 'Row 7 is missing.' })
  await expect(finding).toContainText('Withdrawn')
  await expect(finding).toContainText('So it is.')
  await page.goto('/agents')
  const record = page.getByRole('region', { name: 'How far reviewers can be trusted' })
  await expect(record.getByText(`Project ${board.id} · 2 reviews`)).toBeVisible()
})

test('explain names the files that decided, and leads to them', async ({ page, board }) => {
  const task = await board.task('Be explained', { assignee: 'counter', risk_level: 'low' })
  await page.goto(board.path(task))
  const why = page.getByRole('region', { name: 'Why' })
  await why.getByText(/decisions?$/).click()
  const files = why.getByText('Files that had a part in it').first()
  await files.click()
  await why
    .getByRole('link', { name: /\.rhai$/ })
    .first()
    .click()
  await expect(page).toHaveURL(/\/policies/)
})
