import { expect, test } from './board'

test('a question of an agent is found, read and answered', async ({ page, board }) => {
  const subject = `Which rates for ${board.id}?`
  await board.mail({
    from: 'writer',
    to: 'human',
    subject,
    body: 'The **old** ones?',
    deadline_seconds: 3600,
  })
  await page.goto('/')
  const need = page
    .getByRole('region', { name: 'Needs you' })
    .getByRole('listitem')
    .filter({ hasText: subject })
  await need.getByRole('link', { name: 'Answer' }).click()
  await expect(page.getByRole('heading', { name: subject })).toBeVisible()
  await expect(page.getByText(/^Answer by/)).toBeVisible()
  await expect(page.getByText(/^read/)).toBeVisible()
  const box = page.getByLabel('Answer writer')
  await box.fill('The new ones.')
  await box.press('Control+Enter')
  await expect(page.getByText('The new ones.')).toBeVisible()
  await expect(page.getByText('Answered', { exact: true })).toBeVisible()
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Needs you' })).toBeVisible()
  await expect(need).toHaveCount(0)
})

test('a mail to an agent is written, and its answer is seen as it comes', async ({ page, board }) => {
  const subject = `Orders of ${board.id}`
  await page.goto('/mail')
  await page.getByRole('button', { name: 'New mail' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: 'Send' })).toHaveAttribute('aria-disabled', 'true')
  await dialog.getByLabel('To').selectOption('writer')
  await dialog.getByLabel('Subject').fill(subject)
  await dialog.getByLabel('Text').fill('How many?')
  await dialog.getByRole('button', { name: 'Send' }).click()
  await expect(page.getByRole('heading', { name: subject })).toBeVisible()
  await expect(page).toHaveURL(/box=sent/)
  await expect(page.getByText('Waits for the answer of writer.')).toBeVisible()
  const id = Number(new URL(page.url()).searchParams.get('mail'))
  await board.mail({ from: 'writer', in_reply_to: id, body: 'There were 42.' })
  await expect(page.getByText('There were 42.')).toBeVisible()
  await expect(page.getByText('Answered', { exact: true })).toBeVisible()
})

test('mail is narrowed down to what is unanswered, by its address', async ({ page, board }) => {
  const told = `Told by ${board.id}`
  const asked = `Asked by ${board.id}`
  await board.mail({ from: 'writer', to: 'human', subject: told, body: 'Done.', kind: 'inform' })
  await board.mail({ from: 'writer', to: 'human', subject: asked, body: 'Why?' })
  await page.goto('/mail')
  await expect(page.getByRole('link', { name: told })).toBeVisible()
  await page.getByLabel('Which mails').selectOption('open')
  await expect(page).toHaveURL(/want=open/)
  await expect(page.getByRole('link', { name: told })).toHaveCount(0)
  await expect(page.getByRole('link', { name: asked })).toBeVisible()
})

test.describe('on a phone, in Chinese', () => {
  test.use({ locale: 'zh-CN', viewport: { width: 390, height: 844 } })
  test('a conversation has the screen for itself, and a way back', async ({ page, board }) => {
    const subject = `关于 ${board.id}`
    await board.mail({ from: 'writer', to: 'human', subject, body: '请选择。' })
    await page.goto('/mail')
    await page.getByRole('link', { name: subject }).click()
    await expect(page.getByRole('heading', { name: subject })).toBeVisible()
    await expect(page.getByRole('navigation', { name: '会话' })).toBeHidden()
    await page.getByRole('link', { name: '所有会话' }).click()
    await expect(page.getByRole('link', { name: subject })).toBeVisible()
  })
})
