import { faults } from './axe'
import { expect, test, type Board } from './board'

async function everyPage(board: Board): Promise<string[]> {
  const task = await board.task('Look at me', {
    risk_level: 'high',
    priority: 9,
    description: 'A [link](https://example.org) and `code`.',
  })
  await board.handIn(task)
  await board.act(task, 'reviews', {
    reviewer: 'critic',
    verdict: 'needs_revision',
    confidence: 0.8,
    issues: [{ severity: 'major', text: 'Too short.' }],
  })
  const tabs = [
    'thread',
    'discussion',
    'outputs',
    'checks',
    'reviews',
    'attempts',
    'timeline',
    'graph',
    'prompt',
    'notes',
  ]
  const policies = ['/policies', `/policies?project=${board.id}&script=escalation`]
  const mail = await board.mail({ from: 'writer', to: 'human', subject: 'A question', body: 'Which *one*?' })
  await board.act(task, 'experiences', { agent: 'writer', lesson: 'Count twice.', tags: ['rows'] })
  const operations = ['figures', 'jobs', 'backups', 'deliveries', 'letters', 'keys', 'storage', 'config'].map(
    tab => `/operations?tab=${tab}`,
  )
  return [
    '/',
    board.path(),
    `${board.path()}?by=agent`,
    ...tabs.map(tab => board.path(task, tab)),
    '/agents',
    '/knowledge',
    '/knowledge?tab=lessons',
    '/mail',
    `/mail?mail=${mail.conversation}`,
    '/spend',
    '/events',
    ...operations,
    ...policies,
  ]
}

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [1440, 390])
    test.describe(`${colorScheme}, ${width} pixels wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 844 }, reducedMotion: 'reduce' } as object)
      test('every page can be read by everybody and fits the screen', async ({ page, board }) => {
        test.setTimeout(300_000) // Some twenty pages, each read by axe.
        for (const path of await everyPage(board)) {
          await page.goto(path)
          await expect(page.locator('main h1')).toBeVisible()
          await expect(page.locator('[aria-busy]')).toHaveCount(0)
          expect(await faults(page), path).toEqual([])
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
          expect(overflow, `${path} scrolls sideways`).toBeLessThanOrEqual(0)
        }
      })
    })

test('the language changes at once and stays', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('button', { name: 'Preferences' }).click()
  await page.getByRole('button', { name: '简体中文' }).click()
  await expect(page.getByRole('heading', { name: '需要你处理' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { name: '总览' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
})

test.describe('in a Chinese browser', () => {
  test.use({ locale: 'zh-CN' })
  test('the first page is Chinese', async ({ page }) => {
    await page.goto('/')
    await expect(page.getByRole('link', { name: '智能体' }).first()).toBeVisible()
  })
})

test('the theme can be chosen against the system’s', async ({ page }) => {
  await page.goto('/')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  await page.getByRole('button', { name: 'Preferences' }).click()
  await page.getByRole('button', { name: 'Dark' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
})

test('the way on foot: keys lead to every page', async ({ page, board }) => {
  await page.goto(board.path())
  await expect(page.locator('main')).toContainText('No tasks yet')
  // On a busy machine more time may lie between two keys than a pair of them may take.
  const type = async (first: string, second: string, arrived: () => Promise<void>) =>
    expect(async () => {
      await page.keyboard.press(first)
      await page.keyboard.press(second)
      await arrived()
    }).toPass()
  await type('g', 'e', () =>
    expect(page.getByRole('heading', { name: 'Events', exact: true })).toBeVisible({ timeout: 3000 }),
  )
  await type('g', 'b', () => expect(page).toHaveURL(new RegExp(`/projects/${board.id}`), { timeout: 3000 }))
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
})
