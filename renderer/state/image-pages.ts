/**
 * The filtered list of images as a sparse cache of pages, so that 100,000 images cost what is looked at.
 *
 * The list is a snapshot: an image that stops matching the filter (the first object under "unlabelled") stays where it
 * is until the next `refresh`, so that rows don't jump away under the pointer. A page is never loaded into a snapshot
 * that the server has left behind: the list is refreshed first. After an edit of the image on screen it is asked for
 * ahead (`list-ahead.ts`), and shown at the next step.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ImageFilter } from '../../common/contract/images.ts'
import { changesByItself, isAboutContents, parseQuery } from '../../common/image-query.ts'
import type { ImageId, ImageItem } from '../../common/model.ts'
import type { Client } from '../../common/rpc.ts'
import { createListAhead } from './list-ahead.ts'
import { askPage, askSnapshot, PAGE_SIZE, rowsChanged, type ListSnapshot } from './list-snapshot.ts'

export const everyImage: ImageFilter = { text: '', show: 'all' }

/** Does the filter mean every image? The order is no matter. */
export const isEverything = ({ text, show }: ImageFilter): boolean => text.trim() === '' && show === 'all'

export interface ImagePagesState {
  readonly filter: ImageFilter
  readonly total: number
  /** False until the first page of the filter has come. */
  readonly loaded: boolean
  readonly pages: ReadonlyMap<number, readonly ImageItem[]>
  /** The server's list has changed since the snapshot. */
  readonly stale: boolean
}

export interface ImagePages {
  readonly store: StoreApi<ImagePagesState>
  itemAt(index: number): ImageItem | null
  find(imageId: ImageId): ImageItem | null
  indexOf(imageId: ImageId): number | null
  /** The item, from the cache or the server; null past the end. */
  load(index: number): Promise<ImageItem | null>
  /**
   * Loads the pages of rows first..last.
   * @returns true when the list was taken up again for them: images may have other places now
   */
  ensure(first: number, last: number): Promise<boolean>
  setFilter(filter: ImageFilter): Promise<void>
  /**
   * Takes the server's list up again; rows on screen stay until theirs have come.
   * @param onTaken called when they have, before anything is drawn
   */
  refresh(onTaken?: () => void): Promise<void>
  /** The user may go on soon: the list is asked for, where it is stale then. */
  foresee(): void
  /** The user goes on as soon as the list has come: it is asked for at once, where it is stale. */
  foreseeNow(): Promise<void>
  /** Shows the list that was asked for ahead, where it has come and has the image. @returns the place of the image in it */
  takeAhead(imageId: ImageId): number | null
  /** Rows changed. */
  apply(images: readonly ImageItem[]): void
  /** Objects, classes or states changed: a list by what images hold may be another now. */
  edited(): void
  clear(): void
}

/** Does the list depend on what its images hold, beyond the state that `show` names? */
const dependsOnContents = ({ text, sort }: ImageFilter): boolean => {
  if (sort !== undefined && sort.by !== 'name' && sort.by !== 'date') return true
  const parsed = parseQuery(text)
  return 'terms' in parsed && parsed.terms.some(isAboutContents)
}

const empty: Omit<ImagePagesState, 'filter'> = { total: 0, loaded: false, pages: new Map(), stale: false }

export const createImagePages = (client: Client): ImagePages => {
  const store = createStore<ImagePagesState>(() => ({ filter: everyImage, ...empty }))
  let places = new Map<ImageId, number>()
  const loading = new Map<number, Promise<void>>()
  /** Counts the snapshots; an answer of an older one is dropped. */
  let snapshot = 0
  /** The rows last asked for, to be there first after a refresh. */
  let looked = { first: 0, last: 0 }
  const ahead = createListAhead(() => {
    const { filter, stale } = store.getState()
    // For a list that changes by itself the core looks at every image after each edit, in the way of what is asked next.
    return stale && !changesByItself(filter.text) ? askSnapshot(client, filter, looked) : null
  })

  const keep = (
    page: number,
    items: readonly ImageItem[],
    total: number,
    pages: ImagePagesState['pages'],
  ) => {
    items.forEach((item, i) => places.set(item.id, page * PAGE_SIZE + i))
    store.setState({ pages: new Map(pages).set(page, items), total, loaded: true })
  }
  const fetchPage = async (page: number): Promise<void> => {
    const asked = snapshot
    const { filter } = store.getState()
    const answer = await askPage(client, filter, page)
    if (asked === snapshot) keep(page, answer.items, answer.total, store.getState().pages)
  }
  const loadPage = (page: number): Promise<void> => {
    const known = loading.get(page)
    if (known) return known
    const work = fetchPage(page).finally(() => {
      if (loading.get(page) === work) loading.delete(page)
    })
    loading.set(page, work)
    return work
  }
  const startSnapshot = () => {
    snapshot += 1
    loading.clear()
    ahead.forget()
  }
  const take = ({ total, pages, places: known }: ListSnapshot) => {
    places = new Map(known)
    store.setState({ total, pages, loaded: true })
  }
  const refresh = async (onTaken?: () => void): Promise<void> => {
    startSnapshot()
    const asked = snapshot
    store.setState({ stale: false })
    const answer = await askSnapshot(client, store.getState().filter, looked)
    if (asked !== snapshot) return
    take(answer)
    onTaken?.()
  }

  const pages: ImagePages = {
    store,
    itemAt: (index) => store.getState().pages.get(Math.floor(index / PAGE_SIZE))?.[index % PAGE_SIZE] ?? null,
    find(imageId) {
      const place = places.get(imageId)
      return place === undefined ? null : pages.itemAt(place)
    },
    indexOf: (imageId) => places.get(imageId) ?? null,
    async load(index) {
      if (index < 0) return null
      await pages.ensure(index, index)
      return pages.itemAt(index)
    },
    async ensure(first, last) {
      const { total, loaded } = store.getState()
      const end = loaded ? Math.min(last, total - 1) : last
      looked = { first: Math.max(0, first), last: Math.max(0, end) }
      const missing: number[] = []
      for (let page = Math.floor(looked.first / PAGE_SIZE); page <= Math.floor(end / PAGE_SIZE); page += 1)
        if (!store.getState().pages.has(page)) missing.push(page)
      if (missing.length === 0) return false
      const isAnew = store.getState().stale
      if (isAnew) await refresh()
      await Promise.all(missing.filter((page) => !store.getState().pages.has(page)).map(loadPage))
      return isAnew
    },
    async setFilter(filter) {
      store.setState({ filter, stale: true })
      looked = { first: 0, last: 0 }
      await refresh()
    },
    refresh,
    foresee: () => ahead.want(),
    foreseeNow: () => ahead.now(),
    takeAhead(imageId) {
      const place = ahead.peek()?.places.get(imageId)
      const list = place === undefined ? null : ahead.take()
      if (place === undefined || list === null) return null
      startSnapshot()
      store.setState({ stale: false })
      take(list)
      return place
    },
    apply(images) {
      const { filter, pages: known, stale } = store.getState()
      const { pages: changed, moves } = rowsChanged({ pages: known, places }, images, filter.show)
      store.setState({ pages: changed, stale: stale || moves })
      ahead.apply(images, filter.show)
    },
    edited() {
      ahead.forget()
      const { filter, stale } = store.getState()
      if (!stale && dependsOnContents(filter)) store.setState({ stale: true })
    },
    clear() {
      startSnapshot()
      places.clear()
      looked = { first: 0, last: 0 }
      store.setState({ ...empty, filter: everyImage })
    },
  }
  return pages
}
