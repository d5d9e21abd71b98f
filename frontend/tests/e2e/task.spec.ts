import { expect, test } from './board'

test('a comment is written, with a mention, and stays in the thread', async ({ page, board }) => {
  const task = await board.task('Talk about it')
  await page.goto(board.path(task))
  const box = page.getByRole('textbox', { name: 'Write a comment' })
  await box.fill('Please have a look, @cri')
  await box.press('End')
  await page.getByRole('option', { name: /critic/ }).click()
  await page.getByRole('button', { name: 'Comment' }).click()
  await expect(page.getByRole('article')).toContainText('Please have a look, @critic')
  await expect(box).toHaveValue('')

  await board.act(task, 'comments', {
    author: 'critic',
    body: 'Looks **sound** to me.',
    comment_type: 'answer',
  })
  await expect(page.getByRole('article').last()).toContainText('Looks sound to me.', { timeout: 10_000 })
})

test('a review is shown point by point, with its confidence and the answers', async ({ page, board }) => {
  const task = await board.task('Be reviewed')
  await board.handIn(task)
  const review = await board.act(task, 'reviews', {
    reviewer: 'critic',
    verdict: 'rejected',
    confidence: 0.86,
    issues: [
      { severity: 'critical', text: 'Row 7 is missing.' },
      { severity: 'minor', text: 'A comma is missing.' },
    ],
  })
  const [first, second] = review.issues ?? []
  await board.act(task, 'rebuttals', {
    author: 'writer',
    answers: [
      { issue_id: first?.id, stance: 'REJECT', reason: 'Row 7 is a heading.' },
      { issue_id: second?.id, stance: 'ACCEPT', reason: 'Added.' },
    ],
  })
  await page.goto(board.path(task, 'reviews'))
  await expect(page.getByText('Rejected', { exact: true })).toBeVisible()
  await expect(page.getByText('86%')).toBeVisible()
  const issue = page.getByRole('listitem').filter({ hasText: 'Row 7 is missing.' })
  await expect(issue).toContainText('Critical')
  await expect(issue).toContainText('Disputed')
  await expect(issue).toContainText('Row 7 is a heading.')
})

test('what cannot be done says why', async ({ page, board }) => {
  const task = await board.task('Wait')
  await page.goto(board.path(task))
  await page.getByRole('button', { name: 'All actions' }).click()
  const resolve = page.getByRole('menuitem', { name: /Resolve/ })
  await expect(resolve).toHaveAttribute('aria-disabled', 'true')
  await expect(resolve).toContainText('Only from: Escalated.')
  await expect(page.getByRole('menuitem', { name: /^Claim/ })).toContainText('Assigned to writer.')
  await page.getByRole('menuitem', { name: 'Pause', exact: true }).click()
  await page.getByRole('dialog').getByLabel('Reason (optional)').fill('Waiting for data')
  await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByText('Waiting for data').first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible()
})

test('outputs are shown as what they are', async ({ page, board }) => {
  const task = await board.task('Deliver')
  await board.handIn(task)
  await page.goto(board.path(task, 'outputs'))
  await expect(page.getByRole('cell', { name: 'KEF' })).toBeVisible()
  await page.getByRole('button', { name: /report\.md/ }).click()
  await expect(page.getByRole('heading', { name: 'Findings' })).toBeVisible()
})

test('an agent’s log is followed, and the agent is stopped after a second look', async ({ page, board }) => {
  const task = await board.task('Print for a while', { assignee: 'dev' })
  await page.goto(board.path(task, 'attempts'))
  const log = page.getByRole('log')
  await expect(log).toContainText(/step \d+ of/, { timeout: 15_000 })
  await expect(page.getByText('Following')).toBeVisible()
  await page.getByRole('button', { name: /Stop attempt/ }).click()
  await page.getByRole('button', { name: 'Stop the agent' }).click()
  await expect(page.getByRole('button', { name: /Interrupted|Cancelled|Crashed/ }).first()).toBeVisible({
    timeout: 15_000,
  })
  await board.act(task, 'cancel', { reason: 'the test is over' })
})
