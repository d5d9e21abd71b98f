import { expect, it } from 'vitest'

import { sectionsOf, settingRows } from '@/components/operations/settings'

const rows = settingRows(
  { daemon: { tick_interval: 30, kill_grace: 10 }, git: { remotes: [{ name: 'a' }] }, jobs: [] },
  { 'daemon.tick_interval': 'config/default.yaml:3', 'git.remotes': 'environment MOZIPLUS__GIT__REMOTES' },
)

it('makes a row of each value, with where it was set', () => {
  expect(rows).toEqual([
    { key: 'daemon.tick_interval', value: '30', origin: 'config/default.yaml:3' },
    { key: 'daemon.kill_grace', value: '10', origin: 'built-in' },
    { key: 'git.remotes', value: '[{"name":"a"}]', origin: 'environment MOZIPLUS__GIT__REMOTES' },
    { key: 'jobs', value: '[]', origin: 'built-in' },
  ])
})

it('narrows rows down by text and by who set them', () => {
  const keys = (text: string, onlySet: boolean) =>
    sectionsOf(rows, text, onlySet).flatMap(([, list]) => list.map(({ key }) => key))
  expect(keys('KILL', false)).toEqual(['daemon.kill_grace'])
  expect(keys('', true)).toEqual(['daemon.tick_interval', 'git.remotes'])
  expect(sectionsOf(rows, '', false).map(([section]) => section)).toEqual(['daemon', 'git', 'jobs'])
})
