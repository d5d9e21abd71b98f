import { screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'

import { dropAllDrafts, keepDraft } from '@/components/policies/drafts'
import { ScriptList } from '@/components/policies/ScriptList'
import { aFault, aScript, showWithLinks } from '@tests/render'

const at = '2026-01-01T00:00:00.000Z'
const row = (name: RegExp) => within(screen.getByRole('link', { name }))

it('says where each script comes from, and how it is', () => {
  keepDraft('demo', 'zombie', { text: 'x', base: 'y' })
  showWithLinks(
    <ScriptList
      place="demo"
      scripts={[
        aScript({ level: 'project' }),
        aScript({ name: 'zombie', level: 'root' }),
        aScript({ name: 'notify' }),
      ]}
      faults={[aFault({ file: 'projects/demo/scripts/tick.rhai' })]}
      failures={[]}
      selected="notify"
      jobErrors={[]}
    />,
  )
  expect(row(/^tick/).getByText('project')).toBeTruthy()
  expect(row(/^tick/).getByText('Faulty at 2:11')).toBeTruthy()
  expect(row(/^tick/).getByText('Last good text in force')).toBeTruthy()
  expect(row(/^zombie/).getByText('root')).toBeTruthy()
  expect(row(/^zombie/).getByRole('img', { name: 'Unsaved changes' })).toBeTruthy()
  expect(row(/^notify/).getByText('built-in')).toBeTruthy()
  expect(screen.getByRole('link', { current: 'page' }).getAttribute('href')).toBe(
    '/policies?project=demo&script=notify',
  )
  dropAllDrafts()
})

it('sets jobs apart, and says a fault that belongs to no script', () => {
  showWithLinks(
    <ScriptList
      place={undefined}
      scripts={[aScript({ name: 'jobs.backup' })]}
      faults={[aFault({ file: 'scripts/new.rhai' })]}
      failures={[]}
      selected={undefined}
      jobErrors={['scripts/jobs/report.rhai:3:1: unexpected end']}
    />,
  )
  expect(screen.getByRole('heading', { name: 'Jobs' })).toBeTruthy()
  expect(screen.getByRole('link', { name: /^backup/ })).toBeTruthy()
  expect(screen.getByText(/^scripts\/new\.rhai:2:11/)).toBeTruthy()
  expect(screen.getByText('scripts/jobs/report.rhai:3:1: unexpected end')).toBeTruthy()
})

it('marks a script whose hook fails when it is asked, and tells one that is nowhere in the list', () => {
  const failure = (hook: string, file: string) => ({
    hook,
    problem: aFault({ file }),
    since: at,
    last_at: at,
    times_count: 2,
    project: 'demo',
  })
  showWithLinks(
    <ScriptList
      place="demo"
      scripts={[aScript(), aScript({ name: 'notify' })]}
      faults={[]}
      failures={[failure('plan', 'built-in/tick.rhai'), failure('deliver', 'scripts/lib/gone.rhai')]}
      selected={undefined}
      jobErrors={[]}
    />,
  )
  expect(row(/^tick/).getByText('Fails when asked: plan')).toBeTruthy()
  expect(row(/^notify/).queryByText(/Fails/)).toBeNull()
  expect(screen.getByText(/^deliver: scripts\/lib\/gone\.rhai:2:11/)).toBeTruthy()
})
