/** Calls about objects across images. */
import { relabelled, removed, type ManyObjects } from '../editing/many-objects.ts'
import { coarseLines, galleryItemOf } from '../gallery/outlines.ts'
import type { Of, Parts } from './parts.ts'

/** Of one small picture: more are drawn over each other. */
const MOST_OUTLINES = 300

export const galleryHandlers = ({ workspace, readCrops }: Parts): Of<'gallery'> => {
  const commit = ({ diff, ...said }: ManyObjects) => {
    workspace.project().editing.commit(diff)
    return said
  }
  return {
    'gallery.outlines': ({ imageIds }) => {
      const { store } = workspace.project()
      return {
        images: imageIds.map((imageId) => {
          const image = store.images.get(imageId)
          const side = Math.max(image?.width ?? 0, image?.height ?? 0)
          const objects = side === 0 ? [] : store.annotations.ofImage(imageId).slice(0, MOST_OUTLINES)
          return {
            imageId,
            objects: objects.map(({ labelId, proposed, shape }) => ({
              labelId,
              proposed,
              lines: coarseLines(shape, { x: 0, y: 0, side }),
            })),
          }
        }),
      }
    },
    'gallery.list': ({ offset, limit, ...request }) => {
      const { objectLists } = workspace.project().store
      const items = objectLists.page(request, offset, limit)
      return {
        total: objectLists.total(request),
        items: items.map((one) => (one === null ? null : galleryItemOf(one))),
      }
    },
    'gallery.ids': ({ offset, limit, ...request }) => ({
      ids: workspace.project().store.objectLists.ids(request, offset, limit),
    }),
    'gallery.crops': async ({ imageId, windows }) => {
      const { bytes, contentType } = await readCrops(imageId, windows)
      return { bytes: new Uint8Array(bytes), contentType }
    },
    'gallery.setClass': ({ ids, labelId }) => commit(relabelled(workspace.project().store, ids, labelId)),
    'gallery.remove': ({ ids }) => commit(removed(workspace.project().store, ids)),
  }
}
