import { expect, it } from 'vitest'

import { dropView, sameView, saveView, viewStore } from '@/components/views'

it('keeps views by project, one of a name, and lets them go', () => {
  saveView('demo', { name: 'Mine', view: { assignee: 'dev' } })
  saveView('demo', { name: 'Risky', view: { risk: 'high', by: 'agent' } })
  saveView('demo', { name: 'Mine', view: { assignee: 'writer' } })
  saveView('other', { name: 'Mine', view: {} })
  expect(viewStore.get().demo?.map(({ name }) => name)).toEqual(['Risky', 'Mine'])
  expect(viewStore.get().demo?.at(-1)?.view).toEqual({ assignee: 'writer' })
  expect(JSON.parse(localStorage.getItem('moziplus.views') ?? '')).toEqual(viewStore.get())
  dropView('demo', 'Mine')
  expect(viewStore.get().demo?.map(({ name }) => name)).toEqual(['Risky'])
  expect(viewStore.get().other).toHaveLength(1)
})

it('knows the same view when what is left out is nothing', () => {
  expect(sameView({ q: 'a' }, { q: 'a', risk: undefined })).toBe(true)
  expect(sameView({ q: 'a' }, { q: 'a', by: 'agent' })).toBe(false)
})
