/** The models that are there and those on offer, and what went wrong with one of them. */
import { toast } from 'sonner'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { hasCode } from '../../common/errors.ts'
import type { ModelsOnOffer } from '../../common/model-info.ts'
import type { Client } from '../../common/rpc.ts'
import { isWorkOf } from '../../common/work-kinds.ts'
import type { Work } from './work.ts'
import { errorText, heard } from '../texts/heard.ts'

export interface ModelsState {
  /** null until asked for. */
  readonly models: ModelsOnOffer | null
  /** What went wrong last, and with which model; `id` is null for a folder. */
  readonly failure: { readonly id: string | null; readonly message: string } | null
}

export interface Models {
  readonly store: StoreApi<ModelsState>
  load(): Promise<void>
  /** Starts an installation; a run of `model-install` tells the rest. */
  install(id: string): Promise<void>
  installFolder(folder: string): Promise<void>
  remove(id: string): Promise<void>
  /** The lists are on screen, failures with them. @returns how to say that they are not any more */
  watch(): () => void
  /** Stops listening. */
  close(): void
}

/** @param onLists hears of the installed models whenever they change */
export const createModels = (
  client: Client,
  work: Pick<Work, 'start'>,
  onLists: (models: ModelsOnOffer) => void,
): Models => {
  const store = createStore<ModelsState>(() => ({ models: null, failure: null }))
  let watchers = 0
  const show = (models: ModelsOnOffer) => {
    store.setState({ models })
    onLists(models)
  }
  /** Shown in the dialog, where the next step is too; a toast tells it when that is closed. */
  const fail = (id: string | null, message: string) => {
    store.setState({ failure: { id, message } })
    if (watchers === 0) toast.error(heard(message), { id: 'models', duration: 10_000 })
  }
  const attempt = async (id: string | null, change: () => Promise<unknown>) => {
    store.setState({ failure: null })
    try {
      await change()
    } catch (thrown) {
      if (!hasCode(thrown, 'disconnected')) fail(id, errorText(thrown))
    }
  }
  const stops = [
    client.on('models.changed', ({ models }) => show(models)),
    client.on('work.changed', ({ work: run }) => {
      if (!isWorkOf(run, 'model-install') || run.failure === null) return
      fail(run.detail?.asked ?? null, run.failure.message)
    }),
  ]
  return {
    store,
    async load() {
      show(await client.call('models.available', {}))
    },
    install: (id) => attempt(id, () => work.start('model-install', { from: 'catalogue', id })),
    installFolder: (folder) => attempt(null, () => work.start('model-install', { from: 'folder', folder })),
    remove: (id) => attempt(id, async () => show(await client.call('models.remove', { id }))),
    watch() {
      watchers++
      return () => {
        watchers--
      }
    },
    close() {
      for (const stop of stops) stop()
    },
  }
}
