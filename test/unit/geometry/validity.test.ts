/** Small rings are looked at pair by pair and large ones by a sweep: both find the same. */
import { fc } from '../../support/property.ts'
import { expect, test } from 'vitest'
import { entangledEdges } from '../../../common/geometry/validity.ts'
import type { Ring } from '../../../common/model.ts'

const far: Ring = [
  [1000, 1000],
  [1001, 1000],
  [1000, 1001],
]

/** Few places, so that edges touch, repeat and run back. */
const rings = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }))
    .map(([x, y]) => [x / 2, y] as [number, number]),
  { minLength: 3, maxLength: 12 },
)

test('whether a ring crosses itself does not depend on the way that is taken', () => {
  fc.assert(
    fc.property(rings, (ring) => {
      // Beside another ring the sweep is taken.
      expect(entangledEdges([ring])).toEqual(entangledEdges([ring, far]))
    }),
    { numRuns: 2000 },
  )
})

test('a bow tie crosses itself, a star-shaped ring does not', () => {
  const tie: Ring = [
    [0, 0],
    [4, 4],
    [4, 0],
    [0, 4],
  ]
  expect(entangledEdges([tie])).toEqual(new Map([[0, new Set([0, 2])]]))
  const star = Array.from({ length: 40 }, (_, at): [number, number] => {
    const [angle, radius] = [(at / 40) * 2 * Math.PI, at % 2 === 0 ? 10 : 6]
    return [radius * Math.cos(angle), radius * Math.sin(angle)]
  })
  expect(entangledEdges([star]).size).toBe(0)
})
