/** The oriented box holds the shape, is a rectangle, and none that is turned otherwise is smaller. */
import { fc } from '../../support/property.ts'
import { expect, test } from 'vitest'
import { orientedBoxOf } from '../../../common/geometry/oriented-box.ts'
import type { Ring } from '../../../common/model.ts'

const polygon = (outer: Ring) => ({ type: 'polygon' as const, parts: [{ outer, holes: [] }] })

const turned = ([x, y]: readonly [number, number], angle: number): [number, number] => [
  x * Math.cos(angle) - y * Math.sin(angle),
  x * Math.sin(angle) + y * Math.cos(angle),
]

const areaAt = (ring: Ring, angle: number): number => {
  const points = ring.map((point) => turned(point, angle))
  const side = (axis: 0 | 1) =>
    Math.max(...points.map((p) => p[axis])) - Math.min(...points.map((p) => p[axis]))
  return side(0) * side(1)
}

const coordinate = fc.double({ min: 0, max: 500, noNaN: true })
const ring = fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 25 })

/** Found at random: 500 px long and a millionth of a pixel wide. */
const sliver: Ring = [
  [0, 499.99997948645205],
  [9.998859992942627e-7, 0.000008577174557360405],
  [0, 499.9997676920243],
]

test('any ring: a rectangle around it, and the smallest of all angles', () => {
  fc.assert(
    fc.property(ring, (outer) => {
      fc.pre(areaAt(outer, 0.3) > 1)
      const box = orientedBoxOf(polygon(outer))
      expect(box).toHaveLength(4)
      const [a, b, , d] = box
      const [ux, uy] = [b![0] - a![0], b![1] - a![1]]
      const [vx, vy] = [d![0] - a![0], d![1] - a![1]]
      const area = Math.abs(ux * vy - uy * vx)
      expect(Math.abs(ux * vx + uy * vy)).toBeLessThan(1e-6 * (1 + area))
      // By the longer side: of one of a millionth of a pixel, the digits of its ends give no direction.
      const [across, down] = [Math.hypot(ux, uy), Math.hypot(vx, vy)]
      const [ex, ey] = across >= down ? [ux / across, uy / across] : [vy / down, -vx / down]
      for (const [x, y] of outer) {
        const [dx, dy] = [x - a![0], y - a![1]]
        const [right, below] = [dx * ex + dy * ey, dy * ex - dx * ey]
        expect(right > -1e-6 && right < across + 1e-6).toBe(true)
        expect(below > -1e-6 && below < down + 1e-6).toBe(true)
      }
      for (let degree = 0; degree < 90; degree++)
        expect(area).toBeLessThanOrEqual(areaAt(outer, (degree * Math.PI) / 180) * (1 + 1e-6) + 1e-6)
    }),
    { examples: [[sliver]] },
  )
})

test('a rectangle gives its corners, clockwise on screen from the top left; one that is turned too', () => {
  expect(orientedBoxOf({ type: 'rectangle', x: 10, y: 20, width: 30, height: 5 })).toEqual([
    [10, 20],
    [40, 20],
    [40, 25],
    [10, 25],
  ])
  const corners: Ring = [
    [50, 10],
    [90, 50],
    [70, 70],
    [30, 30],
  ]
  const box = orientedBoxOf(polygon(corners))
  box.forEach((corner, index) =>
    corner.forEach((value, axis) => expect(value).toBeCloseTo(corners[index]![axis]!, 6)),
  )
})
