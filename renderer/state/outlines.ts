/** The objects of images as coarse lines, for small pictures: asked for when they come in sight, forgotten when they change. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Outline } from '../../common/contract/gallery.ts'
import { imagesOfDiff } from '../../common/diff.ts'
import type { ImageId } from '../../common/model.ts'
import type { Client } from '../../common/rpc.ts'

export interface Outlines {
  readonly store: StoreApi<{ readonly of: ReadonlyMap<ImageId, readonly Outline[]> }>
  /** Those of the images that are not known; what is in sight no longer is not asked for. */
  ensure(imageIds: readonly ImageId[]): Promise<void>
  close(): void
}

/** Images of one question: some 10 ms of the core. */
const AT_ONCE = 24
/** More are forgotten, all at once: they come back in no time. */
const MOST = 4000

export const createOutlines = (client: Client): Outlines => {
  const store = createStore<{ readonly of: ReadonlyMap<ImageId, readonly Outline[]> }>(() => ({
    of: new Map(),
  }))
  let wanted: readonly ImageId[] = []
  let isAsking = false
  /** Images that changed while they were asked for. */
  const changed = new Set<ImageId>()

  const missing = () => wanted.filter((id) => !store.getState().of.has(id)).slice(0, AT_ONCE)
  const ask = async () => {
    if (isAsking) return
    isAsking = true
    try {
      for (let imageIds = missing(); imageIds.length > 0; imageIds = missing()) {
        changed.clear()
        const { images } = await client.call('gallery.outlines', { imageIds })
        const before = store.getState().of
        const of = new Map(before.size > MOST ? [] : before)
        for (const { imageId, objects } of images) if (!changed.has(imageId)) of.set(imageId, objects)
        store.setState({ of })
      }
    } finally {
      isAsking = false
    }
  }
  const stop = client.on('edit.applied', ({ diff }) => {
    const of = new Map(store.getState().of)
    for (const id of imagesOfDiff(diff)) {
      changed.add(id)
      of.delete(id)
    }
    store.setState({ of })
    ask().catch(() => undefined)
  })
  return {
    store,
    async ensure(imageIds) {
      wanted = imageIds
      await ask()
    },
    close: stop,
  }
}
