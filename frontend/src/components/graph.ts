/** What a task rests on and what rests on it, laid out from left to right. */
import type { Task } from '@/api/client'
import { groupBy } from '@/util/group'

export type GraphTask = Pick<Task, 'id' | 'title' | 'status' | 'depends_on' | 'parent'>

export interface Node {
  task: GraphTask
  column: number
  row: number
}

export interface Graph {
  nodes: Node[]
  edges: { from: string; to: string }[]
  /** Tasks that belong to it and were left out. */
  left: number
}

const mostNodes = 60

/** All that can be reached from a task by a step that is taken again and again, nearest first. */
function reach(start: string, next: (id: string) => readonly string[]): string[] {
  const found = new Set([start])
  for (const id of found) for (const other of next(id)) found.add(other)
  return [...found]
}

/** What each task waits for: what it depends on, and of its parts those that no other part waits for. */
function waits(tasks: readonly GraphTask[]): Map<string, string[]> {
  const known = new Set(tasks.map(({ id }) => id))
  const parts = groupBy(
    tasks.filter(({ parent }) => parent !== null),
    ({ parent }) => parent,
  )
  return new Map(
    tasks.map(({ id, depends_on }) => {
      const own = parts.get(id) ?? []
      const inner = new Set(own.flatMap(part => part.depends_on))
      const last = own.map(part => part.id).filter(part => !inner.has(part))
      return [id, [...new Set([...depends_on, ...last])].filter(other => known.has(other))]
    }),
  )
}

/** The part of a project's graph that a task stands in. A task's column is behind all that it waits for. */
export function graphOf(tasks: readonly GraphTask[], id: string): Graph {
  const byId = new Map(tasks.map(task => [task.id, task]))
  const waitsFor = waits(tasks)
  const before = (one: string) => waitsFor.get(one) ?? []
  const dependents = new Map<string, string[]>()
  for (const [task, others] of waitsFor)
    for (const other of others) dependents.set(other, [...(dependents.get(other) ?? []), task])
  const ids = [...new Set([...reach(id, before), ...reach(id, one => dependents.get(one) ?? [])])]
  const shown = new Set(ids.slice(0, mostNodes))
  const edges = [...shown].flatMap(to =>
    before(to)
      .filter(from => shown.has(from))
      .map(from => ({ from, to })),
  )
  const columns = new Map<string, number>()
  const columnOf = (one: string): number => {
    const known = columns.get(one)
    if (known !== undefined) return known
    columns.set(one, 0) // The server allows no cycle; this keeps one from hanging the page.
    const column = Math.max(-1, ...edges.filter(({ to }) => to === one).map(({ from }) => columnOf(from))) + 1
    columns.set(one, column)
    return column
  }
  const taken = new Map<number, number>()
  const nodes = [...shown].flatMap((one): Node[] => {
    const task = byId.get(one)
    if (!task) return []
    const column = columnOf(one)
    const row = taken.get(column) ?? 0
    taken.set(column, row + 1)
    return [{ task, column, row }]
  })
  return { nodes, edges, left: ids.length - shown.size }
}
