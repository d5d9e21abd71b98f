/** Colours and indentation for Rhai: one line at a time, as CodeMirror reads it. */
import { LanguageSupport, StreamLanguage, type StringStream } from '@codemirror/language'

import { actions, hooks, natives } from '@/api/__generated__/policy'

export const keywords = [
  'break',
  'catch',
  'const',
  'continue',
  'do',
  'else',
  'export',
  'fn',
  'for',
  'if',
  'import',
  'in',
  'let',
  'loop',
  'private',
  'return',
  'switch',
  'throw',
  'try',
  'until',
  'while',
  'as',
]
const values = new Set(['true', 'false', 'this', 'global'])
const isKeyword = new Set(keywords)
const isKnown = new Set([...hooks, ...actions, ...natives].map(({ name }) => name))

/** What a line inherits from the lines before it. */
interface State {
  /** How deep comments are nested. */
  comments: number
  /** What is open, innermost last: brackets, a text in backticks, and `${` inside of one. */
  open: ('(' | '[' | '{' | '`' | '${')[]
  /** The last word was `fn`, so a name is made here. */
  names: boolean
}

const closers: Record<string, State['open'][number]> = { ')': '(', ']': '[', '}': '{' }

function comment(stream: StringStream, state: State): string {
  while (!stream.eol()) {
    if (stream.match('/*')) state.comments++
    else if (stream.match('*/')) {
      if (--state.comments === 0) break
    } else stream.next()
  }
  return 'comment'
}

/** The inside of a text in backticks, up to its end or to a `${`. */
function template(stream: StringStream, state: State): string {
  while (!stream.eol()) {
    if (stream.match('${', false)) {
      if (stream.current()) return 'string'
      stream.match('${')
      state.open.push('${')
      return 'escape'
    }
    if (stream.next() === '`') {
      state.open.pop()
      return 'string'
    }
  }
  return 'string'
}

function quoted(stream: StringStream, quote: string): string {
  let escaped = false
  for (let char = stream.next(); char !== undefined; char = stream.next()) {
    if (char === quote && !escaped) break
    escaped = !escaped && char === '\\'
  }
  return 'string'
}

function word(stream: StringStream, state: State, isProperty: boolean): string {
  const text = stream.current()
  const makesName = state.names
  state.names = text === 'fn'
  if (makesName) return 'variableName.definition'
  if (isProperty) return stream.match(/^\s*\(/, false) ? 'propertyName.function' : 'propertyName'
  if (isKeyword.has(text)) return 'keyword'
  if (values.has(text)) return 'atom'
  if (stream.match(/^\s*\(/, false))
    return isKnown.has(text) ? 'variableName.standard' : 'variableName.function'
  return /^[A-Z][A-Z0-9_]*$/.test(text) ? 'variableName.constant' : 'variableName'
}

function bracket(char: string, state: State): string {
  if (char === '(' || char === '[' || char === '{') state.open.push(char)
  else if (char === '}' && state.open.at(-1) === '${') {
    state.open.pop()
    return 'escape'
  } else if (state.open.at(-1) === closers[char]) state.open.pop()
  return 'bracket'
}

function token(stream: StringStream, state: State): string | null {
  if (state.comments > 0) return comment(stream, state)
  if (state.open.at(-1) === '`') return template(stream, state)
  if (stream.eatSpace()) return null
  const before = stream.string[stream.start - 1]
  if (stream.match('//')) {
    stream.skipToEnd()
    return 'comment'
  }
  if (stream.match('/*')) {
    state.comments = 1
    return comment(stream, state)
  }
  if (stream.match(/^0[xob][0-9a-f_]+|^\d[\d_]*(\.\d[\d_]*)?(e[+-]?\d+)?/i)) return 'number'
  if (stream.match(/^[A-Za-z_]\w*/)) return word(stream, state, before === '.')
  const char = stream.next() ?? ''
  if (char === '"' || char === "'") return quoted(stream, char)
  if (char === '`') {
    state.open.push('`')
    return 'string'
  }
  if (char === '#') return 'bracket'
  if ('()[]{}'.includes(char)) return bracket(char, state)
  return 'operator'
}

const isBracket = (open: string) => open !== '`'

export const rhaiLanguage = StreamLanguage.define<State>({
  name: 'rhai',
  startState: () => ({ comments: 0, open: [], names: false }),
  copyState: state => ({ ...state, open: [...state.open] }),
  token,
  // One step for each open bracket; the bracket that closes stands below its line.
  indent: (state, after, context) => {
    const depth = state.open.filter(isBracket).length - (/^[)\]}]/.test(after) ? 1 : 0)
    return Math.max(0, depth) * context.unit
  },
  languageData: {
    commentTokens: { line: '//', block: { open: '/*', close: '*/' } },
    closeBrackets: { brackets: ['(', '[', '{', '"', '`'] },
    indentOnInput: /^\s*[)\]}]$/,
  },
})

export const rhai = () => new LanguageSupport(rhaiLanguage)
