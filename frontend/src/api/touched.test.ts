import { QueryClient } from '@tanstack/react-query'
import { beforeEach, describe, expect, it } from 'vitest'

import type { Status } from '@/api/client'
import { keys } from '@/api/queries'
import { rereadTogether, touchedBy } from '@/api/touched'

describe('what an event makes out of date', () => {
  it('a comment: its task, the log of events, and the task in lists', () => {
    const touched = touchedBy({ kind: 'comment_added', project: 'demo', task: 't-1' })
    expect(touched?.keys).toContainEqual(keys.task('demo', 't-1'))
    expect(touched?.keys).toContainEqual(keys.events)
    expect(touched?.keys).not.toContainEqual(keys.sessions)
    expect(touched?.changed).toEqual({ project: 'demo', task: 't-1', statuses: [] })
  })

  it('a move: the columns that it leaves and comes into', () => {
    const payload = { from: 'working', to: 'review' }
    const touched = touchedBy({ kind: 'task_status_changed', project: 'demo', task: 't-1', payload })
    expect(touched?.changed?.statuses).toEqual(['working', 'review'])
  })

  it('an attempt: the live sessions and who is free; its end: what was spent', () => {
    const told = { project: 'demo', task: 't-1' }
    expect(touchedBy({ kind: 'attempt_started', ...told })?.keys).toContainEqual(keys.sessions)
    expect(touchedBy({ kind: 'attempt_started', ...told })?.keys).not.toContainEqual(keys.usage)
    expect(touchedBy({ kind: 'attempt_ended', ...told })?.keys).toContainEqual(keys.usage)
  })

  it('anything in the office: the mail', () =>
    expect(touchedBy({ kind: 'comment_added', project: '_mail', task: 't-1' })?.keys).toContainEqual(
      keys.mail,
    ))

  it('scripts that were changed on disk: the scripts', () =>
    expect(touchedBy({ kind: 'policy_rejected', project: 'demo', task: null })?.keys).toContainEqual(
      keys.scripts,
    ))

  it('a late write that was kept: the late writes', () => {
    const told = { kind: 'observation_added', project: 'demo', task: 't-1' } as const
    expect(touchedBy({ ...told, payload: { dead_letter: 3 } })?.keys).toContainEqual(keys.deadLetters('demo'))
    expect(touchedBy(told)?.keys).not.toContainEqual(keys.deadLetters('demo'))
  })

  it('a gap: everything', () => expect(touchedBy({ kind: 'gap', project: null, task: null })).toBeUndefined())
})

describe('the lists of a board', () => {
  const list = (statuses: Status[], more: object = {}) => [
    ...keys.taskLists('demo'),
    { statuses, sort: 'priority', ...more },
  ]
  const pending = list(['pending'])
  const working = list(['claimed', 'working'])
  const done = list(['done'])
  const mine = list(['done'], { assignee: 'writer' })
  const elsewhere = [...keys.taskLists('other'), { statuses: ['pending'], sort: 'priority' }]
  const all = [pending, working, done, mine, elsewhere]
  let client: QueryClient
  const stale = () => all.filter(key => client.getQueryState(key)?.isInvalidated)

  beforeEach(() => {
    client = new QueryClient()
    for (const key of all) client.setQueryData(key, { pages: [{ items: [] }], pageParams: [] })
    client.setQueryData(pending, { pages: [{ items: [{ id: 't-1' }] }], pageParams: [] })
  })

  it('are read again where the task was and where it is', async () => {
    await rereadTogether(client, [{ project: 'demo', task: 't-1', statuses: ['pending', 'claimed'] }])
    expect(stale()).toEqual([pending, working])
  })

  it('are read again where it stands, or may now pass a filter, when another field of it changed', async () => {
    await rereadTogether(client, [{ project: 'demo', task: 't-1', statuses: [] }])
    expect(stale()).toEqual([pending, mine])
  })

  it('are left alone by a task that they do not show', async () => {
    await rereadTogether(client, [{ project: 'demo', task: 't-99', statuses: ['review'] }])
    expect(stale()).toEqual([])
  })
})
