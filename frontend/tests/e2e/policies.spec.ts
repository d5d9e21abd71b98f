import type { Page } from '@playwright/test'

import { faults } from './axe'
import { expect, test, type Board } from './board'

const editor = (page: Page) => page.getByRole('textbox', { name: 'Text of tick' })

/** Puts a text in the place of what the editor holds. */
async function write(page: Page, text: string) {
  await expect(editor(page)).toHaveAttribute('aria-readonly', 'false')
  await editor(page).click()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.insertText(text)
}

const open = (page: Page, board: Board, script = 'tick') =>
  page.goto(`/policies?project=${board.id}&script=${script}`)

/** Nobody is started; whatever is ready is blocked instead. */
const blockAll = `fn plan(board) {
    for task in board.ready { emit(block(task.id, "stop the line")); }
}
`

test('a script is overridden, broken, mended, tried out, saved and rolled back', async ({ page, board }) => {
  const task = await board.task('Wait for the writer')
  await open(page, board)
  await expect(editor(page)).toContainText('fn plan(board)')
  await expect(editor(page)).toHaveAttribute('aria-readonly', 'true')
  await page.getByRole('button', { name: 'Override' }).click()
  await expect(editor(page)).toHaveAttribute('aria-readonly', 'false')
  const row = page.getByRole('navigation', { name: 'Scripts' }).getByRole('link', { name: /^tick/ })
  await expect(row).toContainText('project')

  await write(page, 'fn plan(board) {\n    let x = ;\n}\n')
  const problems = page.getByRole('region', { name: 'Problems' })
  await expect(problems).toContainText('1 problem')
  await expect(problems.getByRole('button', { name: /^2:13/ })).toContainText("unexpected ';'")
  await expect(page.locator('.cm-lint-marker-error')).toHaveCount(1)
  await expect(row.getByRole('img', { name: 'Unsaved changes' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save' })).toHaveAttribute('aria-disabled', 'true')
  expect(await faults(page), 'with a problem').toEqual([])
  await problems.getByRole('button').click()
  await expect(page.locator('.cm-activeLine')).toContainText('let x = ;')

  await write(page, blockAll)
  await expect(problems).toContainText('No problems')
  await page.getByRole('button', { name: 'Try it out' }).click()
  const now = page.getByRole('region', { name: 'Now' })
  await expect(now).toContainText('differs')
  await expect(now.getByRole('listitem').filter({ hasText: 'stop the line' }).first()).toContainText(task)
  await expect(page.getByRole('region', { name: 'In the past' })).toContainText(/tick/)

  expect(await faults(page), 'tried out').toEqual([])

  await page.keyboard.press('ControlOrMeta+S')
  await expect(page.getByRole('status').filter({ hasText: 'saved and in force' })).toBeVisible()
  await expect(row.getByRole('img', { name: 'Unsaved changes' })).toHaveCount(0)

  await page.getByRole('tab', { name: 'History' }).click()
  const versions = page.getByRole('list', { name: 'Versions' }).getByRole('button')
  await expect(versions).toHaveCount(2)
  await expect(versions.first()).toContainText('current')
  await versions.last().click()
  await expect(page.getByRole('textbox', { name: /^Version of/ })).toContainText('Who starts on what')
  expect(await faults(page), 'history').toEqual([])
  await page.getByRole('button', { name: 'Roll back to this' }).click()
  await expect(versions).toHaveCount(3)
  await expect(editor(page)).toContainText('Who starts on what')

  await page.getByRole('button', { name: 'Remove override' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('The built-in script is in force at once')
  await dialog.getByRole('button', { name: 'Remove override' }).click()
  await expect(row).toContainText('built-in')
  await expect(editor(page)).toHaveAttribute('aria-readonly', 'true')
})

test('what somebody else saved meanwhile is not overwritten', async ({ page, board }) => {
  await open(page, board)
  await page.getByRole('button', { name: 'Override' }).click()
  await write(page, '// mine\nfn agent_for(task) { () }\n')
  await board.script('tick', '// theirs\nfn agent_for(task) { () }\n')
  await expect(page.getByText('Somebody else has saved tick')).toBeVisible()
  await page.getByRole('button', { name: 'Save' }).click()
  const dialog = page.getByRole('dialog', { name: 'Two versions of tick' })
  await expect(dialog.getByRole('textbox', { name: 'Saved by somebody else' })).toContainText('// theirs')
  await expect(dialog.getByRole('textbox', { name: 'Yours' })).toContainText('// mine')
  expect(await faults(page), 'conflict').toEqual([])
  await dialog.getByRole('button', { name: 'Go on editing' }).click()
  await expect(editor(page)).toContainText('// mine')
  await page.getByRole('button', { name: 'Compare' }).click()
  await dialog.getByRole('button', { name: 'Take theirs' }).click()
  await expect(editor(page)).toContainText('// theirs')

  await write(page, '// mine again\nfn agent_for(task) { () }\n')
  await board.script('tick', '// theirs again\nfn agent_for(task) { () }\n')
  await page.getByRole('button', { name: 'Save' }).click()
  await dialog.getByRole('button', { name: 'Overwrite with mine' }).click()
  await expect(dialog).toHaveCount(0)
  await page.reload()
  await expect(editor(page)).toContainText('// mine again')
})

test('a text that was refused is kept, compared, mended and saved', async ({ page, board }) => {
  await board.script('tick', '// good\nfn agent_for(task) { () }\n')
  board.scriptOnDisk('tick', '// broken\nfn agent_for(task) { let x = ; }\n')
  await open(page, board)
  await expect(page.getByText('The refused text is kept in the file.')).toBeVisible()
  await expect(editor(page)).toContainText('// good')
  await page.getByRole('button', { name: 'Compare' }).click()
  await expect(page.getByRole('textbox', { name: 'Refused' })).toContainText('// broken')
  expect(await faults(page), 'compared').toEqual([])
  await page.getByRole('button', { name: 'Edit the refused text' }).click()
  await expect(editor(page)).toContainText('// broken')
  await expect(page.getByRole('region', { name: 'Problems' })).toContainText('1 problem')
  await write(page, '// mended\nfn agent_for(task) { () }\n')
  await expect(page.getByRole('region', { name: 'Problems' })).toContainText('No problems')
  await page.keyboard.press('ControlOrMeta+S')
  await expect(page.getByRole('status').filter({ hasText: 'saved and in force' })).toBeVisible()
  await expect(page.getByText('The refused text is kept in the file.')).toHaveCount(0)
  await page.getByRole('tab', { name: 'History' }).click()
  await expect(page.getByRole('list', { name: 'Versions' }).getByRole('button')).toHaveCount(3)
})

test('unsaved text outlives other pages and a reload, and leaving asks first', async ({ page, board }) => {
  await open(page, board)
  await page.getByRole('button', { name: 'Override' }).click()
  await write(page, '// not yet saved\n')
  await page.getByRole('link', { name: /^Agents( \d+)?$/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Leave with unsaved changes?' })
  await expect(dialog).toContainText(`${board.id}: tick`)
  await dialog.getByRole('button', { name: 'Stay' }).click()
  await expect(editor(page)).toContainText('// not yet saved')
  await page.getByRole('link', { name: /^Agents( \d+)?$/ }).click()
  await dialog.getByRole('button', { name: 'Leave, keep the text' }).click()
  await expect(page.getByRole('heading', { name: 'Agents', exact: true })).toBeVisible()
  await open(page, board)
  await expect(editor(page)).toContainText('// not yet saved')
  await page.getByRole('button', { name: 'Discard' }).click()
  await expect(editor(page)).toContainText('Who starts on what')
})

test('words of policies are completed with their meaning', async ({ page, board }) => {
  await open(page, board)
  await page.getByRole('button', { name: 'Override' }).click()
  await write(page, 'fn plan(board) {\n    for one in board.ready { one.')
  await page.keyboard.type('pri')
  const list = page.getByRole('listbox', { name: 'Completions' })
  await expect(page.getByText('1 to 10, 10 most urgent.')).toBeVisible()
  await list.getByRole('option', { name: /priority/ }).click()
  await expect(editor(page)).toContainText('one.priority')
  await page.getByRole('button', { name: 'Discard' }).click()
})

test('a task says why it is where it is', async ({ page, board }) => {
  const first = await board.task('First')
  const second = await board.task('Second', { depends_on: [first] })
  await page.goto(board.path(second))
  const why = page.getByRole('region', { name: 'Why' })
  await expect(why).toContainText(`waits for ${first}`)
  await why.getByRole('link', { name: new RegExp(first) }).click()
  await expect(page.getByRole('heading', { name: 'First' })).toBeVisible()
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } })
  test('the script that was chosen comes into sight below the list', async ({ page, board }) => {
    await open(page, board)
    await page.getByRole('link', { name: /^zombie/ }).click()
    await expect(page.getByRole('textbox', { name: 'Text of zombie' })).toBeVisible()
    await expect(page.getByRole('link', { name: /^distillation/ })).not.toBeInViewport()
    await expect(page.getByRole('heading', { name: /^zombie/ })).toBeInViewport()
  })
})
