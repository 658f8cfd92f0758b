/** How many images of the folder are in each state: for the menu of the list and the project's progress. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { CallOutput } from '../../common/contract.ts'
import type { Client } from '../../common/rpc.ts'

type Counts = CallOutput<'images.counts'>

export interface ImageCounts {
  /** Null until they were asked for. */
  readonly store: StoreApi<{ readonly counts: Counts | null }>
  /** Asks the core. */
  refresh(): Promise<void>
  clear(): void
}

export const createImageCounts = (client: Client): ImageCounts => {
  const store = createStore<{ readonly counts: Counts | null }>(() => ({ counts: null }))
  /** Counts the questions; an answer that was overtaken is dropped. */
  let asked = 0
  return {
    store,
    async refresh() {
      const mine = ++asked
      const counts = await client.call('images.counts', {})
      if (mine === asked) store.setState({ counts })
    },
    clear() {
      asked += 1
      store.setState({ counts: null })
    },
  }
}
