/** What the core tells of the files that it keeps beside the photos of the open folder. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { CallInput } from '../../common/contract.ts'
import type { MirrorState } from '../../common/contract/mirror.ts'
import type { Client } from '../../common/rpc.ts'

export interface Beside {
  /** Null while no folder is open, or nothing is known. */
  readonly store: StoreApi<{ readonly mirror: MirrorState | null }>
  /** Asks for what holds in the folder that was opened. */
  load(): Promise<void>
  clear(): void
  /** See `mirror.set` of the contract. */
  set(request: CallInput<'mirror.set'>): Promise<void>
  /** Stops listening. */
  close(): void
}

export const createBeside = (client: Client): Beside => {
  const store = createStore<{ readonly mirror: MirrorState | null }>(() => ({ mirror: null }))
  const stop = client.on('mirror.changed', ({ mirror }) => store.setState({ mirror }))
  return {
    store,
    async load() {
      store.setState({ mirror: await client.call('mirror.get', {}) })
    },
    clear: () => store.setState({ mirror: null }),
    async set(request) {
      store.setState({ mirror: await client.call('mirror.set', request) })
    },
    close: stop,
  }
}
