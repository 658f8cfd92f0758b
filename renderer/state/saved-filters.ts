/** Filters of the image list that the user has saved, for every folder. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ImageFilter } from '../../common/contract/images.ts'
import { imageFilterSchema } from '../../common/contract/images.ts'

export interface SavedFilters {
  readonly store: StoreApi<{ readonly filters: readonly ImageFilter[] }>
  has(filter: ImageFilter): boolean
  /** Saves it, or forgets it when it is saved. */
  toggle(filter: ImageFilter): void
}

const KEY = 'maskwright.filters'

const read = (memory: Pick<Storage, 'getItem'>): ImageFilter[] => {
  try {
    return imageFilterSchema.array().parse(JSON.parse(memory.getItem(KEY) ?? '[]'))
  } catch {
    return []
  }
}

const nameOf = ({ text, show, sort }: ImageFilter) => JSON.stringify([text.trim(), show, sort])

export const createSavedFilters = (memory: Pick<Storage, 'getItem' | 'setItem'>): SavedFilters => {
  const store = createStore<{ readonly filters: readonly ImageFilter[] }>(() => ({ filters: read(memory) }))
  const isSame = (filter: ImageFilter) => (other: ImageFilter) => nameOf(other) === nameOf(filter)
  const has = (filter: ImageFilter) => store.getState().filters.some(isSame(filter))
  return {
    store,
    has,
    toggle(filter) {
      const { filters } = store.getState()
      const next = has(filter) ? filters.filter((other) => !isSame(filter)(other)) : [...filters, filter]
      memory.setItem(KEY, JSON.stringify(next))
      store.setState({ filters: next })
    },
  }
}
