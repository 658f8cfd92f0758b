/** Rings that hang together by lines of no width come apart into the very rings that were joined. */
import { fc } from '../../support/property.ts'
import { expect, test } from 'vitest'
import { joinParts } from '../../../common/geometry/join.ts'
import { signedArea } from '../../../common/geometry/measure.ts'
import { splitRing } from '../../../common/geometry/split-ring.ts'
import type { Part, Ring } from '../../../common/model.ts'

/** The ring begun at its least point, running clockwise: the same for the same ring, wherever it begins. */
const canonical = (ring: Ring): string => {
  const turned = signedArea(ring) > 0 ? ring : ring.toReversed()
  const keys = turned.map(([x, y]) => `${x},${y}`)
  const least = keys.indexOf(keys.toSorted()[0]!)
  return [...keys.slice(least), ...keys.slice(0, least)].join(' ')
}

const square = (x: number, y: number, side: number): Ring => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
]

/** Squares in cells of a grid, so that none touches another, some with a hole. */
const parts = fc
  .uniqueArray(fc.record({ cell: fc.nat(24), side: fc.integer({ min: 6, max: 9 }), hole: fc.boolean() }), {
    selector: ({ cell }) => cell,
    minLength: 1,
    maxLength: 8,
  })
  .map((cells) =>
    cells.map(({ cell, side, hole }): Part => {
      const [x, y] = [(cell % 5) * 12, Math.floor(cell / 5) * 12]
      return { outer: square(x, y, side), holes: hole ? [square(x + 2, y + 2, 2)] : [] }
    }),
  )

test('what was joined comes apart again', () => {
  fc.assert(
    fc.property(parts, (given) => {
      const joined = joinParts({ type: 'polygon', parts: given }, { keepHoles: true })
      const rings = given.flatMap(({ outer, holes }) => [outer, ...holes])
      expect(splitRing(joined).map(canonical).sort()).toEqual(rings.map(canonical).sort())
    }),
  )
})

test('a ring that hangs on nothing is itself, without repeated points', () => {
  expect(splitRing(square(0, 0, 5))).toEqual([square(0, 0, 5)])
  expect(splitRing([[0, 0], ...square(0, 0, 5), [0, 0]])).toEqual([square(0, 0, 5)])
  expect(
    splitRing([
      [0, 0],
      [5, 5],
      [0, 0],
    ]),
  ).toEqual([])
})
