/** The models on offer, and the install that runs: one for the window, so that it goes on when the dialog is closed. */
import { toast } from 'sonner'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Installing, ModelsOnOffer } from '../../common/model-info.ts'
import { hasCode, toErrorReply } from '../../common/errors.ts'
import type { Client } from '../../common/rpc.ts'

export interface ModelsState {
  /** null until asked for. */
  readonly models: ModelsOnOffer | null
  readonly installing: Installing | null
  /** What went wrong last, and with which model; `id` is null for a folder. */
  readonly failure: { readonly id: string | null; readonly message: string } | null
}

export interface Models {
  readonly store: StoreApi<ModelsState>
  load(): Promise<void>
  install(id: string): Promise<void>
  installFolder(folder: string): Promise<void>
  cancel(): Promise<void>
  remove(id: string): Promise<void>
  /** The lists are on screen, failures with them. @returns how to say that they are not any more */
  watch(): () => void
  /** Stops listening. */
  close(): void
}

/** @param onLists told the installed models whenever they change */
export const createModels = (client: Client, onLists: (models: ModelsOnOffer) => void): Models => {
  const store = createStore<ModelsState>(() => ({ models: null, installing: null, failure: null }))
  const take = (models: ModelsOnOffer) => {
    store.setState({ models })
    onLists(models)
  }
  const stop = client.on('models.changed', ({ models, installing }) => {
    store.setState({ installing })
    if (models !== null) take(models)
  })
  /** Shown in the dialog, where the next step is too; a toast tells it when that is closed. */
  const run = async (id: string | null, work: () => Promise<void>) => {
    store.setState({ failure: null })
    try {
      await work()
    } catch (thrown) {
      if (hasCode(thrown, 'cancelled') || hasCode(thrown, 'disconnected')) return
      const { message } = toErrorReply(thrown)
      store.setState({ failure: { id, message } })
      if (watchers === 0) toast.error(message, { id: 'models', duration: 10_000 })
    }
  }
  let watchers = 0
  const nameOf = (id: string) =>
    store.getState().models?.installed.find((model) => model.id === id)?.name ?? id
  return {
    store,
    async load() {
      const { installing, ...models } = await client.call('models.available', {})
      store.setState({ installing })
      take(models)
    },
    install: (id) =>
      run(id, async () => {
        take(await client.call('models.install', { id }))
        toast.success(`${nameOf(id)} is installed.`)
      }),
    installFolder: (folder) =>
      run(null, async () => {
        const { id, ...models } = await client.call('models.installFolder', { folder })
        take(models)
        toast.success(`${nameOf(id)} is installed.`)
      }),
    cancel: () =>
      run(null, async () => {
        await client.call('models.cancel', {})
      }),
    remove: (id) => run(id, async () => take(await client.call('models.remove', { id }))),
    watch() {
      watchers++
      return () => {
        watchers--
      }
    },
    close: stop,
  }
}
