import { highlightTree, classHighlighter } from '@lezer/highlight'
import { EditorState } from '@codemirror/state'
import { getIndentation } from '@codemirror/language'
import { expect, it } from 'vitest'

import { rhai, rhaiLanguage } from '@/components/policies/rhai'

/** Each coloured piece of a text, with its class. */
function pieces(text: string): [string, string][] {
  const found: [string, string][] = []
  highlightTree(rhaiLanguage.parser.parse(text), classHighlighter, (from, to, name) =>
    found.push([text.slice(from, to), name.replaceAll('tok-', '')]),
  )
  return found
}

it('tells words apart', () => {
  expect(pieces('fn plan(board) { return dispatch(task.id, 0x1F); }')).toEqual(
    expect.arrayContaining([
      ['fn', 'keyword'],
      ['plan', 'variableName definition'],
      ['board', 'variableName'],
      ['return', 'keyword'],
      ['id', 'propertyName'],
      ['0x1F', 'number'],
    ]),
  )
})

it('knows a comment within a comment, over lines', () => {
  expect(pieces('/* a /* b */\nstill */ let x')).toEqual([
    ['/* a /* b */', 'comment'],
    ['still */', 'comment'],
    ['let', 'keyword'],
    ['x', 'variableName'],
  ])
})

it('reads code inside of a text in backticks', () => {
  const found = pieces('`limit ${ctx.config} and ${if a { "b" } else { 1 }}` + 2')
  expect(found).toContainEqual(['`limit ', 'string'])
  expect(found).toContainEqual(['config', 'propertyName'])
  expect(found).toContainEqual(['if', 'keyword'])
  expect(found).toContainEqual(['"b"', 'string'])
  expect(found.at(-1)).toEqual(['2', 'number'])
})

it('goes on in a text over lines', () =>
  expect(pieces('let a = `one\ntwo`;\nlet')).toEqual(
    expect.arrayContaining([
      ['two`', 'string'],
      ['let', 'keyword'],
    ]),
  ))

it('indents by open brackets', () => {
  const state = EditorState.create({ doc: 'fn a() {\nif x {\ny(\n1\n)\n}\n}', extensions: rhai() })
  const indents = [1, 2, 3, 4, 5, 6, 7].map(line => getIndentation(state, state.doc.line(line).from))
  expect(indents).toEqual([0, 2, 4, 6, 4, 2, 0])
})
