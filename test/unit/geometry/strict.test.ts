/** Masks of a file become outlines that keep every pixel, with far fewer vertices than their corners. */
import { describe, expect, test } from 'vitest'
import { countVertices } from '../../../common/geometry/measure.ts'
import { polygonOfMask } from '../../../common/geometry/mask-to-polygon.ts'
import { countDifferent, countPixels, rowsOfRing } from '../../../common/geometry/pixel-rows.ts'
import { rasterise } from '../../../common/geometry/rasterise.ts'
import type { Ring } from '../../../common/model.ts'
import { fc } from '../../support/property.ts'
import { createRandom } from '../../support/random.ts'
import { disc, paint, polygonOf, randomField } from './pictures.ts'

const whole = { tolerance: 0.5, minArea: 0, minShare: 0 }
const lost = (mask: Uint8Array, width: number, height: number, strict: boolean) => {
  const polygon = polygonOfMask(mask, width, height, { ...whole, strict })!
  const found = rasterise(polygon, width, height, { x: 0, y: 0, width, height }).data
  return { vertices: countVertices(polygon), lost: found.filter((pixel, at) => pixel !== mask[at]).length }
}

describe('a strict outline', () => {
  test.each([6, 14, 28, 60, 150, 400])(
    'of a disc of radius %i loses no pixel and has few vertices',
    (radius) => {
      const size = 2 * radius + 20
      const middle = size / 2 + 0.3
      const mask = paint(size, size, disc(middle, middle, radius))
      const corners = countVertices(polygonOfMask(mask, size, size, { ...whole, tolerance: 0 })!)
      const made = lost(mask, size, size, true)
      expect(made.lost).toBe(0)
      expect(made.vertices).toBeLessThan(corners * 0.8)
    },
  )

  test('keeps what others may lose: a ring around a hole, and blobs of any form', () => {
    const random = createRandom(5)
    for (let round = 0; round < 12; round++) {
      const field = randomField(random, 30)
      const mask = paint(120, 90, (x, y) => field(x, y) > 0)
      expect(lost(mask, 120, 90, true).lost).toBe(0)
    }
    const ring = paint(100, 100, (x, y) => disc(50.4, 49.7, 40)(x, y) && !disc(50, 50, 20)(x, y))
    expect(lost(ring, 100, 100, true).lost).toBe(0)
    expect(lost(ring, 100, 100, false).lost).toBeGreaterThan(0)
  })
})

const window = { x: -2, y: -3, width: 40, height: 36 }
const coordinate = fc.double({ min: -12, max: 52, noNaN: true })
const ring: fc.Arbitrary<Ring> = fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 12 })
const painted = (one: Ring) => rasterise(polygonOf(one), 0, 0, window).data

test('rows count the pixels that rings are painted with, and those that two differ by', () => {
  fc.assert(
    fc.property(ring, ring, (one, other) => {
      const [a, b] = [painted(one), painted(other)]
      const [rowsA, rowsB] = [rowsOfRing(one, window), rowsOfRing(other, window)]
      const different = a.filter((pixel, at) => pixel !== b[at]).length
      expect(countPixels(rowsA)).toBe(a.reduce((sum, pixel) => sum + pixel, 0))
      expect(countDifferent(rowsA, rowsB)).toBe(different)
    }),
  )
})
