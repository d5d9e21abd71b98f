/** Texts that were changed and not saved yet. They outlive a change of page and a reload, until the tab is closed. */
import type { Place } from '@/api/scripts'
import { createStore, useStore } from '@/util/store'

export interface Draft {
  text: string
  /** Hash of the text that it was made from, where that is known. */
  base?: string | undefined
}

type Drafts = Readonly<Record<string, Draft>>

const storageKey = 'moziplus.drafts'

const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' &&
  value !== null &&
  'text' in value &&
  typeof value.text === 'string' &&
  (!('base' in value) || typeof value.base === 'string')

function kept(): Drafts {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? '{}')
    return typeof found === 'object' && found !== null
      ? Object.fromEntries(Object.entries(found).filter(([, value]) => isDraft(value)))
      : {}
  } catch {
    return {} // Storage is switched off, or holds something else.
  }
}

const store = createStore<Drafts>(kept())

function change(next: Drafts) {
  store.set(next)
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(next))
  } catch {
    // Storage is switched off or full: the texts last until the page is closed.
  }
}

const keyOf = (place: Place, name: string) => `${place ?? ''}/${name}`

export const keepDraft = (place: Place, name: string, draft: Draft) =>
  change({ ...store.get(), [keyOf(place, name)]: draft })

export function dropDraft(place: Place, name: string) {
  const { [keyOf(place, name)]: gone, ...rest } = store.get()
  if (gone) change(rest)
}

export const dropAllDrafts = () => change({})

export const anyDrafts = (): boolean => Object.keys(store.get()).length > 0

export const useDraft = (place: Place, name: string): Draft | undefined => useStore(store)[keyOf(place, name)]

/** Names of a place's scripts that have unsaved changes. */
export function useDrafts(place: Place): ReadonlySet<string> {
  const head = keyOf(place, '')
  const keys = Object.keys(useStore(store)).filter(key => key.startsWith(head))
  return new Set(keys.map(key => key.slice(head.length)))
}

/** All unsaved scripts as people name them: `demo: tick`, or `tick` for all projects. */
export const useDraftNames = (): string[] =>
  Object.keys(useStore(store)).map(key => key.replace(/^\//, '').replace('/', ': '))
