/** True when the text has each of the words that were typed, in any order. */
export function matches(typed: string, text: string): boolean {
  const lower = text.toLowerCase()
  return typed
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every(word => lower.includes(word))
}
