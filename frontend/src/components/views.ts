/** Boards as a person wants to see them again: names for what stands in the address. */
import type { View } from '@/components/board'
import { savedStore } from '@/util/saved'

export interface SavedView {
  name: string
  view: View
}

type Views = Record<string, SavedView[]>

const isView = (value: unknown): value is SavedView =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  typeof value.name === 'string' &&
  'view' in value &&
  typeof value.view === 'object'

const areViews = (value: unknown): value is Views =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((list: unknown) => Array.isArray(list) && list.every(isView))

/** Saved views by project. */
export const viewStore = savedStore<Views>('views', {}, areViews)

const change = (project: string, list: SavedView[]) => viewStore.set({ ...viewStore.get(), [project]: list })

/** Saves a view under a name; the same name is written over. */
export const saveView = (project: string, saved: SavedView) =>
  change(project, [...(viewStore.get()[project] ?? []).filter(({ name }) => name !== saved.name), saved])

export const dropView = (project: string, name: string) =>
  change(
    project,
    (viewStore.get()[project] ?? []).filter(saved => saved.name !== name),
  )

/** True when both show the same. */
export const sameView = (a: View, b: View): boolean =>
  a.q === b.q && a.assignee === b.assignee && a.risk === b.risk && a.by === b.by
