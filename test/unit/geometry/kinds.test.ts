/** Rotated rectangles, points and lines: measured, hit, edited, clipped and compared as SEMANTICS.md says. */
import { fc } from '../../support/property.ts'
import { describe, expect, it } from 'vitest'
import { clipToImage } from '../../../common/geometry/clip.ts'
import { insertVertex, moveVertex, removeVertex, translate } from '../../../common/geometry/edit.ts'
import { distanceToEdge, handles, pointInShape } from '../../../common/geometry/hit.ts'
import { areaOf, asPolygon, bboxOf, cornersOfRotated, linesOf } from '../../../common/geometry/measure.ts'
import { iou, likeness } from '../../../common/geometry/overlap.ts'
import { rasterise } from '../../../common/geometry/rasterise.ts'
import { growShape } from '../../../common/geometry/reshape.ts'
import {
  asFarAsImage,
  resizeRotated,
  rotatedAround,
  rotatedHandle,
  rotatedOfRing,
  rotatedOfSide,
  turnedBy,
} from '../../../common/geometry/rotated.ts'
import type { PointShape, Polyline, RotatedRectangle } from '../../../common/model.ts'

const point: PointShape = { type: 'point', x: 10, y: 20 }
const line: Polyline = {
  type: 'polyline',
  points: [
    [10, 10],
    [40, 10],
    [40, 50],
  ],
}
const size = { width: 100, height: 80 }

const side = fc.double({ min: 4, max: 200, noNaN: true })
const rotated = fc
  .record({
    cx: fc.double({ min: 0, max: 500, noNaN: true }),
    cy: fc.double({ min: 0, max: 500, noNaN: true }),
    width: side,
    height: side,
    angle: fc.double({ min: 0, max: 6.28, noNaN: true }),
  })
  .map((made): RotatedRectangle => ({ type: 'rotated-rectangle', ...made }))

describe('a rotated rectangle', () => {
  it('is what its corners are, to rounding', () => {
    fc.assert(
      fc.property(rotated, (shape) => {
        const again = rotatedOfRing(cornersOfRotated(shape))!
        for (const key of ['cx', 'cy', 'width', 'height'] as const)
          expect(again[key]).toBeCloseTo(shape[key], 6)
        expect(Math.cos(again.angle - shape.angle)).toBeCloseTo(1, 9)
        expect(areaOf(shape)).toBeCloseTo(areaOf(asPolygon(shape)), 5)
        expect(pointInShape(shape, { x: shape.cx, y: shape.cy })).toBe(true)
      }),
    )
  })

  it('keeps the opposite corner or side when a handle is dragged', () => {
    const opposite = { nw: 'se', n: 's', ne: 'sw', e: 'w', se: 'nw', s: 'n', sw: 'ne', w: 'e' } as const
    fc.assert(
      fc.property(rotated, fc.constantFrom(...handles), (shape, handle) => {
        const still = rotatedHandle(shape, opposite[handle])
        const at = rotatedHandle(shape, handle)
        // Away from the middle, so that it does not flip.
        const resized = resizeRotated(shape, handle, { x: (at.x - shape.cx) / 3, y: (at.y - shape.cy) / 3 })
        const after = rotatedHandle(resized, opposite[handle])
        expect([after.x, after.y]).toEqual([expect.closeTo(still.x, 6), expect.closeTo(still.y, 6)])
        expect(resized.angle).toBe(shape.angle)
      }),
    )
  })

  it('around a shape has its area or less than its box, and holds all of it', () => {
    const square = { type: 'polygon' as const, parts: [{ outer: cornersOfRotated(turned), holes: [] }] }
    const around = rotatedAround(square)
    expect(areaOf(around)).toBeCloseTo(areaOf(turned), 6)
    expect(iou(around, turned)).toBeGreaterThan(0.99)
    expect(rotatedAround(turned)).toBe(turned)
  })

  it('of three clicks has the first two on one side, and the third on the other', () => {
    const made = rotatedOfSide({ x: 10, y: 10 }, { x: 40, y: 50 }, { x: 60, y: 20 })!
    expect(made.width).toBeCloseTo(50, 9)
    for (const at of [
      { x: 10, y: 10 },
      { x: 40, y: 50 },
      { x: 60, y: 20 },
    ])
      expect(distanceToEdge(made, at)).toBeLessThan(1e-9)
    expect(rotatedOfSide({ x: 1, y: 1 }, { x: 1, y: 1 }, { x: 5, y: 5 })).toBeNull()
    expect(rotatedOfSide({ x: 1, y: 1 }, { x: 9, y: 1 }, { x: 5, y: 1 })).toBeNull()
  })

  it('turns as far as the image goes, and is cut to a polygon where it sticks out', () => {
    const flat: RotatedRectangle = {
      type: 'rotated-rectangle',
      cx: 50,
      cy: 40,
      width: 96,
      height: 10,
      angle: 0,
    }
    const upright = asFarAsImage((share) => turnedBy(flat, (share * Math.PI) / 2), size)
    const { y, height } = bboxOf(upright)
    expect(y).toBeGreaterThanOrEqual(-0.001)
    expect(y + height).toBeLessThanOrEqual(80.001)
    expect(upright.angle).toBeGreaterThan(0.5)
    expect(clipToImage({ ...flat, cy: 2, angle: 0.1 }, size)?.type).toBe('polygon')
    expect(growShape(flat, 1, size)).toMatchObject({ type: 'rotated-rectangle', width: 98, height: 12 })
  })

  it('is no rectangle when a corner is off, and either way round when it is one', () => {
    const corners = cornersOfRotated(turned)
    expect(rotatedOfRing(corners.toReversed())).not.toBeNull()
    expect(rotatedOfRing(corners.with(2, [90, 90]))).toBeNull()
    expect(rotatedOfRing(corners.slice(0, 3))).toBeNull()
  })
})

const turned: RotatedRectangle = {
  type: 'rotated-rectangle',
  cx: 50,
  cy: 40,
  width: 40,
  height: 20,
  angle: 0.7,
}

describe('points and lines', () => {
  it('cover nothing, and are hit by their distance', () => {
    for (const shape of [point, line]) {
      expect(areaOf(shape)).toBe(0)
      expect(pointInShape(shape, { x: 10, y: 20 })).toBe(false)
      expect(rasterise(shape, 100, 80).data.some((value) => value === 1)).toBe(false)
    }
    expect(distanceToEdge(point, { x: 13, y: 24 })).toBe(5)
    // Not to the way back from its end to its start.
    expect(distanceToEdge(line, { x: 20, y: 40 })).toBe(20)
    expect(bboxOf(line)).toEqual({ x: 10, y: 10, width: 30, height: 40 })
    expect(linesOf(line)).toEqual([{ points: line.points, isClosed: false, part: 0, ring: 0 }])
  })

  it('have vertices that are moved, added and removed, but for the last two', () => {
    const ref = { part: 0, ring: 0, vertex: 1 }
    expect(moveVertex(line, ref, { x: 1, y: 2 }).points[1]).toEqual([1, 2])
    expect(insertVertex(line, ref, { x: 40, y: 30 })).toMatchObject({
      shape: {
        points: [
          [10, 10],
          [40, 10],
          [40, 30],
          [40, 50],
        ],
      },
      ref: { vertex: 2 },
    })
    const short = removeVertex(line, ref)!
    expect(short.points).toEqual([
      [10, 10],
      [40, 50],
    ])
    expect(removeVertex(short, { ...ref, vertex: 0 })).toBeNull()
    expect(translate(point, 1, -1)).toEqual({ type: 'point', x: 11, y: 19 })
  })

  it('are cut at the border: of a line the longest piece stays', () => {
    expect(clipToImage(point, size)).toBe(point)
    expect(clipToImage({ ...point, x: 101 }, size)).toBeNull()
    expect(clipToImage(line, size)).toBe(line)
    const through = {
      ...line,
      points: [
        [-20, 10],
        [10, 10],
        [10, 200],
        [60, 200],
        [60, 5],
      ] as [number, number][],
    }
    expect(clipToImage(through, size)).toEqual({
      type: 'polyline',
      points: [
        [0, 10],
        [10, 10],
        [10, 80],
      ],
    })
    expect(
      clipToImage(
        {
          ...line,
          points: [
            [-5, -5],
            [-1, 90],
          ],
        },
        size,
      ),
    ).toBeNull()
  })

  it('are alike by how near they lie, and never like what has an inside', () => {
    expect(likeness(point, { ...point, x: 15 })).toBe(0.5)
    expect(likeness(point, { ...point, x: 25 })).toBe(0)
    expect(likeness(line, line)).toBe(1)
    expect(likeness(line, translate(line, 0, 1))).toBeCloseTo(0.925, 1)
    // A piece of it is near all along, but the rest is far away.
    expect(likeness(line, { ...line, points: line.points.slice(0, 2) })).toBe(0)
    expect(likeness(line, turned)).toBe(0)
    expect(likeness(turned, turned)).toBeGreaterThan(0.99)
  })
})
