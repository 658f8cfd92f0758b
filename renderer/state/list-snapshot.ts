/** The list of images as the core had it when it was asked: of 100,000 images the pages that are looked at, and their places. */
import { isChanged } from '../../common/changed-picture.ts'
import type { ImageFilter } from '../../common/contract/images.ts'
import type { ImageId, ImageItem } from '../../common/model.ts'
import type { Client } from '../../common/rpc.ts'

export const PAGE_SIZE = 200

export interface ListSnapshot {
  readonly total: number
  readonly pages: ReadonlyMap<number, readonly ImageItem[]>
  /** Of the images of these pages. */
  readonly places: ReadonlyMap<ImageId, number>
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

/** Asks for a page. */
export const askPage = (client: Client, filter: ImageFilter, page: number) =>
  client.call('images.list', { offset: page * PAGE_SIZE, limit: PAGE_SIZE, filter })

const pageOf = (index: number): number => Math.floor(index / PAGE_SIZE)

/** Asks for what is in sight, which lies on one page or on two; the last page where the list ends before that. */
export const askSnapshot = async (
  client: Client,
  filter: ImageFilter,
  looked: { readonly first: number; readonly last: number },
): Promise<ListSnapshot> => {
  const page = pageOf(looked.first)
  const isOnTwo = page < pageOf(looked.last)
  const [answer, below] = await Promise.all([
    askPage(client, filter, page),
    isOnTwo ? askPage(client, filter, page + 1) : null,
  ])
  let [at, top] = [page, answer]
  if (answer.items.length === 0 && answer.total > 0) {
    at = pageOf(answer.total - 1)
    top = await askPage(client, filter, at)
  }
  const pages = new Map([[at, top.items]])
  if (below !== null && below.items.length > 0) pages.set(page + 1, below.items)
  const places = new Map<ImageId, number>()
  for (const [number, items] of pages) items.forEach(({ id }, i) => places.set(id, number * PAGE_SIZE + i))
  return { total: (below ?? top).total, pages, places }
}

/** The rows as they are now, where they were. `moves`: one of them belongs into the list no longer, or another one does. */
export const rowsChanged = (
  { pages, places }: Pick<ListSnapshot, 'pages' | 'places'>,
  images: readonly ImageItem[],
  show: ImageFilter['show'],
): { readonly pages: ListSnapshot['pages']; readonly moves: boolean } => {
  const changed = new Map(pages)
  let moves = false
  for (const image of images) {
    const place = places.get(image.id)
    if (place === undefined) {
      moves ||= show !== 'all' && matchesShow(image, show)
      continue
    }
    const page = pageOf(place)
    const before = changed.get(page)?.[place % PAGE_SIZE]
    if (!before) continue
    moves ||= matchesShow(before, show) !== matchesShow(image, show)
    changed.set(page, changed.get(page)?.with(place % PAGE_SIZE, image) ?? [])
  }
  return { pages: changed, moves }
}
