import { faults } from './axe'
import { expect, test } from './board'

// Guardrails ask `dev`, who prints for a while and says nothing, so that the story can answer.
const team = ['dev', 'writer', 'critic', 'chief']

test('what a task must have and what its checks found is on its page, until it is complete', async ({
  page,
  newBoard,
}) => {
  const board = await newBoard(team)
  const task = await board.task('Count the stations', {
    task_type: 'counted',
    must_haves: {
      truths: ['Each station is counted once'],
      artifacts: ['outputs/rows.csv'],
      key_links: ['report.md'],
    },
  })
  await page.goto(board.path(task, 'checks'))
  await expect(page.getByText('Nobody has said yet that it is complete.')).toBeVisible()
  const must = page.getByRole('tabpanel').getByRole('region', { name: 'Must have' })
  await expect(must.getByRole('listitem').filter({ hasText: 'outputs/rows.csv' })).toContainText(
    'not there yet',
  )
  await expect(must.getByRole('listitem').filter({ hasText: 'Each station' })).toContainText(
    'judged by reviewers',
  )

  const token = await board.begin(task)
  const output = (title: string, text: string) =>
    board.act(task, 'outputs', { agent: 'writer', title, output_type: 'data', text }, token)
  await output('report.md', '# Counted\n')
  await output('rows.csv', 'name,mean\nKEF,4.2\n')
  await expect(must.getByRole('listitem').filter({ hasText: 'outputs/rows.csv' })).not.toContainText(
    'not there yet',
  )
  const early = await page.request.post(`/api/projects/${board.id}/tasks/${task}/complete`, {
    data: { agent: 'writer', summary: 'Counted.' },
    headers: { 'X-Moziplus-Token': token },
  })
  expect(early.status()).toBe(409)
  const checks = page.getByRole('region', { name: 'Checks and guardrails' })
  const program = checks.getByRole('listitem').filter({ hasText: 'has_rows' })
  await expect(program).toContainText('In the way')
  await expect(program).toContainText('ended with exit code 1')
  await expect(page.getByText('It was said to be complete, but something is missing.').first()).toBeVisible()
  expect(await faults(page), 'a refused completion').toEqual([])

  await output('rows.csv', 'station,mean\nKEF,4.2\n')
  await board.act(task, 'complete', { agent: 'writer', summary: 'Counted.' }, token)
  await expect(page.getByText('It is said to be complete, and is being checked.').first()).toBeVisible()
  await expect(program).toContainText('Passed')
  await expect(program).toContainText('grep -r station outputs')
  const question = checks.getByRole('listitem').filter({ hasText: 'way_back' })
  await expect(question).toContainText('Being checked')
  await expect(page.getByText('dev was asked, and has not answered yet.')).toBeVisible()

  await board.act(task, 'observations', {
    agent: 'critic',
    body: 'PASS way_back: the head of the table says it',
  })
  await expect(question).toContainText('Passed')
  await question.getByRole('button').click()
  await expect(question).toContainText('the head of the table says it')
  await expect(page.getByText('It was complete: everything that was checked held.')).toBeVisible()
  expect(await faults(page), 'a completion that held').toEqual([])
})

test('what a guardrail’s question has found is shown with the question and who answered', async ({
  page,
  newBoard,
}) => {
  const board = await newBoard(team)
  const task = await board.task('Leave the source out', { task_type: 'counted' })
  const token = await board.begin(task)
  await board.act(
    task,
    'outputs',
    { agent: 'writer', title: 'rows.csv', output_type: 'data', text: 'station,mean\n' },
    token,
  )
  await board.act(task, 'complete', { agent: 'writer', summary: 'Counted.' }, token)
  await page.goto(board.path(task))
  await page.getByRole('link', { name: 'See the checks' }).click()
  await board.act(task, 'observations', { agent: 'critic', body: 'FAIL way_back: no source is named' })
  const question = page
    .getByRole('region', { name: 'Checks and guardrails' })
    .getByRole('listitem')
    .filter({ hasText: 'way_back' })
    .first()
  await expect(question).toContainText('In the way', { timeout: 20_000 })
  await expect(question).toContainText('Does the report say where the rows come from?')
  await expect(question).toContainText('Answered by critic')
  await expect(question).toContainText('no source is named')
})

test('a goal is talked about: who says what, who sums up, and the parts that came of it', async ({
  page,
  newBoard,
}) => {
  const board = await newBoard(['voice', 'writer', 'chief'])
  const goal = await board.task('Know the rows of May', { task_type: 'goal', assignee: undefined })
  await page.goto(board.path(goal, 'discussion'))
  const round = page.getByRole('region', { name: 'Round 1' })
  await expect(round).toContainText('The source may be late.', { timeout: 25_000 })
  await expect(round.getByRole('listitem').filter({ hasText: 'counted twice' })).toContainText('Position')
  await expect(round.getByRole('listitem').filter({ hasText: 'may be late' })).toContainText('Risk')
  await expect(round).toContainText('asked: voice')
  await expect(round).toContainText('chief was asked to sum up.', { timeout: 25_000 })
  await board.task('Count them', { parent: goal, risk_level: 'low' })
  await board.act(goal, 'decisions', {
    agent: 'chief',
    decision: 'summary: one part is enough',
    rationale: 'Nobody **objects**.',
  })
  await expect(round).toContainText('Summed up by chief')
  await expect(round).toContainText('one part is enough')
  const parts = page.getByRole('region', { name: 'What became of it' })
  await expect(parts.getByRole('link', { name: /Count them/ })).toContainText('Pending')
  expect(await faults(page), 'a discussion').toEqual([])
})
