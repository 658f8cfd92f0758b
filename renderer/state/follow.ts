/** Objects that are carried to the next images: what is asked for, and the way to the next image. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { FollowRequest } from '../../common/contract/follow.ts'
import type { Client } from '../../common/rpc.ts'
import { ensureDone, runWork } from '../../common/work-client.ts'
import type { Workbench } from '../workbench/store.ts'
import type { ImagePages } from './image-pages.ts'
import type { Navigation } from './navigation.ts'
import { showNotice } from './report.ts'
import type { Work } from './work.ts'

interface FollowState {
  /** How many objects are on their way to the next image; null when none is. */
  readonly carrying: number | null
}

export interface Follow {
  readonly store: StoreApi<FollowState>
  /**
   * Proposes the selected objects, or all, in the next image of the list and opens it. Does nothing while it is at it;
   * whoever goes elsewhere meanwhile stays there.
   */
  next(): Promise<void>
  /** Stops what `next` has begun. */
  cancel(): Promise<void>
  /** The same through all images behind, as long work. */
  through(): Promise<void>
}

interface FollowPorts {
  readonly client: Client
  readonly images: ImagePages
  readonly navigation: Navigation
  readonly workbench: Workbench
  readonly work: Pick<Work, 'start' | 'cancel'>
  /** Resolves when all that was drawn is stored. */
  readonly allStored: () => Promise<void>
}

export const createFollow = (ports: FollowPorts): Follow => {
  const { client, images, navigation, workbench, work, allStored } = ports
  const store = createStore<FollowState>(() => ({ carrying: null }))
  let run: string | null = null

  /** What is selected when it is asked for; what was drawn last may only get its id when it is stored. */
  const request = async (): Promise<FollowRequest | null> => {
    const { image } = workbench.getState()
    if (image === null) return null
    await allStored()
    // The list on screen may be older than what was labelled: the next image is the one that both mean.
    if (images.store.getState().stale) {
      await images.refresh()
      await navigation.relocate()
    }
    const { image: now, selection } = workbench.getState()
    if (now?.id !== image.id) return null
    const objects = selection.size === 0 ? null : [...selection]
    return { imageId: image.id, objects, filter: images.store.getState().filter }
  }

  return {
    store,
    async next() {
      if (store.getState().carrying !== null) return
      const { annotations, selection } = workbench.getState()
      store.setState({ carrying: selection.size === 0 ? annotations.length : selection.size })
      try {
        const asked = await request()
        if (asked === null) return
        const end = await runWork(
          client,
          'follow-next',
          asked,
          () => undefined,
          (id) => (run = id),
        )
        if (end.state === 'cancelled') return
        for (const { message } of ensureDone(end).leftOut) showNotice({ level: 'warning', message })
        if (
          workbench.getState().image?.id === asked.imageId &&
          navigation.store.getState().imageId === asked.imageId
        )
          await navigation.step(1)
      } finally {
        run = null
        store.setState({ carrying: null })
      }
    },
    async cancel() {
      if (run !== null) await work.cancel(run)
    },
    async through() {
      const asked = await request()
      if (asked !== null) await work.start('follow', asked)
    },
  }
}
