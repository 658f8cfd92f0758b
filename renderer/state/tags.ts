/** The tags of the project, to be picked from: asked for when somebody is about to. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { CallOutput } from '../../common/contract.ts'
import type { Client } from '../../common/rpc.ts'

export interface Tags {
  readonly store: StoreApi<{ readonly tags: CallOutput<'images.tags'>['tags'] }>
  refresh(): Promise<void>
}

export const createTags = (client: Client): Tags => {
  const store = createStore<{ readonly tags: CallOutput<'images.tags'>['tags'] }>(() => ({ tags: [] }))
  return {
    store,
    async refresh() {
      store.setState(await client.call('images.tags', {}))
    },
  }
}
