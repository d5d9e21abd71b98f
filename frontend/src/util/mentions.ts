/** `@agent` in a text: which agents are meant, and what a person is just typing. */

const idChar = 'a-z0-9_-'

/** The known agents that a text names, each once, in order. */
export function mentionsIn(text: string, known: readonly string[]): string[] {
  const named = [...text.matchAll(new RegExp(`(?<![\\w@/.])@([${idChar}]+)`, 'g'))].map(
    match => match[1] ?? '',
  )
  return [...new Set(named)].filter(name => known.includes(name))
}

/** The unfinished mention that ends at the caret: where its `@` is and what follows it. */
export function mentionAt(text: string, caret: number): { start: number; typed: string } | undefined {
  const match = new RegExp(`(?<![\\w@/.])@([${idChar}]*)$`).exec(text.slice(0, caret))
  return match ? { start: match.index, typed: match[1] ?? '' } : undefined
}
