/**
 * Which image is on screen and how to get to the next one. The index is set at once and the image opened after, so
 * that a held key walks on without waiting.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ImageState } from '../../common/image-query.ts'
import type { ImageId, ImageItem } from '../../common/model.ts'
import type { Client } from '../../common/rpc.ts'
import type { ImagePages } from './image-pages.ts'
import { attempt } from './report.ts'

export interface NavigationState {
  readonly imageId: ImageId | null
  /** Place in the filtered list; null when the filter hides the image. */
  readonly index: number | null
  /** How many images of the filtered list come before it: where the next one is when the filter hides this one. */
  readonly before: number
  /** The row that is to come into sight; another object each time, null while there is none. */
  readonly sought: { readonly index: number } | null
}

export interface Navigation {
  readonly store: StoreApi<NavigationState>
  /** Opens the image at a place of the filtered list. */
  goTo(index: number): Promise<void>
  step(delta: 1 | -1): Promise<void>
  /**
   * To the next image when an edit of this one is stored, unless the user went elsewhere meanwhile.
   * @param edit whether it was stored; null where there was nothing to do
   */
  stepOn(edit: Promise<boolean> | null): Promise<void>
  goToEnd(end: 'first' | 'last'): Promise<void>
  /** The next image of the list in that state, from the top again behind the last. @returns false when there is none */
  goToNext(state: ImageState): Promise<boolean>
  /** Rows first..last come into sight. */
  look(first: number, last: number): Promise<void>
  /** Opens the image at its place in the list. @returns false when the filter hides it */
  show(imageId: ImageId): Promise<boolean>
  /** The image seen last in this project, or else the first without an object. */
  start(folder: string): Promise<void>
  /** Finds the current image's place again after the list has changed. */
  relocate(): Promise<void>
  clear(): void
}

export interface NavigationPorts {
  readonly client: Client
  readonly images: ImagePages
  /** What remembers the image seen last, by folder. */
  readonly memory: Pick<Storage, 'getItem' | 'setItem'>
  readonly openImage: (imageId: ImageId, ahead: readonly ImageId[]) => Promise<void>
}

/** So long a step on waits for the list that its edit has changed, ms: it is drawn with the step then, and not after it. */
const LIST_WAIT = 50

const nowhere: NavigationState = { imageId: null, index: null, before: 0, sought: null }

const soughtAt = (index: number | null) => (index === null ? null : { index })

const memoryKey = (folder: string) => `maskwright.seen.${folder}`

export const createNavigation = ({ client, images, memory, openImage }: NavigationPorts): Navigation => {
  const store = createStore<NavigationState>(() => nowhere)
  let folder = ''
  /** Counts the wishes; what an older one waited for is dropped. */
  let wish = 0

  const open = async (image: ImageItem, index: number | null) => {
    store.setState({
      imageId: image.id,
      index,
      before: index ?? store.getState().before,
      sought: soughtAt(index),
    })
    memory.setItem(memoryKey(folder), String(image.id))
    const near = index === null ? [] : [index + 1, index + 2, index - 1]
    const ahead = near.map((at) => (at < 0 ? null : images.itemAt(at)))
    const readable = ahead.filter((item) => item !== null && item.problem === null)
    await openImage(
      image.id,
      readable.map((item) => item!.id),
    )
  }
  /** @param seek its row comes into sight; else the list stays where somebody has scrolled it to */
  const relocate = async (seek = true) => {
    const { imageId } = store.getState()
    if (imageId === null) return
    const asked = wish
    const { filter } = images.store.getState()
    const { index, before } = await client.call('images.locate', { imageId, filter })
    if (asked !== wish || store.getState().imageId !== imageId) return
    store.setState({ index, before, ...(seek && { sought: soughtAt(index) }) })
  }
  const settle = async () => {
    if (!images.store.getState().stale) return
    let found = false as boolean
    // In one step with the list: no frame has the new rows and the old number.
    await images.refresh(() => {
      const { imageId } = store.getState()
      const index = imageId === null ? null : images.indexOf(imageId)
      found = index !== null
      if (index !== null) store.setState({ index, before: index, sought: { index } })
    })
    if (!found) await relocate()
  }
  const goTo = async (index: number) => {
    wish += 1
    const asked = wish
    const { total, stale } = images.store.getState()
    const wanted = Math.max(0, Math.min(index, total - 1))
    const cached = images.itemAt(wanted)
    if (cached) {
      const place = stale ? images.takeAhead(cached.id) : null
      // The list is asked for before the image, whose rows take longer to draw than the core to sort.
      const settled = place === null ? settle() : null
      await Promise.all([settled, open(cached, place ?? wanted)])
      // An edit that was on its way at the step: what was asked ahead did not have it.
      if (place !== null && asked === wish) await settle()
      return
    }
    const item = await images.load(wanted)
    if (item && asked === wish) await open(item, wanted)
  }

  const step = async (delta: 1 | -1) => {
    const { index, before } = store.getState()
    const { total } = images.store.getState()
    const wanted = index === null ? (delta === 1 ? before : before - 1) : index + delta
    if (wanted < 0 || wanted >= total) return
    await goTo(wanted)
  }

  return {
    store,
    goTo,
    step,
    async stepOn(edit) {
      const asked = wish
      if (edit !== null && !(await edit)) return
      await Promise.race([images.foreseeNow(), new Promise((late) => setTimeout(late, LIST_WAIT))])
      if (asked === wish) await step(1)
    },
    async goToNext(state) {
      // The core tells places of its own list.
      await settle()
      const { index, before } = store.getState()
      const { filter } = images.store.getState()
      const after = index ?? before - 1
      const next = await client.call('images.next', { after, state, filter })
      if (next.index === null || next.index === index) return false
      await goTo(next.index)
      return true
    },
    async look(first, last) {
      if (await images.ensure(first, last)) await relocate(false)
    },
    async show(imageId) {
      await settle()
      const { filter } = images.store.getState()
      const { index } = await client.call('images.locate', { imageId, filter })
      if (index === null) return false
      await goTo(index)
      return true
    },
    goToEnd: (end) => goTo(end === 'first' ? 0 : images.store.getState().total - 1),
    async start(opened) {
      folder = opened
      wish += 1
      const asked = wish
      const { filter } = images.store.getState()
      const seen = Number(memory.getItem(memoryKey(folder)) ?? Number.NaN)
      let imageId: ImageId | null = Number.isInteger(seen) && seen > 0 ? seen : null
      let index: number | null = null
      if (imageId !== null) ({ index } = await client.call('images.locate', { imageId, filter }))
      if (index === null) {
        const first = await client.call('images.list', {
          offset: 0,
          limit: 50,
          filter: { text: filter.text, show: 'unlabelled' },
        })
        const readable = first.items.find(({ problem }) => problem === null) ?? first.items[0]
        imageId = readable?.id ?? null
        index = imageId === null ? 0 : (await client.call('images.locate', { imageId, filter })).index
      }
      if (asked !== wish) return
      await images.ensure(index ?? 0, index ?? 0)
      const item = images.itemAt(index ?? 0)
      if (item && asked === wish) await open(item, index ?? 0)
    },
    relocate: () => relocate(),
    clear() {
      wish += 1
      attempt(client.call('inference.focus', { imageId: null, ahead: [] }))
      store.setState(nowhere)
    },
  }
}
