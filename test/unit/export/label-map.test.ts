import { expect, it } from 'vitest'
import { fitShape } from '../../../core/export/fit.ts'
import { paintObjects } from '../../../core/export/label-map.ts'
import { createReportLines } from '../../../core/export/report-lines.ts'
import { objectByHand } from '../../support/objects.ts'
import { square } from '../tools/fake-core.ts'

const size = { width: 40, height: 20 }
const image = {
  id: 1,
  path: 'a.jpg',
  bytes: 1,
  modifiedAt: 1,
  ...size,
  isTurned: false,
  isTodo: false,
  hasObjects: true,
  classes: [0],
  side: null,
  kind: null,
  rendition: null,
  marks: { tags: [], flag: null, reviewed: null },
}

/** The number of the object that owns the pixel at (x, 5), for each x. */
const ownersAt = (x: readonly number[], ranks: readonly (number | undefined)[]) => {
  const shapes = [square(0, 0, 4), square(0, 0, 20), square(2, 0, 12)]
  const objects = shapes.map((shape, at) => {
    const rank = ranks[at]
    const annotation = objectByHand(`${at + 1}`, shape, rank === undefined ? {} : { rank })
    const fitted = fitShape(shape, size)
    if ('reason' in fitted) throw new Error(fitted.reason)
    return { image, annotation, label: 0, fitted }
  })
  const run = { changed: createReportLines(), leftOut: createReportLines() }
  const { owners, objects: kept } = paintObjects(run, size, objects, 255)
  return x.map((at) => Number(kept[owners[2 * size.width + at]! - 1]?.annotation.id))
}

it('paints small objects over large ones, until the user gives an order', () => {
  expect(ownersAt([1, 3, 8, 18], [])).toEqual([1, 1, 3, 2])
  expect(ownersAt([1, 3, 8, 18], [undefined, undefined, 1])).toEqual([1, 3, 3, 2])
  expect(ownersAt([1, 18], [-1])).toEqual([2, 2])
})
