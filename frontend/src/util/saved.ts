/** Values that a person's browser keeps, as stores that components can watch. */
import { createStore, type Store } from '@/util/store'

const read = (key: string): unknown => {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as unknown
  } catch {
    return null // Storage is switched off, or holds what nobody can read: defaults apply.
  }
}

/** A store whose value outlives the page. What `accept` does not recognise is replaced by the default. */
export function savedStore<T>(name: string, fallback: T, accept: (value: unknown) => value is T): Store<T> {
  const key = `moziplus.${name}`
  const found = read(key)
  const store = createStore(accept(found) ? found : fallback)
  store.subscribe(() => {
    try {
      localStorage.setItem(key, JSON.stringify(store.get()))
    } catch {
      // Storage is switched off: the value lasts until the page is closed.
    }
  })
  return store
}
