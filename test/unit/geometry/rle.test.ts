/** rle-coco.json was written by pycocotools 2 (mask.encode) for the masks whose rows stand beside each string. */
import { expect, test } from 'vitest'
import { rasterise } from '../../../common/geometry/rasterise.ts'
import {
  compressCounts,
  decodeRle,
  encodeRle,
  expandCounts,
  rasterOfRle,
  rleArea,
  rleOfShape,
} from '../../../common/geometry/rle.ts'
import { createRandom } from '../../support/random.ts'
import { polygonOf, square } from './pictures.ts'
import fixtures from './rle-coco.json' with { type: 'json' }

test.each(fixtures)('$name: the same string and area as pycocotools, both ways', (fixture) => {
  const mask = Uint8Array.from(fixture.rows.join(''), Number)
  const rle = encodeRle(mask, fixture.width, fixture.height)
  expect(compressCounts(rle.counts)).toBe(fixture.counts)
  expect(expandCounts(fixture.counts)).toEqual(rle.counts)
  expect(rleArea(rle)).toBe(fixture.area)
  expect(decodeRle(rle)).toEqual(mask)
})

test('random masks come back, whole and as the window of their ones', () => {
  const random = createRandom(3)
  for (let round = 0; round < 60; round++) {
    const [width, height] = [1 + Math.floor(random() * 30), 1 + Math.floor(random() * 30)]
    const density = random()
    const mask = Uint8Array.from({ length: width * height }, () => (random() < density ? 1 : 0))
    const rle = encodeRle(mask, width, height)
    const same = { size: rle.size, counts: expandCounts(compressCounts(rle.counts)) }
    expect(decodeRle(same)).toEqual(mask)
    const raster = rasterOfRle(rle)
    const again = new Uint8Array(width * height)
    if (raster)
      for (let y = 0; y < raster.height; y++)
        for (let x = 0; x < raster.width; x++)
          again[(y + raster.y) * width + x + raster.x] = raster.data[y * raster.width + x]!
    expect(again).toEqual(mask)
  }
})

test('long runs survive the compressed string', () => {
  const counts = [12_000_000, 1, 3, 12_345_678, 2 ** 28, 5]
  expect(expandCounts(compressCounts(counts))).toEqual(counts)
})

test('a shape at every border gives the same runs as its full mask', () => {
  for (const [x, y] of [
    [0, 0],
    [5, 0],
    [0, 4],
    [5, 4],
    [2, 2],
  ] as const) {
    const shape = polygonOf(square(x, y, 3))
    const full = rasterise(shape, 8, 7, { x: 0, y: 0, width: 8, height: 7 }).data
    expect(rleOfShape(shape, 8, 7)).toEqual(encodeRle(full, 8, 7))
  }
  expect(rleOfShape(polygonOf(square(20, 20, 3)), 8, 7).counts).toEqual([56])
})

test('damaged RLE is refused', () => {
  expect(() => decodeRle({ size: [2, 2], counts: [1, 2] })).toThrow(/covers 3 pixels/)
  expect(() => decodeRle({ size: [2, 2], counts: [-1, 5] })).toThrow(/whole number/)
  expect(() => expandCounts('a\u00ff')).toThrow(/damaged/)
  expect(() => expandCounts('o')).toThrow(/damaged/)
})
