/** The objects of a class across images: their orders, and many of them changed as one step. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { GallerySort } from '../../../common/contract/gallery.ts'
import { diffOf } from '../../../common/diff.ts'
import { createEditing } from '../../../core/editing/editing.ts'
import { relabelled, removed } from '../../../core/editing/many-objects.ts'
import { cropStrip, CROP_SIDE } from '../../../core/images/decoder/crops.ts'
import { coarseLines, galleryItemOf } from '../../../core/gallery/outlines.ts'
import { annotationOf, labelOf, storeOf, temporaryFolder } from './records.ts'

const square = (id: string, imageId: number, side: number, more: object = {}) => ({
  ...annotationOf(id, imageId),
  shape: { type: 'rectangle', x: 10, y: 10, width: side, height: side / 2 } as const,
  score: null,
  ...more,
})

const open = () => {
  const store = storeOf(join(temporaryFolder(), 'project.sqlite'))
  const editing = createEditing(store, () => undefined)
  editing.commit(diffOf({ labels: { added: [labelOf('bird', 5)] } }))
  editing.commit(
    diffOf({
      annotations: {
        added: [
          square('a', 2, 30, { score: 0.5 }),
          square('b', 1, 10, { score: 0.9 }),
          square('c', 1, 20),
          square('d', 1, 40, { labelId: 'bird' }),
          square('e', 1, 50, { proposed: true }),
          square('f', 2, 60, { locked: true, score: 0.7 }),
        ],
      },
    }),
  )
  const ids = (by: GallerySort, descending = false, text = '') =>
    store.objectLists.ids({ labelId: 'cat', filter: { text, show: 'all' }, sort: { by, descending } }, 0, 100)
  return { store, editing, ids }
}

describe('the list', () => {
  it('has an order; what has no score comes last in both directions', () => {
    const { ids } = open()
    expect(ids('place')).toEqual(['b', 'c', 'a', 'f'])
    expect(ids('score')).toEqual(['a', 'f', 'b', 'c'])
    expect(ids('score', true)).toEqual(['b', 'f', 'a', 'c'])
    expect(ids('size', true)).toEqual(['f', 'a', 'c', 'b'])
  })

  it('has the images of the filter alone', () => {
    const { ids, store } = open()
    const { path } = store.images.get(2)!
    expect(ids('place', false, `"${path}"`)).toEqual(['a', 'f'])
  })
})

describe('many objects', () => {
  it('get another class as one step, which leaves locked ones alone and is taken back', () => {
    const { store, editing, ids } = open()
    const { diff, ...said } = relabelled(store, ['a', 'b', 'f', 'gone', 'a'], 'bird')
    expect(said).toEqual({ changed: 2, locked: 1, imageId: 1 })
    editing.commit(diff)
    expect(ids('place')).toEqual(['c', 'f'])
    editing.undo(said.imageId)
    expect(ids('place')).toEqual(['b', 'c', 'a', 'f'])
    expect(() => relabelled(store, ['a'], 'nobody')).toThrow('does not exist')
  })

  it('are deleted as one step', () => {
    const { store, editing, ids } = open()
    const { diff, changed } = removed(store, ['a', 'c'])
    expect(changed).toBe(2)
    editing.commit(diff)
    expect(ids('place')).toEqual(['b', 'f'])
    editing.undo(2)
    // What was brought back is the newest of its image.
    expect(ids('place')).toEqual(['b', 'c', 'f', 'a'])
  })
})

it('an object is shown with room around it, and its outline in thousandths of what is shown', () => {
  const { window, lines } = galleryItemOf(square('a', 1, 100))
  expect(window).toEqual({ x: -15, y: -40, side: 150 })
  expect(lines).toEqual([{ points: [167, 333, 833, 333, 833, 667, 167, 667], isClosed: true }])
  const { points } = coarseLines(
    {
      type: 'polyline',
      points: [
        [0, 0],
        [0.1, 0.1],
        [0.2, 0],
        [100, 0],
      ],
    },
    { x: 0, y: 0, side: 100 },
  )[0]!
  expect(points).toEqual([0, 0, 1000, 0])
})

it('crops lie under each other; beyond the picture is grey', () => {
  // Left half red, right half blue.
  const [width, height] = [200, 100]
  const rgb = new Uint8Array(width * height * 3)
  for (let at = 0; at < width * height; at++) rgb[at * 3 + (at % width < 100 ? 0 : 2)] = 255
  const strip = cropStrip({ rgb, width, height, orientation: 1 }, [
    { x: 50, y: 0, side: 100 },
    { x: 150, y: 50, side: 100 },
  ])
  const at = (crop: number, x: number, y: number) => {
    const from = ((crop * CROP_SIDE + y) * CROP_SIDE + x) * 4
    return [...strip.subarray(from, from + 4)]
  }
  expect(at(0, 10, 80)).toEqual([255, 0, 0, 255])
  expect(at(0, 150, 80)).toEqual([0, 0, 255, 255])
  expect(at(1, 10, 10)).toEqual([0, 0, 255, 255])
  expect(at(1, 150, 150)).toEqual([40, 40, 40, 255])
})
