/** The objects of a class as the gallery shows them: pages of a sparse list, and what is selected of it. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { GalleryItem, GalleryRequest } from '../../common/contract/gallery.ts'
import type { AnnotationId } from '../../common/model.ts'
import type { Client } from '../../common/rpc.ts'
import { errorText } from '../texts/heard.ts'

const GALLERY_PAGE = 100
/** Objects that are changed at once. */
export const MOST_SELECTED = 5000

type Items = readonly (GalleryItem | null)[]

export interface GalleryState {
  readonly request: GalleryRequest
  readonly total: number
  readonly loaded: boolean
  readonly pages: ReadonlyMap<number, Items>
  readonly selected: ReadonlySet<AnnotationId>
  /** Why there is no list, in words. */
  readonly problem: string | null
}

export interface Gallery {
  readonly store: StoreApi<GalleryState>
  /** undefined while its page is on the way; null for one that can't be read. */
  itemAt(index: number): GalleryItem | null | undefined
  ensure(first: number, last: number): Promise<void>
  ask(request: GalleryRequest): Promise<void>
  /** The one alone; one more or less; all from one to the other; null for none. */
  select(index: number | null): void
  toggle(index: number): void
  selectRange(from: number, to: number): Promise<void>
  close(): void
}

const none: ReadonlySet<AnnotationId> = new Set()

export const createGallery = (client: Client, first: GalleryRequest): Gallery => {
  const store = createStore<GalleryState>(() => ({
    request: first,
    total: 0,
    loaded: false,
    pages: new Map(),
    selected: none,
    problem: null,
  }))
  const loading = new Set<number>()
  /** Counts the lists that were asked for; what comes of an older one is dropped. */
  let snapshot = 0
  /** What is shown is the core's list: places in it mean the same on both sides. */
  let isFresh = true
  let seen: readonly [number, number] = [0, 0]

  const load = async (page: number, fresh: boolean) => {
    if (loading.has(page)) return
    const asked = snapshot
    const { request } = store.getState()
    loading.add(page)
    try {
      const answer = await client.call('gallery.list', {
        ...request,
        offset: page * GALLERY_PAGE,
        limit: GALLERY_PAGE,
      })
      if (asked !== snapshot) return
      const pages = new Map(fresh ? [] : store.getState().pages)
      store.setState({
        total: answer.total,
        loaded: true,
        problem: null,
        pages: pages.set(page, answer.items),
      })
    } catch (thrown) {
      if (asked === snapshot) store.setState({ total: 0, loaded: true, problem: errorText(thrown) })
    } finally {
      if (asked === snapshot) loading.delete(page)
    }
  }
  const ensure = async (from: number, to: number) => {
    seen = [from, to]
    const wanted: number[] = []
    for (let page = Math.floor(from / GALLERY_PAGE); page <= Math.floor(to / GALLERY_PAGE); page++)
      if (!store.getState().pages.has(page)) wanted.push(page)
    await Promise.all(wanted.map((page) => load(page, false)))
  }
  /** What is shown stays until the new list has come. */
  const refresh = async () => {
    snapshot += 1
    const asked = snapshot
    isFresh = false
    loading.clear()
    await load(Math.floor(seen[0] / GALLERY_PAGE), true)
    if (asked !== snapshot) return
    isFresh = true
    await ensure(...seen)
  }
  const itemAt = (index: number) =>
    store.getState().pages.get(Math.floor(index / GALLERY_PAGE))?.[index % GALLERY_PAGE]

  const stop = client.on('edit.applied', ({ diff }) => {
    const { added, updated, removed } = diff.annotations
    if (added.length + updated.length + removed.length === 0) return
    const gone = new Set([
      ...removed.map(({ id }) => id),
      ...updated.filter(([from, to]) => from.labelId !== to.labelId).map(([, to]) => to.id),
    ])
    const { selected } = store.getState()
    store.setState({ selected: new Set([...selected].filter((id) => !gone.has(id))) })
    void refresh()
  })
  return {
    store,
    itemAt,
    ensure,
    async ask(request) {
      seen = [0, 0]
      store.setState({ request, selected: none, pages: new Map(), loaded: false })
      await refresh()
    },
    select(index) {
      const id = index === null ? undefined : itemAt(index)?.id
      store.setState({ selected: id === undefined ? none : new Set([id]) })
    },
    toggle(index) {
      const id = itemAt(index)?.id
      if (id === undefined) return
      const selected = new Set(store.getState().selected)
      if (!selected.delete(id) && selected.size < MOST_SELECTED) selected.add(id)
      store.setState({ selected })
    },
    async selectRange(from, to) {
      if (!isFresh) return
      const asked = snapshot
      const [offset, end] = [Math.min(from, to), Math.max(from, to)]
      const limit = Math.min(MOST_SELECTED, end - offset + 1)
      const { ids } = await client.call('gallery.ids', { ...store.getState().request, offset, limit })
      if (asked === snapshot) store.setState({ selected: new Set(ids) })
    },
    close: stop,
  }
}
