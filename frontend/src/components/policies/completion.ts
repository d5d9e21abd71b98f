/** What could be written next: the words of policies, with their meaning, and the properties of facts by their type. */
import {
  snippetCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'

import { actions, facts, hooks, natives } from '@/api/__generated__/policy'
import { keywords } from '@/components/policies/rhai'

const arrayOf = 'array of '
const elementOf = (type: string | undefined) =>
  type?.startsWith(arrayOf) ? type.slice(arrayOf.length) : undefined

/** Names that say what they hold wherever they are used. */
const usual = new Map(Object.keys(facts).map(type => [type.toLowerCase(), type] as const)).set(
  'ctx',
  'Context',
)

/** The type of a property, or of what a function of a fact gives back. */
function memberType(type: string | undefined, owner: string | undefined, name: string): string | undefined {
  const property = type === undefined ? undefined : facts[type]?.find(known => known.name === name)
  return property?.type ?? natives.find(known => known.of === owner && known.name === name)?.type ?? undefined
}

/** The type of a chain such as `board.tasks[0].reviews`, as far as the text before it tells. */
export function typeOf(chain: string, before: string, depth = 0): string | undefined {
  const [root = '', ...members] = chain.replace(/\([^()]*\)/g, '').split('.')
  const indexed = (type: string | undefined, part: string) => (part.includes('[') ? elementOf(type) : type)
  const name = (part: string) => part.replace(/\[.*$/, '')
  let type = indexed(variableType(name(root), before, depth), root)
  let owner: string | undefined = name(root)
  for (const part of members) {
    // These give the same kind of list, or one of its items.
    if (/^(filter|sort|drain|retain)$/.test(name(part)) && elementOf(type)) continue
    if (/^(find|pop|shift)$/.test(name(part)) && elementOf(type)) type = elementOf(type)
    else type = indexed(memberType(type, owner, name(part)), part)
    owner = undefined
  }
  return type
}

const deepest = 6
const chainText = String.raw`[A-Za-z_]\w*(?:\[[^\]]*\]|\([^()]*\)|\.[A-Za-z_]\w*)*`

/** The last match, which is the nearest one above. */
const nearest = (pattern: string, text: string) => [...text.matchAll(new RegExp(pattern, 'g'))].at(-1)?.[1]

/** The type of a variable: a loop's, a closure's or a `let`'s by what it comes from, a hook's parameter, or by its name. */
function variableType(name: string, before: string, depth: number): string | undefined {
  if (depth > deepest) return undefined
  const inside = before.slice(Math.max(0, before.lastIndexOf('\nfn ')))
  const from = (pattern: string) => nearest(pattern, inside)
  const looped = from(String.raw`\bfor\s+${name}\s+in\s+(${chainText})`)
  if (looped) return elementOf(typeOf(looped, before, depth + 1)) ?? usual.get(name)
  const closure = from(String.raw`(${chainText})\.\w+\(\|\s*${name}\b[^|]*\|`)
  if (closure) return elementOf(typeOf(closure, before, depth + 1)) ?? usual.get(name)
  const bound = from(String.raw`\blet\s+${name}\s*=\s*(${chainText})\s*;`)
  if (bound && bound !== name) return typeOf(bound, before, depth + 1) ?? usual.get(name)
  const hook = hooks.find(known => new RegExp(String.raw`\bfn\s+${known.name}\s*\(`).test(inside))
  return hook?.params.find(param => param.name === name)?.type ?? usual.get(name)
}

const firstBelow = 1
const unknownBelow = -1

function properties(type: string | undefined): Completion[] {
  const known = type === undefined ? undefined : facts[type]
  const list = known ?? [
    ...new Map(
      Object.values(facts)
        .flat()
        .map(one => [one.name, one]),
    ).values(),
  ]
  const boost = known ? firstBelow : unknownBelow
  return list.map(({ name, type: kind, unit, nullable, meaning }) => ({
    label: name,
    type: 'property',
    detail: `${kind}${nullable ? ' or ()' : ''}`,
    info: unit && unit !== kind ? `${meaning} (${unit})` : meaning,
    boost,
  }))
}

const fill = (params: readonly string[]) => params.map(param => `\${${param.replace(/\W/g, '')}}`).join(', ')

function methods(owner: string): Completion[] {
  return natives
    .filter(known => known.of === owner)
    .map(({ name, params, type, meaning }) =>
      snippetCompletion(`${name}(${fill(params)})`, {
        label: name,
        type: 'method',
        detail: `(${params.join(', ')})${type ? ` -> ${type}` : ''}`,
        info: meaning,
      }),
    )
}

const shared: readonly Completion[] = [
  ...actions.map(({ name, params, meaning }) =>
    snippetCompletion(`${name}(${fill(params)})`, {
      label: name,
      type: 'function',
      detail: `(${params.join(', ')})`,
      info: meaning,
      boost: firstBelow,
    }),
  ),
  ...natives
    .filter(({ of }) => of === null)
    .map(({ name, params, meaning }) =>
      snippetCompletion(`${name}(${fill(params)})`, {
        label: name,
        type: 'function',
        detail: `(${params.join(', ')})`,
        info: meaning,
      }),
    ),
  ...keywords.map(label => ({ label, type: 'keyword', boost: unknownBelow })),
]

const hooksOf = (script: string): Completion[] =>
  hooks
    .filter(({ file }) => file === script)
    .map(({ name, params, asked, returns }) => {
      const list = params.map(param => param.name).join(', ')
      return snippetCompletion(`fn ${name}(${list}) {\n    \${}\n}`, {
        label: `fn ${name}`,
        type: 'function',
        detail: `(${list})`,
        info: `${asked} Answers: ${returns}.`,
        boost: firstBelow + 1,
      })
    })

/** Functions, constants and variables that the text itself makes. */
function own(text: string): Completion[] {
  const found = (pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([, name]) => name ?? ''))]
  return [
    ...found(/\bfn\s+(\w+)/g).map(label => ({ label, type: 'function' })),
    ...found(/\b(?:let|for)\s+(\w+)/g).map(label => ({ label, type: 'variable' })),
    ...found(/\bconst\s+(\w+)/g).map(name => ({ label: `global::${name}`, type: 'constant' })),
    ...[...text.matchAll(/\bfn\s+\w+\(([^)]*)\)/g)]
      .flatMap(([, params = '']) => params.split(',').map(param => param.trim()))
      .filter((label, index, all) => label !== '' && all.indexOf(label) === index)
      .map(label => ({ label, type: 'variable' })),
  ]
}

/** The words that a property can have, where a text is compared with it: `task.status == "…"`. */
function wordsFor(line: string): string[] | undefined {
  const asked = /\.(\w+)\s*(?:==|!=|in\s*\[(?:\s*"\w*"\s*,)*)\s*"\w*$/.exec(line)?.[1]
  if (!asked) return undefined
  const all = Object.values(facts).flat()
  return [...new Set(all.filter(({ name }) => name === asked).flatMap(({ words }) => words))]
}

/** Completes a script of this name. */
export const completeRhai =
  (script: string) =>
  (context: CompletionContext): CompletionResult | null => {
    const line = context.state.doc.lineAt(context.pos)
    const left = line.text.slice(0, context.pos - line.from)
    const typed = /\w*$/.exec(left)?.[0] ?? ''
    const from = context.pos - typed.length
    const words = wordsFor(left)
    if (words) return { from, options: words.map(label => ({ label, type: 'enum' })), validFor: /^\w*$/ }
    if (/\/\/|"[^"]*$/.test(left.replace(/"(?:[^"\\]|\\.)*"/g, ''))) return null // A comment, or a text.
    const before = context.state.doc.sliceString(0, context.pos)
    const chain = new RegExp(`(${chainText})\\.\\w*$`).exec(left)?.[1]
    if (chain) {
      const options = [...properties(typeOf(chain, before)), ...methods(chain)]
      return { from, options, validFor: /^\w*$/ }
    }
    if (typed === '' && !context.explicit) return null
    const options = [...hooksOf(script), ...shared, ...own(context.state.doc.toString())]
    return { from, options, validFor: /^\w*$/ }
  }
