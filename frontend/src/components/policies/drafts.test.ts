import { afterEach, expect, it, vi } from 'vitest'

const stored = () => sessionStorage.getItem('moziplus.drafts')

afterEach(() => {
  sessionStorage.clear()
  vi.resetModules()
})

it('keeps texts for the next load of the page, and forgets them when they are saved', async () => {
  const first = await import('@/components/policies/drafts')
  first.keepDraft('demo', 'tick', { text: 'new', base: 'a1' })
  first.keepDraft(undefined, 'tick', { text: 'for all', base: 'b2' })
  vi.resetModules()
  const second = await import('@/components/policies/drafts')
  expect(second.anyDrafts()).toBe(true)
  second.dropDraft('demo', 'tick')
  expect(stored()).toBe('{"/tick":{"text":"for all","base":"b2"}}')
  second.dropAllDrafts()
  expect(second.anyDrafts()).toBe(false)
})

it('does not trip over what is no draft', async () => {
  sessionStorage.setItem('moziplus.drafts', '{"demo/tick":{"text":7},"demo/zombie":{"text":"x","base":"y"}}')
  const { anyDrafts, dropDraft } = await import('@/components/policies/drafts')
  dropDraft('demo', 'zombie')
  expect(anyDrafts()).toBe(false)
})

it('starts empty when the storage holds no such thing', async () => {
  sessionStorage.setItem('moziplus.drafts', 'not JSON')
  const { anyDrafts } = await import('@/components/policies/drafts')
  expect(anyDrafts()).toBe(false)
})
