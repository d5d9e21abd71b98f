import { expect, it } from 'vitest'

import { graphOf } from '@/components/graph'

const task = (id: string, ...depends_on: string[]) =>
  ({ id, title: id, status: 'pending', depends_on, parent: null }) as const
const tasks = [
  task('a'),
  task('b', 'a'),
  task('c', 'a'),
  task('d', 'b', 'c'),
  task('e', 'd'),
  task('x'),
  task('y', 'x', 'gone'),
]

it('holds what a task rests on and what rests on it, and nothing else', () => {
  const { nodes, edges, left } = graphOf(tasks, 'd')
  expect(Object.fromEntries(nodes.map(node => [node.task.id, node.column]))).toEqual({
    a: 0,
    b: 1,
    c: 1,
    d: 2,
    e: 3,
  })
  expect(edges).toHaveLength(5)
  expect(left).toBe(0)
})

it('leaves out tasks that are not known', () => {
  expect(graphOf(tasks, 'y').edges).toEqual([{ from: 'x', to: 'y' }])
})

it('draws the parts of a whole, and the whole behind the last of them', () => {
  const part = (id: string, ...depends_on: string[]) => ({ ...task(id, ...depends_on), parent: 'whole' })
  const { nodes, edges } = graphOf([task('whole'), part('a'), part('b', 'a'), part('c'), task('x')], 'whole')
  expect(nodes.map(({ task: { id }, column }) => [id, column]).toSorted()).toEqual([
    ['a', 0],
    ['b', 1],
    ['c', 0],
    ['whole', 2],
  ])
  expect(edges).toHaveLength(3)
})

it('ends on a cycle, and says how many did not fit', () => {
  expect(graphOf([task('a', 'b'), task('b', 'a')], 'a').nodes).toHaveLength(2)
  const chain = Array.from({ length: 80 }, (_, i) => task(`t${i}`, ...(i > 0 ? [`t${i - 1}`] : [])))
  expect(graphOf(chain, 't0').left).toBe(20)
})
