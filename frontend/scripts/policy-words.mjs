// The hooks, actions, functions and facts of docs/policy-reference.md as data.

const cells = row =>
  row
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map(cell => cell.trim().replaceAll('\\|', '|'))

/** The rows of the first table below a heading. */
function table(text, heading) {
  const start = text.indexOf(`\n${heading}\n`)
  if (start < 0) throw new Error(`the reference has no “${heading}”`)
  const lines = text.slice(start + heading.length + 2).split('\n')
  const first = lines.findIndex(line => line.startsWith('|'))
  const rows = lines.slice(first + 2)
  const end = rows.findIndex(line => !line.startsWith('|'))
  return rows.slice(0, end < 0 ? rows.length : end).map(cells)
}

const bare = code => code.replaceAll('`', '')
const call = code => /^(\w+)\((.*?)\)/.exec(code) ?? []
const split = list => (list === '' ? [] : list.split(', '))

function hook([file, code, asked, returns]) {
  const [, name, list] = call(bare(code))
  const params = split(list).map(param => param.split(': '))
  return {
    name,
    file: file.replace('.rhai', ''),
    params: params.map(([word, type]) => ({ name: word, type })),
    asked,
    returns: bare(returns),
  }
}

function action([code, meaning]) {
  const [, name, list] = call(bare(code))
  return { name, params: split(list), meaning }
}

/** Functions that stand alone and functions of a fact, such as `board.task(id) -> Task`. */
function functions([code, meaning]) {
  const [signatures, type] = bare(code).split(' -> ')
  return [...signatures.matchAll(/(?:(\w+)\.)?(\w+)\(((?:[^()]|\|)*)\)/g)].map(([, of, name, list]) => ({
    name,
    of: of ?? null,
    params: split(list.replace(/\|\w+\| /, '|item| ')),
    type: type ?? null,
    meaning,
  }))
}

function facts(text) {
  const names = [...text.slice(text.indexOf('\n## Facts\n')).matchAll(/\n### (\w+)\n/g)].map(
    ([, name]) => name,
  )
  return Object.fromEntries(
    names
      .filter(name => name !== 'Json') // Its keys are those of whatever it is a view into.
      .map(name => [name, table(text, `### ${name}`).map(property)]),
  )
}

function property([code, type, unit, nullable, meaning]) {
  const words = /One of (`.*`)\./.exec(meaning)?.[1]
  return {
    name: bare(code),
    type,
    unit,
    nullable: nullable === 'yes',
    meaning: meaning.replace(/ One of `.*`\./, ''),
    words: words ? words.slice(1, -1).split('` `') : [],
  }
}

const literal = value => JSON.stringify(value, undefined, 2)

/** The module's text. */
export const policyWords = reference =>
  [
    `export interface Hook { name: string; file: string; params: { name: string; type: string }[]; asked: string; returns: string }`,
    `export interface Action { name: string; params: string[]; meaning: string }`,
    `export interface Native { name: string; of: string | null; params: string[]; type: string | null; meaning: string }`,
    `export interface Property { name: string; type: string; unit: string; nullable: boolean; meaning: string; words: string[] }`,
    `export const hooks: readonly Hook[] = ${literal(table(reference, '## Hooks').map(hook))}`,
    `export const actions: readonly Action[] = ${literal(table(reference, '## Actions').map(action))}`,
    `export const natives: readonly Native[] = ${literal(table(reference, '## Functions').flatMap(functions))}`,
    `export const facts: Readonly<Record<string, readonly Property[]>> = ${literal(facts(reference))}`,
    '',
  ].join('\n\n')
