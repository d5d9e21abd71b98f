import { CompletionContext } from '@codemirror/autocomplete'
import { EditorState } from '@codemirror/state'
import { expect, it } from 'vitest'

import { completeRhai, typeOf } from '@/components/policies/completion'

/** What is offered at the `|` of a text. */
function offered(text: string, script = 'tick'): string[] {
  const pos = text.indexOf('¦')
  const state = EditorState.create({ doc: text.replace('¦', '') })
  const result = completeRhai(script)(new CompletionContext(state, pos, false))
  return result?.options.map(({ label }) => label) ?? []
}

const plan = (body: string) => `fn plan(board) {\n    ${body}\n}\n`

it('offers the properties of a hook’s parameter, and its functions', () => {
  const names = offered(plan('board.¦'))
  expect(names).toContain('ready')
  expect(names).toContain('task')
  expect(names).not.toContain('verdict')
})

it('follows loops, closures, bindings and lists', () => {
  expect(offered(plan('for one in board.ready { one.¦ }'))).toContain('assignee')
  expect(offered(plan('let who = board.agents[0]; who.¦'))).toContain('free_slots')
  expect(offered(plan('board.tasks.filter(|x| x.¦)'))).toContain('priority')
  expect(offered(plan('for x in board.tasks { for y in x.reviews { y.¦ } }'))).toContain('verdict')
  expect(offered(plan('let found = board.task("t-1"); found.¦'))).toContain('depends_on')
})

it('says the type of a chain as far as it is known', () => {
  expect(typeOf('board.tasks[-1].reviews', plan(''))).toBe('array of Review')
  expect(typeOf('nobody.knows', plan(''))).toBeUndefined()
})

it('offers every property where the type is not known', () => {
  expect(offered(plan('let x = magic(); x.¦'))).toContain('verdict')
})

it('offers the words that a property can have', () => {
  expect(offered(plan('if task.status == "¦'))).toEqual(expect.arrayContaining(['pending', 'escalated']))
  expect(offered(plan('if a.outcome in ["lost", "¦'))).toContain('timeout')
})

it('offers hooks of its own file, actions, and what the text makes', () => {
  const names = offered('const MOST = 3;\nfn helper(x) { x }\ndi¦')
  expect(names).toEqual(expect.arrayContaining(['fn plan', 'dispatch', 'helper', 'global::MOST']))
  expect(names).not.toContain('fn on_review')
  expect(offered('¦', 'escalation')).toEqual([])
  expect(offered('f¦', 'escalation')).toContain('fn on_review')
})

it('keeps quiet in comments and texts', () => {
  expect(offered('// disp¦')).toEqual([])
  expect(offered('let a = "disp¦')).toEqual([])
})
