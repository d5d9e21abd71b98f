import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, renderHook, waitFor } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'

import type { Script } from '@/api/client'
import { dropAllDrafts } from '@/components/policies/drafts'
import { useScriptText } from '@/components/policies/useScriptText'
import { aFault, aScript, serverAnswersBy, type Answer } from '@tests/render'

// As the standard's own example has it.
const hashOfAbc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'

afterEach(() => {
  dropAllDrafts()
  vi.unstubAllGlobals()
})

const own = (source: string, hash: string): Script => aScript({ level: 'project', source, hash })

/** The hook, with a server that holds one script and answers saves as told. */
async function opened(first: Script | (() => Script), put: () => Script | Answer) {
  let read = typeof first === 'function' ? first : () => first
  const save = () => {
    const answer = put()
    if ('name' in answer) read = () => answer
    return answer
  }
  const requests = serverAnswersBy((url, method) =>
    url.endsWith('/check') ? { ok: true, problems: [] } : method === 'PUT' ? save() : read(),
  )
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const { result } = renderHook(() => useScriptText('demo', 'tick'), {
    wrapper: ({ children }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>,
  })
  await waitFor(() => expect(result.current.script).toBeDefined())
  return {
    result,
    saves: () => requests.filter(({ url }) => url.endsWith('/tick')).filter(({ body }) => body),
  }
}

const conflict: Answer = {
  status: 409,
  body: { error: 'conflict', detail: 'script tick was changed by somebody else meanwhile' },
}

it('reads what is inherited, and makes a copy of one’s own in one click', async () => {
  const { result, saves } = await opened(aScript({ source: 'old', hash: 'h0' }), () => own('old', 'h0'))
  expect(result.current.editable).toBe(false)
  act(() => result.current.override())
  await waitFor(() => expect(result.current.editable).toBe(true))
  expect(saves()[0]?.body).toEqual({ source: 'old', base_hash: 'h0' })
})

it('keeps a change until it is saved, over the text that it was made from', async () => {
  const { result, saves } = await opened(own('old', 'h0'), () => own('new', 'h1'))
  act(() => result.current.change('new'))
  expect([result.current.text, result.current.isDraft]).toEqual(['new', true])
  act(() => result.current.save())
  await waitFor(() => expect(result.current.isDraft).toBe(false))
  expect(saves()[0]?.body).toEqual({ source: 'new', base_hash: 'h0' })
})

it('is no change when the text is as it was', async () => {
  const { result } = await opened(own('old', 'h0'), () => conflict)
  act(() => result.current.change('new'))
  act(() => result.current.change('old'))
  expect(result.current.isDraft).toBe(false)
})

it('shows both texts on a conflict, and overwrites only what was shown', async () => {
  let answer: Script | Answer = conflict
  const { result, saves } = await opened(own('theirs', 'h9'), () => answer)
  act(() => result.current.change('mine'))
  act(() => result.current.save())
  await waitFor(() => expect(result.current.theirs?.source).toBe('theirs'))
  expect(result.current.text).toBe('mine')
  answer = own('mine', 'h10')
  act(() => result.current.keepMine())
  await waitFor(() => expect(result.current.theirs).toBeUndefined())
  expect(saves().at(-1)?.body).toEqual({ source: 'mine', base_hash: 'h9' })
})

it('takes theirs when that is chosen', async () => {
  const { result } = await opened(own('theirs', 'h9'), () => conflict)
  act(() => result.current.change('mine'))
  act(() => result.current.compare())
  await waitFor(() => expect(result.current.theirs).toBeDefined())
  act(() => result.current.takeTheirs())
  expect([result.current.text, result.current.isDraft]).toEqual(['theirs', false])
})

it('keeps a saved text in sight that did not come into force, which is no conflict', async () => {
  let held = own('old', 'h0')
  const { result } = await opened(
    () => held,
    () => {
      held = { ...held, refused_source: 'new' }
      return conflict
    },
  )
  act(() => result.current.change('new'))
  act(() => result.current.save())
  await waitFor(() => expect(result.current.script?.refused_source).toBe('new'))
  await waitFor(() => expect(result.current.isSaving).toBe(false))
  expect([result.current.text, result.current.isDraft, result.current.isBehind]).toEqual(['new', true, false])
  expect([result.current.theirs, result.current.refused]).toEqual([undefined, null])
})

it('brings a refused text back, to be saved over that text and not over the one in force', async () => {
  vi.stubGlobal('isSecureContext', true)
  const { result, saves } = await opened({ ...own('good', 'h0'), refused_source: 'abc' }, () =>
    own('abcd', 'h1'),
  )
  expect([result.current.text, result.current.refused]).toEqual(['good', 'abc'])
  act(() => result.current.editRefused())
  expect([result.current.text, result.current.refused, result.current.isBehind]).toEqual(['abc', null, false])
  act(() => result.current.change('abcd'))
  act(() => result.current.save())
  await waitFor(() => expect(result.current.isDraft).toBe(false))
  expect(saves()[0]?.body).toEqual({ source: 'abcd', base_hash: hashOfAbc })
})

it('saves without a hash where the browser has none', async () => {
  vi.stubGlobal('isSecureContext', false)
  const { result, saves } = await opened({ ...own('good', 'h0'), refused_source: 'abc' }, () =>
    own('abcd', 'h1'),
  )
  act(() => result.current.change('abcd'))
  act(() => result.current.save())
  await waitFor(() => expect(result.current.isDraft).toBe(false))
  expect(saves()[0]?.body).toEqual({ source: 'abcd' })
})

it('checks what is typed once it rests', async () => {
  const requests = serverAnswersBy(url =>
    url.endsWith('/check') ? { ok: false, problems: [aFault()] } : own('old', 'h0'),
  )
  const client = new QueryClient()
  const { result } = renderHook(() => useScriptText('demo', 'tick'), {
    wrapper: ({ children }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>,
  })
  await waitFor(() => expect(result.current.script).toBeDefined())
  for (const text of ['n', 'ne', 'new']) act(() => result.current.change(text))
  expect(result.current.isChecked).toBe(false)
  await waitFor(() => expect(result.current.isChecked).toBe(true))
  expect(result.current.problems).toHaveLength(1)
  const checked = requests.filter(({ url }) => url.endsWith('/check')).map(({ body }) => body)
  expect(checked).toContainEqual({ source: 'new' })
  expect(checked).not.toContainEqual({ source: 'ne' })
})
