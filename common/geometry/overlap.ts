/** How much two shapes cover each other. */
import type { Polyline, Shape } from '../model.ts'
import { areaOf, bboxOf, hasArea, lengthOfLine, partsOf, uniteBoxes, type Box } from './measure.ts'
import { distanceToEdge } from './hit.ts'
import { rasterise } from './rasterise.ts'

/** Samples on the long side of the box around both shapes, at least. */
const SAMPLES = 512

const overlapOfBoxes = (a: Box, b: Box) =>
  Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)) *
  Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y))

const scaled = (shape: Shape, box: Box, scale: number): Shape => {
  const place = ([x, y]: [number, number]): [number, number] => [(x - box.x) * scale, (y - box.y) * scale]
  return {
    type: 'polygon',
    parts: partsOf(shape).map((part) => ({
      outer: part.outer.map(place),
      holes: part.holes.map((hole) => hole.map(place)),
    })),
  }
}

/**
 * Intersection over union, 0..1: exact for two rectangles, else counted on a grid of 512 samples a side or so. Of points
 * and lines 0: they cover nothing.
 */
export const iou = (a: Shape, b: Shape): number => {
  if (!hasArea(a) || !hasArea(b)) return 0
  const [boxA, boxB] = [bboxOf(a), bboxOf(b)]
  if (overlapOfBoxes(boxA, boxB) === 0) return 0
  if (a.type === 'rectangle' && b.type === 'rectangle') {
    const both = overlapOfBoxes(boxA, boxB)
    return both / (areaOf(a) + areaOf(b) - both)
  }
  const box = uniteBoxes([boxA, boxB])
  const scale = SAMPLES / Math.max(box.width, box.height)
  const window = { x: 0, y: 0, width: Math.ceil(box.width * scale), height: Math.ceil(box.height * scale) }
  const painted = (shape: Shape) =>
    rasterise(scaled(shape, box, scale), window.width, window.height, window).data
  const [one, two] = [painted(a), painted(b)]
  let [both, either] = [0, 0]
  for (let i = 0; i < one.length; i++) {
    both += one[i]! & two[i]!
    either += one[i]! | two[i]!
  }
  return either === 0 ? 0 : both / either
}

/** Points and lines that lie further apart than this have nothing in common, image pixels. */
export const FAR_APART = 10

/** Places that are looked at along a line. */
const PLACES = 64

/** Mean distance of places along a line to another one, image pixels. */
const meanDistance = ({ points }: Polyline, to: Polyline): number => {
  const step = lengthOfLine(points) / PLACES
  let [sum, count, next, done] = [0, 0, 0, 0]
  points.forEach(([x, y], i) => {
    const [fromX, fromY] = points[i - 1] ?? [x, y]
    const length = Math.hypot(x - fromX, y - fromY)
    for (; next <= done + length && count <= PLACES; next += step, count++) {
      const share = length === 0 ? 0 : (next - done) / length
      sum += distanceToEdge(to, { x: fromX + share * (x - fromX), y: fromY + share * (y - fromY) })
      if (step === 0) return
    }
    done += length
  })
  return count === 0 ? 0 : sum / count
}

/**
 * How much two objects look like the same thing, 0..1. Of what covers something the IoU; of two points, or two lines, 1
 * where they lie on each other and 0 from a distance of 10 image pixels on (of lines the mean distance, of the one that
 * strays further). Shapes of different kinds have nothing in common.
 */
export const likeness = (a: Shape, b: Shape): number => {
  const near = (apart: number) => Math.max(0, 1 - apart / FAR_APART)
  if (a.type === 'point' && b.type === 'point') return near(Math.hypot(a.x - b.x, a.y - b.y))
  if (a.type === 'polyline' && b.type === 'polyline')
    return near(Math.max(meanDistance(a, b), meanDistance(b, a)))
  return iou(a, b)
}
