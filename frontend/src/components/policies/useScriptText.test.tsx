import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, renderHook, waitFor } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'

import type { Script } from '@/api/client'
import { dropAllDrafts } from '@/components/policies/drafts'
import { useScriptText } from '@/components/policies/useScriptText'
import { aFault, aScript, serverAnswersBy, type Answer } from '@tests/render'

afterEach(dropAllDrafts)

const own = (source: string, hash: string): Script => aScript({ level: 'project', source, hash })

/** The hook, with a server that holds one script and answers saves as told. */
async function opened(first: Script, put: (held: Script) => Script | Answer = held => held) {
  let held = first
  const save = () => {
    const answer = put(held)
    if ('name' in answer) held = answer
    return answer
  }
  const requests = serverAnswersBy((url, method) =>
    url.endsWith('/check') ? { ok: true, problems: [] } : method === 'PUT' ? save() : held,
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
  const { result } = await opened(own('old', 'h0'))
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

it('keeps a saved text in sight that did not come into force', async () => {
  const { result } = await opened(own('old', 'h0'))
  act(() => result.current.change('new'))
  act(() => result.current.save())
  await waitFor(() => expect(result.current.isSaving).toBe(false))
  expect([result.current.text, result.current.isDraft, result.current.isBehind]).toEqual(['new', true, false])
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
