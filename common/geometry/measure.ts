/** Area, bounding box and centroid of shapes in image pixels, exact; meanings in SEMANTICS.md. */
import { maxOf, minOf } from '../extremes.ts'
import type { AreaShape, Part, Polygon, Rectangle, Ring, RotatedRectangle, Shape } from '../model.ts'
import type { ImagePoint } from './point.ts'

/** Axis-aligned box in image pixels: left, top, and sides that may be 0. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The rectangle's region as one part of four corners, clockwise from the top left. */
export const polygonOfRectangle = ({ x, y, width, height }: Rectangle): Polygon => ({
  type: 'polygon',
  parts: [
    {
      outer: [
        [x, y],
        [x + width, y],
        [x + width, y + height],
        [x, y + height],
      ],
      holes: [],
    },
  ],
})

/** Whether it covers something: a point and a line do not. */
export const hasArea = (shape: Shape): shape is AreaShape =>
  shape.type !== 'point' && shape.type !== 'polyline'

/** The corners, clockwise on screen from the one that is the top left at angle 0. */
export const cornersOfRotated = ({ cx, cy, width, height, angle }: RotatedRectangle): Ring => {
  const [ux, uy] = [Math.cos(angle) / 2, Math.sin(angle) / 2]
  const corner = (along: number, across: number): Ring[number] => [
    cx + along * width * ux - across * height * uy,
    cy + along * width * uy + across * height * ux,
  ]
  return [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)]
}

/** The same region as a polygon; a polygon is itself. */
export const asPolygon = (shape: AreaShape): Polygon => {
  if (shape.type === 'polygon') return shape
  if (shape.type === 'rectangle') return polygonOfRectangle(shape)
  return { type: 'polygon', parts: [{ outer: cornersOfRotated(shape), holes: [] }] }
}

/** Of a point and a line none. */
export const partsOf = (shape: Shape): readonly Part[] => (hasArea(shape) ? asPolygon(shape).parts : [])

/** The rings of a part, outer first. */
export const ringsOfPart = (part: Part): readonly Ring[] => [part.outer, ...part.holes]

/** A line of a shape: a ring of a part, or the one line of what has no area. */
export interface ShapeLine {
  readonly points: Ring
  readonly isClosed: boolean
  readonly part: number
  /** 0 the outer ring, k hole k - 1. */
  readonly ring: number
}

/** All that is drawn of a shape as lines; of a point a line of that point alone. */
export const linesOf = (shape: Shape): readonly ShapeLine[] => {
  if (shape.type === 'point') return [{ points: [[shape.x, shape.y]], isClosed: false, part: 0, ring: 0 }]
  if (shape.type === 'polyline') return [{ points: shape.points, isClosed: false, part: 0, ring: 0 }]
  return partsOf(shape).flatMap((one, part) =>
    ringsOfPart(one).map((points, ring) => ({ points, isClosed: true, part, ring })),
  )
}

/** Points of all its lines. */
export const countVertices = (shape: Shape): number =>
  linesOf(shape).reduce((sum, { points }) => sum + points.length, 0)

/** Of an open line, image pixels. */
export const lengthOfLine = (line: Ring): number =>
  line.reduce((sum, [x, y], i) => {
    const before = line[i - 1]
    return before ? sum + Math.hypot(x - before[0], y - before[1]) : 0
  }, 0)

/** Shoelace area, image pixels squared: positive when the ring runs clockwise on screen. */
export const signedArea = (ring: Ring): number => {
  const [originX, originY] = ring[0]!
  // Points are not taken apart as they come: that would go through an iterator for each.
  const last = ring[ring.length - 1]!
  let [ax, ay, twice] = [last[0] - originX, last[1] - originY, 0]
  for (const point of ring) {
    const [bx, by] = [point[0] - originX, point[1] - originY]
    twice += ax * by - bx * ay
    ax = bx
    ay = by
  }
  return twice / 2
}

/** Area in image pixels squared, holes subtracted; overlapping parts count twice. Points and lines have none. */
export const areaOf = (shape: Shape): number => {
  if (!hasArea(shape)) return 0
  if (shape.type !== 'polygon') return shape.width * shape.height
  let area = 0
  for (const part of shape.parts) {
    area += Math.abs(signedArea(part.outer))
    for (const hole of part.holes) area -= Math.abs(signedArea(hole))
  }
  return Math.max(0, area)
}

/** @param corners x0 < x1 and y0 < y1, as of a box prompt */
export const boxOfCorners = ({ x0, y0, x1, y1 }: Bounds): Box => ({
  x: x0,
  y: y0,
  width: x1 - x0,
  height: y1 - y0,
})

/** The least and the greatest coordinates, as they are: of a `Box` they are rounded. */
export interface Bounds {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}

export const boundsOfRing = (ring: Ring): Bounds => {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const point of ring) {
    const [x, y] = [point[0], point[1]]
    if (x < x0) x0 = x
    if (x > x1) x1 = x
    if (y < y0) y0 = y
    if (y > y1) y1 = y
  }
  return { x0, y0, x1, y1 }
}

export const boxOfRing = (ring: Ring): Box => boxOfCorners(boundsOfRing(ring))

export const uniteBoxes = (boxes: readonly Box[]): Box => {
  const x = minOf(boxes.map((box) => box.x))
  const y = minOf(boxes.map((box) => box.y))
  const right = maxOf(boxes.map((box) => box.x + box.width))
  const bottom = maxOf(boxes.map((box) => box.y + box.height))
  return { x, y, width: right - x, height: bottom - y }
}

/** The smallest box around the shape, unrounded. */
export const bboxOf = (shape: Shape): Box => {
  if (shape.type === 'rectangle') return { x: shape.x, y: shape.y, width: shape.width, height: shape.height }
  if (shape.type === 'rotated-rectangle') return boxOfRing(cornersOfRotated(shape))
  if (shape.type === 'point') return { x: shape.x, y: shape.y, width: 0, height: 0 }
  if (shape.type === 'polyline') return boxOfRing(shape.points)
  const [first, second] = shape.parts
  return first !== undefined && second === undefined
    ? boxOfRing(first.outer)
    : uniteBoxes(shape.parts.map((part) => boxOfRing(part.outer)))
}

/** Area-weighed middle of the region; the box's middle when the area is 0. It may lie outside a concave shape. */
export const centroidOf = (shape: Shape): ImagePoint => {
  const box = bboxOf(shape)
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  let [area, sumX, sumY] = [0, 0, 0]
  for (const part of partsOf(shape))
    ringsOfPart(part).forEach((ring, index) => {
      const sign = Math.sign(signedArea(ring)) * (index === 0 ? 1 : -1)
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const [ax, ay] = [ring[j]![0] - middle.x, ring[j]![1] - middle.y]
        const [bx, by] = [ring[i]![0] - middle.x, ring[i]![1] - middle.y]
        const cross = sign * (ax * by - bx * ay)
        area += cross / 2
        sumX += (cross * (ax + bx)) / 6
        sumY += (cross * (ay + by)) / 6
      }
    })
  return area > 0 ? { x: middle.x + sumX / area, y: middle.y + sumY / area } : middle
}
