import { describe, expect, it } from 'vitest'

import { createMoziplus, MoziplusError } from '../src/index'

const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

const stream = (text: string) => new Response(text, { headers: { 'content-type': 'text/event-stream' } })

/** A server that gives one answer after the other, and what it was asked. */
function server(...answers: (() => Response)[]) {
  const asked: Request[] = []
  const send: typeof fetch = (input, init) => {
    asked.push(new Request(input, init))
    const answer = answers[Math.min(asked.length, answers.length) - 1]
    return answer ? Promise.resolve(answer()) : Promise.reject(new Error('no answer'))
  }
  return {
    asked,
    moziplus: createMoziplus({ baseUrl: 'http://127.0.0.1:8083', key: 'k', token: 't', fetch: send }),
  }
}

describe('calls', () => {
  it('go to the typed path, with key and token', async () => {
    const { asked, moziplus } = server(() => json(201, { id: 't-1', title: 'Count' }))
    const task = await moziplus.call(
      moziplus.http.POST('/api/projects/{project}/tasks', {
        params: { path: { project: 'demo' } },
        body: { title: 'Count' },
      }),
    )
    expect(task.id).toBe('t-1')
    expect(asked[0]?.url).toBe('http://127.0.0.1:8083/api/projects/demo/tasks')
    expect(asked[0]?.headers.get('authorization')).toBe('Bearer k')
    expect(asked[0]?.headers.get('x-moziplus-token')).toBe('t')
  })

  it('throw a refusal in the words of the server', async () => {
    const { moziplus } = server(() =>
      json(404, { error: 'not_found', detail: 'no project `x`', hint: 'list them' }),
    )
    const refused = moziplus.call(
      moziplus.http.GET('/api/projects/{project}', { params: { path: { project: 'x' } } }),
    )
    await expect(refused).rejects.toThrow('no project `x`')
    await expect(refused).rejects.toBeInstanceOf(MoziplusError)
  })
})

describe('events', () => {
  const event = (id: number) => `id: ${String(id)}\nevent: task_created\ndata: {"id":${String(id)}}\n\n`

  it('go on behind the last one after the line broke', async () => {
    const { asked, moziplus } = server(
      () => stream(`: hello\n\n${event(1)}${event(2)}`),
      () => stream(event(3)),
    )
    const seen: number[] = []
    for await (const { id } of moziplus.events({ project: 'demo', after: 0 })) {
      seen.push(id)
      if (id === 3) break
    }
    expect(seen).toEqual([1, 2, 3])
    expect(asked.map(({ url }) => new URL(url).search)).toEqual([
      '?project=demo&after=0',
      '?project=demo&after=2',
    ])
  })

  it('end with an error that will not go away', async () => {
    const { moziplus } = server(() =>
      json(401, { error: 'unauthorized', detail: 'this server needs an API key' }),
    )
    await expect(moziplus.events().next()).rejects.toThrow('needs an API key')
  })
})
