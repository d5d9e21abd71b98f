import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'

import type { PolicyAnswer, ScriptReplay, ScriptSimulation } from '@/api/client'
import { TryOut } from '@/components/policies/TryOut'
import { useTrials } from '@/components/policies/useTrials'
import { aFault, serverAnswersBy, showWithLinks } from '@tests/render'

const at = '2026-01-01T08:00:00.000Z'
const answer = (text: string): PolicyAnswer => ({
  action: 'block',
  task: 't-1',
  text,
  value: {},
  refused: null,
})
const difference = {
  hook: 'plan',
  subject: 'project demo',
  task: null,
  before: [answer('start dev on t-1')],
  after: [answer('let t-1 wait')],
  text: 'otherwise',
}

const simulation = (more: Partial<ScriptSimulation> = {}): ScriptSimulation => ({
  project: 'demo',
  at,
  hash: 'b',
  in_force_hash: 'a',
  ok: true,
  problems: [],
  items: [],
  differences: [difference],
  not_asked: [],
  ...more,
})

const replayed = (more: Partial<ScriptReplay> = {}): ScriptReplay => ({
  project: 'demo',
  since: at,
  until: at,
  hash: 'b',
  in_force_hash: 'a',
  ok: true,
  problems: [],
  pictures_count: 3,
  first_picture: at,
  last_picture: at,
  damaged_count: 0,
  ticks_count: 4,
  questions_count: 5,
  faults_count: 0,
  differences: [{ at, until: at, times: 2, difference }],
  differences_count: 1,
  not_asked: [],
  cut_short: false,
  ...more,
})

function Trial({ name = 'tick', place, text }: { name?: string; place?: string; text: string }) {
  const projects = ['demo', 'shop']
  const trials = useTrials(place, name, text, projects)
  return <TryOut place={place} name={name} projects={projects} trials={trials} />
}

const run = () => userEvent.click(screen.getByRole('button', { name: 'Try it out' }))
const part = (name: string) => within(screen.getByRole('region', { name }))

it('shows both answers, now and in the past, and says when the text is another by now', async () => {
  const requests = serverAnswersBy(url => (url.endsWith('/replay') ? replayed() : simulation()))
  const { rerender } = showWithLinks(<Trial place="demo" text="one" />)
  await userEvent.selectOptions(screen.getByLabelText('Back to'), '7d')
  await run()
  expect(await part('Now').findByText('1 answer differs')).toBeTruthy()
  expect(part('Now').getByText('start dev on t-1')).toBeTruthy()
  expect(part('Now').getByText('let t-1 wait')).toBeTruthy()
  expect(await part('In the past').findByText('4 ticks · 5 questions asked')).toBeTruthy()
  expect(requests).toEqual([
    { url: '/api/projects/demo/scripts/tick/simulate', body: { source: 'one' } },
    { url: '/api/projects/demo/scripts/tick/replay', body: { source: 'one', since: '7d' } },
  ])
  expect(screen.queryByText('The text was changed since.')).toBeNull()
  rerender(<Trial place="demo" text="two" />)
  expect(screen.getByText('The text was changed since.')).toBeTruthy()
})

it('says what the core would refuse, what was not asked, and what the past is compared with', async () => {
  const refused = { ...answer('start dev on t-1'), refused: 'no free slot for dev' }
  serverAnswersBy(url =>
    url.endsWith('/replay')
      ? replayed()
      : simulation({
          differences: [{ ...difference, before: [], after: [refused] }],
          not_asked: ['on_stale', 'on_deadlock'],
        }),
  )
  showWithLinks(<Trial place="demo" text="one" />)
  await run()
  const now = part('Now')
  expect((await now.findByText(/^start dev on t-1/)).textContent).toBe(
    'start dev on t-1, which would be refused: no free slot for dev',
  )
  expect(
    now.getByText('Not asked, since nothing calls for it now: on_stale, on_deadlock. See “In the past”.'),
  ).toBeTruthy()
  expect(part('In the past').getByText(/^Compared with the scripts in force now/)).toBeTruthy()
})

it('asks in which project, for a script of all projects', async () => {
  const requests = serverAnswersBy(() => simulation({ ok: false, problems: [aFault()] }))
  showWithLinks(<Trial text="one" />)
  await userEvent.selectOptions(screen.getByLabelText('In'), 'shop')
  await run()
  expect(await part('Now').findByText('scripts/tick.rhai:2:11: unexpected ";"')).toBeTruthy()
  expect(requests[0]).toEqual({ url: '/api/scripts/tick/simulate', body: { source: 'one', project: 'shop' } })
})

it('says that nothing is on record', async () => {
  serverAnswersBy(url =>
    url.endsWith('/replay') ? replayed({ pictures_count: 0 }) : simulation({ differences: [] }),
  )
  showWithLinks(<Trial place="demo" text="one" />)
  await run()
  expect(await part('In the past').findByText('No tick of this time is on record.')).toBeTruthy()
  expect(await part('Now').findByText('No difference')).toBeTruthy()
})

it('does not try jobs out', () => {
  showWithLinks(<Trial name="jobs.backup" text="one" />)
  expect(screen.queryByRole('button', { name: 'Try it out' })).toBeNull()
})
