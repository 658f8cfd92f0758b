/** The part of each hole, found by rows, is the one that a look at every outline and every edge finds. */
import { expect, test } from 'vitest'
import { bordersOfImage, outlinesOfRaster, type Outline } from '../../../common/geometry/outline.ts'
import { createOwnerOf, outlineContains } from '../../../common/geometry/owners.ts'
import { createScratch } from '../../../common/geometry/scratch.ts'
import { fc } from '../../support/property.ts'

const [width, height] = [48, 40]

const outlinesOf = (data: Uint8Array) =>
  outlinesOfRaster(
    { x: 3, y: 5, width, height, data },
    bordersOfImage({ width: 60, height: 60 }),
    createScratch(),
  )

/** What it means: the smallest outline around the hole's first point. */
const plainOwner = (outers: readonly Outline[], { xs, ys, area }: Outline) =>
  outers.findLastIndex((outer) => outer.area > -area && outlineContains(outer, xs[0]!, ys[0]!))

const expectOwners = (data: Uint8Array) => {
  const outlines = outlinesOf(data).sort((a, b) => b.area - a.area)
  const outers = outlines.filter(({ area }) => area > 0)
  const holes = outlines.slice(outers.length)
  const ownerOf = createOwnerOf(outers)
  const owners = holes.map(ownerOf)
  expect(owners).toEqual(holes.map((hole) => plainOwner(outers, hole)))
  expect(owners).not.toContain(-1)
  return { outers: outers.length, holes: holes.length }
}

test('of rough masks, of cells of 1 to 4 pixels', () => {
  const cells = fc.tuple(
    fc.integer({ min: 1, max: 4 }),
    fc.array(fc.boolean(), { minLength: 600, maxLength: 600 }),
  )
  fc.assert(
    fc.property(cells, ([cell, filled]) => {
      const data = new Uint8Array(width * height)
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++)
          if (filled[(Math.floor(y / cell) * 31 + Math.floor(x / cell)) % filled.length])
            data[y * width + x] = 1
      expectOwners(data)
    }),
  )
})

test('of islands in the holes of islands, each with many holes', () => {
  const data = new Uint8Array(width * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const depth = Math.min(x, y, width - 1 - x, height - 1 - y)
      const isHole = depth % 6 === 2 && (x + y) % 3 === 0
      if (depth % 6 < 5 && !isHole) data[y * width + x] = 1
    }
  expect(expectOwners(data)).toMatchObject({ outers: 4 })
})

test('a mask without a part has no owner, and a lone part owns every hole', () => {
  const data = new Uint8Array(width * height).fill(1)
  for (let at = 5 * width + 5; at < 35 * width; at += 7) data[at] = 0
  expect(expectOwners(data)).toMatchObject({ outers: 1 })
  const [hole] = outlinesOf(data).filter(({ area }) => area < 0)
  expect(createOwnerOf([])(hole!)).toBe(-1)
})
