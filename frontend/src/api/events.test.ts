import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import type { BoardEvent } from '@/api/client'
import { connect, wire } from '@/api/events'

/** Stands in for the browser's EventSource, which jsdom lacks. */
class FakeSource extends EventTarget {
  static readonly CLOSED = 2
  static all: FakeSource[] = []
  static get last(): FakeSource {
    const source = this.all.at(-1)
    if (!source) throw new Error('nothing was opened')
    return source
  }
  readyState = 0
  onopen?: () => void
  onerror?: () => void
  readonly url: string
  constructor(url: string) {
    super()
    this.url = url
    FakeSource.all.push(this)
  }
  close() {
    this.readyState = FakeSource.CLOSED
  }
  open() {
    this.readyState = 1
    this.onopen?.()
  }
  fail(closed: boolean) {
    this.readyState = closed ? FakeSource.CLOSED : 0
    this.onerror?.()
  }
  send(event: Pick<BoardEvent, 'kind' | 'project' | 'task'>, lastEventId: string) {
    this.dispatchEvent(new MessageEvent(event.kind, { data: JSON.stringify(event), lastEventId }))
  }
}

describe('the wire', () => {
  const client = new QueryClient()
  const invalidate = vi.spyOn(client, 'invalidateQueries')
  let close: () => void

  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal('EventSource', FakeSource)
    FakeSource.all = []
    close = connect(client)
  })
  afterEach(() => {
    close()
    vi.useRealTimers()
    invalidate.mockClear()
  })

  it('reads everything again when it opens', async () => {
    FakeSource.last.open()
    expect(wire.get().state).toBe('live')
    await vi.advanceTimersByTimeAsync(100)
    expect(invalidate).toHaveBeenCalledWith({ queryKey: [] })
  })

  it('serves a burst of events with one read per query', async () => {
    FakeSource.last.open()
    await vi.advanceTimersByTimeAsync(100)
    invalidate.mockClear()
    for (let id = 1; id <= 20; id++)
      FakeSource.last.send({ kind: 'comment_added', project: 'demo', task: 't-1' }, String(id))
    await vi.advanceTimersByTimeAsync(100)
    const task = invalidate.mock.calls.filter(([filter]) => filter?.queryKey?.includes('t-1'))
    expect(task).toHaveLength(1)
  })

  it('resumes after the last event when the server has closed it for good', async () => {
    FakeSource.last.open()
    FakeSource.last.send({ kind: 'comment_added', project: 'demo', task: 't-1' }, '42')
    FakeSource.last.fail(true)
    await vi.advanceTimersByTimeAsync(600)
    expect(FakeSource.last.url).toBe('/api/events?after=42')
  })

  it('tries the stream again when the network changes', () => {
    FakeSource.last.open()
    const before = FakeSource.all.length
    dispatchEvent(new Event('offline'))
    expect(FakeSource.all).toHaveLength(before + 1)
  })

  it('rests while nobody looks, and resumes when somebody does', async () => {
    const look = (state: string) => {
      vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state as DocumentVisibilityState)
      document.dispatchEvent(new Event('visibilitychange'))
    }
    FakeSource.last.open()
    FakeSource.last.send({ kind: 'comment_added', project: 'demo', task: 't-1' }, '7')
    look('hidden')
    await vi.advanceTimersByTimeAsync(31_000)
    expect(FakeSource.last.readyState).toBe(FakeSource.CLOSED)
    look('visible')
    expect(FakeSource.last.url).toBe('/api/events?after=7')
  })

  it('polls after a while without a connection, and stops when it is back', async () => {
    FakeSource.last.open()
    FakeSource.last.fail(false)
    expect(wire.get().state).toBe('connecting')
    await vi.advanceTimersByTimeAsync(3100)
    expect(wire.get().state).toBe('polling')
    invalidate.mockClear()
    await vi.advanceTimersByTimeAsync(4200)
    expect(invalidate).toHaveBeenCalledWith({ queryKey: [] })
    FakeSource.last.open()
    await vi.advanceTimersByTimeAsync(200)
    invalidate.mockClear()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(invalidate).not.toHaveBeenCalled()
    expect(wire.get().state).toBe('live')
  })
})
