import { screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'

import { StorageSection } from '@/components/operations/StorageSection'
import { serverAnswersBy, show } from '@tests/render'

const project = {
  project: 'demo',
  database_bytes: 4000,
  dead_letters_bytes: 1000,
  events_bytes: 0,
  decisions_bytes: 0,
  artifacts_bytes: 0,
  archives_bytes: 0,
}
const storage = {
  total_bytes: 8192,
  daemon_db_bytes: 1024,
  backups_bytes: 0,
  safety_copies_bytes: 0,
  recordings_bytes: 0,
  logs_bytes: 0,
  inbox_bytes: 0,
  projects: [project],
}

it('says how much of a database refused writes take', async () => {
  serverAnswersBy(url => (url.includes('storage') ? storage : {}))
  show(<StorageSection />)
  const row = await screen.findByRole('row', { name: /demo/ })
  const heads = screen.getAllByRole('columnheader').map(head => head.textContent)
  const cells = within(row)
    .getAllByRole('cell')
    .map(cell => cell.textContent)
  expect(cells[heads.indexOf('Databases') - 1]).toBe('4.0 KB')
  expect(cells[heads.indexOf('of which refused writes') - 1]).toBe('1.0 KB')
})
