import { expect, test } from 'vitest'
import { subtractShape } from '../../../common/geometry/boolean.ts'
import { areaOf, bboxOf, partsOf } from '../../../common/geometry/measure.ts'
import { rasterise } from '../../../common/geometry/rasterise.ts'
import { rasterOfStroke, shapeOfStroke } from '../../../common/geometry/stroke.ts'
import { createRandom } from '../../support/random.ts'
import { polygonOf, square } from './pictures.ts'

const size = { width: 120, height: 90 }

const distance = (x: number, y: number, [a, b]: readonly { x: number; y: number }[]) => {
  const [dx, dy] = [b!.x - a!.x, b!.y - a!.y]
  const length = dx * dx + dy * dy
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - a!.x) * dx + (y - a!.y) * dy) / length))
  return Math.hypot(x - a!.x - t * dx, y - a!.y - t * dy)
}

test('a stroke covers the pixels whose centre is within its radius, and the one under the pointer', () => {
  const random = createRandom(7)
  for (let round = 0; round < 40; round++) {
    const path = Array.from({ length: 1 + Math.floor(random() * 3) }, () => ({
      x: random() * 140 - 10,
      y: random() * 110 - 10,
    }))
    const radius = 1 + random() * 15
    const { x, y, width, data } = rasterOfStroke(path, 2 * radius, size)
    const painted = new Set([...data.keys()].filter((i) => data[i] === 1))
    for (let row = 0; row < size.height; row++)
      for (let column = 0; column < size.width; column++) {
        const near = Math.min(
          ...path.map((point, i) => distance(column + 0.5, row + 0.5, [path[i - 1] ?? point, point])),
        )
        if (Math.abs(near - radius) < 1e-6) continue
        const i = (row - y) * width + column - x
        const isIn = column >= x && column < x + width && row >= y && painted.has(i)
        expect(isIn, `${column} ${row}`).toBe(near < radius)
      }
  }
  const fine = rasterOfStroke([{ x: 10.9, y: 20.9 }], 1, size)
  expect(fine.data.reduce((a, b) => a + b)).toBe(1)
})

test('its outline has the same pixels; outside the image there is none', () => {
  const path = [
    { x: 20, y: 30 },
    { x: 60, y: 35 },
    { x: 70, y: 70 },
  ]
  const painted = rasterOfStroke(path, 17, size)
  const shape = shapeOfStroke(path, 17, size)!
  const again = rasterise(shape, size.width, size.height, painted).data
  const differing = again.filter((value, i) => value !== painted.data[i]).length
  expect(differing).toBeLessThanOrEqual(0.01 * painted.data.reduce((a, b) => a + b))
  expect(partsOf(shape)[0]!.outer.length).toBeLessThan(60)
  expect(shapeOfStroke([{ x: -40, y: -40 }], 17, size)).toBeNull()
  expect(bboxOf(shapeOfStroke([{ x: 0, y: 0 }], 20, size)!)).toMatchObject({ x: 0, y: 0 })
})

test('a stroke that is erased leaves the rest of the outline vertex for vertex', () => {
  const outline = square(10, 10, 60)
  const erased = shapeOfStroke([{ x: 70, y: 40 }], 20, size)!
  const left = subtractShape(polygonOf(outline), [erased])!
  expect(partsOf(left)[0]!.outer).toEqual(expect.arrayContaining(outline))
  expect(areaOf(left)).toBeCloseTo(3600 - areaOf(erased) / 2, -1)
})
