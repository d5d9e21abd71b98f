import { expect, it } from 'vitest'

import { failuresAt, failuresIn, problemIn } from '@/api/failing'
import { aFault } from '@tests/render'

const at = '2026-01-01T00:00:00.000Z'
const failing = (hook: string, file: string) => ({
  hook,
  problem: aFault({ file }),
  since: at,
  last_at: at,
  times_count: 2,
})
const having = (...hooks: ReturnType<typeof failing>[]) => ({
  policy: { hash: 'h', source: 'root', last_error: null, failing: hooks },
})
const own = failing('plan', 'projects/demo/scripts/tick.rhai')
const shared = failing('deliver', 'scripts/notify.rhai')
const projects = { demo: having(own), other: having(shared), quiet: having() }

it('a fault in one line is taken apart', () => {
  const text =
    'projects/demo/scripts/tick.rhai:3:9: unknown property `nope` in `plan`; a task has title, status'
  expect(problemIn(text)).toEqual({
    file: 'projects/demo/scripts/tick.rhai',
    line: 3,
    column: 9,
    function: 'plan',
    message: 'unknown property `nope`',
    expected: 'a task has title, status',
  })
  expect(problemIn('scripts/tick.rhai: it is empty')).toMatchObject({ line: null, message: 'it is empty' })
  expect(problemIn('no file at all')).toMatchObject({ file: '', message: 'no file at all' })
})

it('failing hooks are told with their project', () =>
  expect(failuresIn(projects)).toEqual([
    { ...own, project: 'demo' },
    { ...shared, project: 'other' },
  ]))

it('a place has its own failures, and all projects those of what they share', () => {
  const hooks = (place?: string) => failuresAt(place, projects).map(({ hook }) => hook)
  expect(hooks('demo')).toEqual(['plan'])
  expect(hooks('other')).toEqual(['deliver'])
  expect(hooks('gone')).toEqual([])
  expect(hooks()).toEqual(['deliver'])
})
