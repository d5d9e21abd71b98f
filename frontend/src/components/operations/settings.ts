/** The configuration as rows: one for each value, with its sections in front of its name. */
import { groupBy } from '@/util/group'

export interface Setting {
  key: string
  value: string
  origin: string
}

const isSection = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const inWords = (value: unknown): string =>
  value === null ? '–' : typeof value === 'string' ? value : JSON.stringify(value)

/** All values in the order of the document. What nobody wrote down and no layer names is built in. */
export function settingRows(settings: unknown, origins: Record<string, string>): Setting[] {
  const rows: Setting[] = []
  const visit = (value: unknown, key: string) => {
    if (isSection(value) && Object.keys(value).length > 0 && !(key in origins))
      for (const [name, inner] of Object.entries(value)) visit(inner, key ? `${key}.${name}` : name)
    else rows.push({ key, value: inWords(value), origin: origins[key] ?? 'built-in' })
  }
  visit(settings, '')
  return rows
}

/** Rows by their first section, narrowed down to those with a text, and to those that somebody set. */
export function sectionsOf(rows: readonly Setting[], text: string, onlySet: boolean): [string, Setting[]][] {
  const part = text.trim().toLowerCase()
  const found = rows.filter(
    ({ key, value, origin }) =>
      (!part || key.toLowerCase().includes(part) || value.toLowerCase().includes(part)) &&
      (!onlySet || origin !== 'built-in'),
  )
  return [...groupBy(found, ({ key }) => key.split('.')[0] ?? key)]
}
