/** Rings joined by a look at the near ones alone are joined as by a look at all, to the last point. */
import { expect, test } from 'vitest'
import { joinParts } from '../../../common/geometry/join.ts'
import { polygonOfMask } from '../../../common/geometry/mask-to-polygon.ts'
import { ringsOfPart, signedArea } from '../../../common/geometry/measure.ts'
import type { Polygon, Ring } from '../../../common/model.ts'
import { fc } from '../../support/property.ts'

const squareOf = ([ax, ay]: Ring[number], [bx, by]: Ring[number]) =>
  (ax - bx) * (ax - bx) + (ay - by) * (ay - by)

const nearestPair = (a: Ring, b: Ring) => {
  let best = { square: Infinity, i: 0, j: 0 }
  a.forEach((from, i) =>
    b.forEach((to, j) => {
      const square = squareOf(from, to)
      if (square < best.square) best = { square, i, j }
    }),
  )
  return best
}

/** The nearest ring is put in over the shortest line, again and again. */
const plainJoin = (polygon: Polygon, keepHoles: boolean): Ring => {
  const [first, ...others] = polygon.parts.flatMap((part) =>
    (keepHoles ? ringsOfPart(part) : [part.outer]).map((ring, index) =>
      signedArea(ring) > 0 === (index === 0) ? ring : ring.toReversed(),
    ),
  )
  let joined = first!
  while (others.length > 0) {
    const pairs = others.map((ring) => nearestPair(joined, ring))
    const at = pairs.reduce((best, { square }, index) => (square < pairs[best]!.square ? index : best), 0)
    const [ring] = others.splice(at, 1) as [Ring]
    const { i, j } = pairs[at]!
    joined = [...joined.slice(0, i + 1), ...ring.slice(j), ...ring.slice(0, j + 1), ...joined.slice(i)]
  }
  return joined
}

const [width, height] = [24, 20]
const roughMask = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.array(fc.boolean(), { minLength: 500, maxLength: 500 }))
  .map(([cell, filled]) =>
    Uint8Array.from({ length: width * height }, (_, at) => {
      const [x, y] = [at % width, Math.floor(at / width)]
      return filled[Math.floor(y / cell) * width + Math.floor(x / cell)] ? 1 : 0
    }),
  )

test.each([true, false])('parts and holes of rough masks, with holes %s', (keepHoles) =>
  fc.assert(
    fc.property(roughMask, (mask) => {
      const polygon = polygonOfMask(mask, width, height, { tolerance: 0, minArea: 0, minShare: 0 })
      if (polygon !== null) expect(joinParts(polygon, { keepHoles })).toEqual(plainJoin(polygon, keepHoles))
    }),
  ),
)
