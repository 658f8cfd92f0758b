import { fc } from '../../support/property.ts'
import { describe, expect, test } from 'vitest'
import { intersectShapes, joinShapes, subtractShape } from '../../../common/geometry/boolean.ts'
import { distanceToEdge } from '../../../common/geometry/hit.ts'
import { areaOf, partsOf, ringsOfPart } from '../../../common/geometry/measure.ts'
import { rasterise } from '../../../common/geometry/rasterise.ts'
import { entangledRings } from '../../../common/geometry/validity.ts'
import type { Polygon, Ring, Shape } from '../../../common/model.ts'
import { polygonOf, square } from './pictures.ts'

const SIDE = 48
const everything = { x: 0, y: 0, width: SIDE, height: SIDE }
const pixelsOf = (shape: Shape | null): Uint8Array =>
  shape ? rasterise(shape, SIDE, SIDE, everything).data : new Uint8Array(SIDE * SIDE)

/** On few places, so that vertices and edges meet, or anywhere, off every grid. */
const coordinate = fc.oneof(
  fc.integer({ min: 0, max: 8 }).map((step) => step * 6),
  fc.double({ min: 0, max: SIDE, noNaN: true }),
)
const ring: fc.Arbitrary<Ring> = fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 9 })
const polygon: fc.Arbitrary<Polygon> = fc
  .array(fc.record({ outer: ring, holes: fc.array(ring, { maxLength: 2 }) }), { minLength: 1, maxLength: 3 })
  .map((parts) => ({ type: 'polygon', parts }))
const rectangle: fc.Arbitrary<Shape> = fc
  .tuple(coordinate, coordinate, coordinate, coordinate)
  .map(([x, y, width, height]) => ({ type: 'rectangle', x, y, width: width + 1, height: height + 1 }))
const shape: fc.Arbitrary<Shape> = fc.oneof({ weight: 4, arbitrary: polygon }, rectangle)

/** Pixels may differ where the centre is within a pixel of an edge of what went in. */
const expectPixels = (result: Shape | null, inputs: readonly Shape[], isIn: (pixel: number) => boolean) => {
  const data = pixelsOf(result)
  for (let i = 0; i < data.length; i++) {
    if ((data[i] === 1) === isIn(i)) continue
    const centre = { x: (i % SIDE) + 0.5, y: Math.floor(i / SIDE) + 0.5 }
    const far = Math.min(...inputs.map((input) => distanceToEdge(input, centre)))
    expect(far, `pixel ${centre.x} ${centre.y}`).toBeLessThan(1)
  }
}

const expectSound = (result: Shape | null) => {
  if (result === null) return
  for (const part of partsOf(result)) expect(entangledRings(ringsOfPart(part))).toEqual([])
  expect(areaOf(result)).toBeGreaterThan(0)
}

describe('on shapes of any kind, crossed, doubled and flat ones with them', () => {
  const runs = { numRuns: 300 }

  test('a union covers what any of them covers', () => {
    fc.assert(
      fc.property(shape, shape, (a, b) => {
        const [inA, inB] = [pixelsOf(a), pixelsOf(b)]
        const joined = joinShapes([a, b])
        expectPixels(joined, [a, b], (i) => (inA[i]! | inB[i]!) === 1)
        if (joined !== a) expectSound(joined)
      }),
      runs,
    )
  })

  test('a difference covers what the first alone covers', () => {
    fc.assert(
      fc.property(shape, shape, shape, (a, b, c) => {
        const [inA, inB, inC] = [pixelsOf(a), pixelsOf(b), pixelsOf(c)]
        const left = subtractShape(a, [b, c])
        expectPixels(left, [a, b, c], (i) => inA[i] === 1 && inB[i] === 0 && inC[i] === 0)
        if (left !== a) expectSound(left)
      }),
      runs,
    )
  })

  test('an intersection covers what all of them cover', () => {
    fc.assert(
      fc.property(shape, shape, (a, b) => {
        const [inA, inB] = [pixelsOf(a), pixelsOf(b)]
        const common = intersectShapes([a, b])
        expectPixels(common, [a, b], (i) => (inA[i]! & inB[i]!) === 1)
        if (common !== a) expectSound(common)
      }),
      runs,
    )
  })
})

/** A wavy outline, off the grid of hundredths. */
const blob = (cx: number, cy: number, radius: number, count: number): Ring =>
  Array.from({ length: count }, (_, i) => {
    const angle = (i / count) * 2 * Math.PI
    const reach = radius * (1 + 0.08 * Math.sin(angle * 9) + 0.01 * Math.sin(i * 12.9898))
    return [cx + reach * Math.cos(angle), cy + reach * Math.sin(angle)]
  })

/** The vertices of `ring` that fulfil it, in order, from wherever it begins. */
const stretchOf = (ring: Ring, fulfils: (vertex: Ring[number]) => boolean): Ring => {
  const start = ring.findIndex((vertex, i) => fulfils(vertex) && !fulfils(ring.at(i - 1)!))
  return ring.map((_, i) => ring[(start + i) % ring.length]!).filter(fulfils)
}

test('what is out of reach stays vertex for vertex', () => {
  const outline = blob(500.123, 500.456, 300, 1000)
  const before = polygonOf(outline, square(480, 480, 20))
  const isRight = ([x]: Ring[number]) => x > 700
  const isLeft = (vertex: Ring[number]) => !isRight(vertex)
  const right: Shape = { type: 'rectangle', x: 700, y: 0, width: 400, height: 1000 }
  for (const [after, isKept] of [
    [joinShapes([before, right]), isLeft],
    [subtractShape(before, [right]), isLeft],
    [intersectShapes([before, right]), isRight],
  ] as const) {
    const [part] = after ? partsOf(after) : []
    const isOld = (vertex: Ring[number]) => outline.includes(vertex)
    expect(stretchOf(part!.outer, (vertex) => isKept(vertex) && isOld(vertex))).toEqual(
      stretchOf(outline, isKept),
    )
    expect(part!.outer.filter((vertex) => !isOld(vertex)).length).toBeLessThanOrEqual(6)
    if (isKept === isLeft) expect(part!.holes[0]).toBe(before.parts[0]!.holes[0])
  }
})

test('a shape that stays as it is stays the same object', () => {
  const before = polygonOf(square(0, 0, 20), square(5, 5, 5))
  const box: Shape = { type: 'rectangle', x: 0, y: 0, width: 20, height: 20 }
  const inside = polygonOf(square(12, 12, 3))
  const beside = polygonOf(square(30, 0, 5))
  expect(joinShapes([before, inside])).toBe(before)
  expect(joinShapes([box, inside])).toBe(box)
  expect(subtractShape(before, [beside])).toBe(before)
  expect(subtractShape(before, [polygonOf(square(6, 6, 3))])).toBe(before)
  expect(subtractShape(box, [])).toBe(box)
  expect(intersectShapes([inside, before])).toBe(inside)
})

test('a shape apart is a part, one taken away inside a hole, and an island in it a part again', () => {
  const box = polygonOf(square(0, 0, 30))
  expect(joinShapes([box, polygonOf(square(40, 0, 5))])).toMatchObject({
    parts: [{ outer: square(0, 0, 30) }, { outer: square(40, 0, 5) }],
  })
  const holed = subtractShape(box, [polygonOf(square(5, 5, 20))])!
  expect(partsOf(holed)).toMatchObject([{ outer: square(0, 0, 30), holes: [square(5, 5, 20)] }])
  const island = joinShapes([holed, polygonOf(square(10, 10, 5))])!
  expect(partsOf(island)).toMatchObject([
    { outer: square(0, 0, 30), holes: [square(5, 5, 20)] },
    { outer: square(10, 10, 5), holes: [] },
  ])
})

test('nothing left is null, and no crumb of an edge that both share is left', () => {
  const box = polygonOf(square(0, 0, 30))
  expect(subtractShape(box, [polygonOf(square(-5, -5, 40))])).toBeNull()
  expect(intersectShapes([box, polygonOf(square(30, 0, 5))])).toBeNull()
  expect(joinShapes([])).toBeNull()
  const almost = polygonOf(square(0.03, 0.02, 29.95))
  expect(subtractShape(box, [almost])).toBeNull()
})

test('rings that would touch are cut apart', () => {
  const box = polygonOf(square(0, 0, 10))
  const diamond = polygonOf([
    [5, 0],
    [8, 5],
    [5, 10],
    [2, 5],
  ])
  const left = subtractShape(box, [diamond])!
  expectSound(left)
  expect(partsOf(left)).toHaveLength(2)
  expect(areaOf(left)).toBeCloseTo(100 - 30, 1)
})
