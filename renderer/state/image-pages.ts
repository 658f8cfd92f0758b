/**
 * The filtered list of images as a sparse cache of pages, so that 100,000 images cost what is looked at.
 *
 * The list is a snapshot: an image that stops matching the filter (the first object under "unlabelled") stays where it
 * is until the next `refresh`, so that rows don't jump away under the pointer. A page is never loaded into a snapshot
 * that the server has left behind: the list is refreshed first.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { isChanged } from '../../common/changed-picture.ts'
import type { ImageFilter } from '../../common/contract/images.ts'
import { isAboutContents, parseQuery } from '../../common/image-query.ts'
import type { ImageId, ImageItem } from '../../common/model.ts'
import type { Client } from '../../common/rpc.ts'

export const PAGE_SIZE = 200
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
  /** Loads the pages of rows first..last. */
  ensure(first: number, last: number): Promise<void>
  setFilter(filter: ImageFilter): Promise<void>
  /** Takes the server's list up again; rows on screen stay until theirs have come. */
  refresh(): Promise<void>
  /** Rows changed. */
  apply(images: readonly ImageItem[]): void
  /** Objects, classes or states changed: a list by what images hold may be another now. */
  edited(): void
  clear(): void
}

/** Whether the image belongs to a list by state; the text part of a filter never changes under way. */
export const matchesShow = (image: ImageItem, show: ImageFilter['show']): boolean => {
  switch (show) {
    case 'all':
      return true
    case 'todo':
      return image.status === 'todo'
    case 'working':
      return image.status === 'todo' && image.annotationCount + image.proposedCount > 0
    case 'done':
      return image.status === 'done'
    case 'flagged':
      return image.flag !== null
    case 'reviewed':
      return image.reviewed !== null
    case 'proposed':
      return image.proposedCount > 0
    case 'labelled':
      return image.annotationCount > 0
    case 'unlabelled':
      return image.annotationCount === 0
    case 'problem':
      return image.problem !== null || isChanged(image)
  }
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
  const places = new Map<ImageId, number>()
  const loading = new Map<number, Promise<void>>()
  /** Counts the snapshots; an answer of an older one is dropped. */
  let snapshot = 0
  /** The rows last asked for, to be there first after a refresh. */
  let looked = { first: 0, last: 0 }

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
    const answer = await client.call('images.list', { offset: page * PAGE_SIZE, limit: PAGE_SIZE, filter })
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
  }
  const refresh = async (): Promise<void> => {
    startSnapshot()
    const asked = snapshot
    const { filter } = store.getState()
    store.setState({ stale: false })
    const ask = (page: number) =>
      client.call('images.list', { offset: page * PAGE_SIZE, limit: PAGE_SIZE, filter })
    const page = Math.floor(looked.first / PAGE_SIZE)
    const isOnTwo = page < Math.floor(looked.last / PAGE_SIZE)
    const [answer, below] = await Promise.all([ask(page), isOnTwo ? ask(page + 1) : null])
    let [at, top] = [page, answer]
    if (answer.items.length === 0 && answer.total > 0) {
      at = Math.floor((answer.total - 1) / PAGE_SIZE)
      top = await ask(at)
    }
    if (asked !== snapshot) return
    places.clear()
    keep(at, top.items, top.total, new Map())
    if (below !== null && below.items.length > 0)
      keep(page + 1, below.items, below.total, store.getState().pages)
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
      if (missing.length === 0) return
      if (store.getState().stale) await refresh()
      await Promise.all(missing.filter((page) => !store.getState().pages.has(page)).map(loadPage))
    },
    async setFilter(filter) {
      store.setState({ filter, stale: true })
      looked = { first: 0, last: 0 }
      await refresh()
    },
    refresh,
    apply(images) {
      const state = store.getState()
      const changed = new Map(state.pages)
      let stale = state.stale
      for (const image of images) {
        const place = places.get(image.id)
        if (place === undefined) {
          stale ||= state.filter.show !== 'all' && matchesShow(image, state.filter.show)
          continue
        }
        const page = Math.floor(place / PAGE_SIZE)
        const before = changed.get(page)?.[place % PAGE_SIZE]
        if (!before) continue
        const { show } = state.filter
        stale ||= matchesShow(before, show) !== matchesShow(image, show)
        changed.set(page, changed.get(page)?.with(place % PAGE_SIZE, image) ?? [])
      }
      store.setState({ pages: changed, stale })
    },
    edited() {
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
