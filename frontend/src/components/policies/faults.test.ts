import { expect, it } from 'vitest'

import {
  faultElsewhere,
  faultOf,
  inWords,
  levelOfFile,
  nameOf,
  strayFaults,
} from '@/components/policies/faults'
import { aFault, aScript } from '@tests/render'

it('finds the script that a file belongs to', () => {
  expect(nameOf('projects/demo/scripts/tick.rhai')).toBe('tick')
  expect(nameOf('scripts/lib/quiet.rhai')).toBe('lib/quiet')
  expect(nameOf('scripts/jobs/backup.rhai')).toBe('jobs.backup')
  expect(nameOf('config/default.yaml')).toBeUndefined()
  expect(levelOfFile('projects/demo/scripts/tick.rhai')).toBe('project')
  expect(levelOfFile('scripts/tick.rhai')).toBe('root')
})

it('says a fault with as much of its place as is known', () => {
  expect(inWords(aFault())).toBe('scripts/tick.rhai:2:11: unexpected ";"')
  expect(inWords(aFault({ line: null, column: null }))).toBe('scripts/tick.rhai: unexpected ";"')
})

it('tells a script’s own fault from those of others', () => {
  const [tick, zombie] = [aScript(), aScript({ name: 'zombie' })]
  const faults = [aFault(), aFault({ file: 'scripts/new.rhai' })]
  expect(faultOf(tick, faults)).toBe(faults[0])
  expect(faultOf(zombie, faults)).toBeUndefined()
  expect(strayFaults([tick, zombie], faults)).toEqual([faults[1]])
  expect(faultElsewhere(zombie, faults)).toBe(faults[0])
  expect(faultElsewhere(tick, faults)).toBeUndefined() // Its own is to be mended first.
})
