/** How much two shapes cover each other. */
import type { Shape } from '../model.ts'
import { areaOf, bboxOf, partsOf, uniteBoxes, type Box } from './measure.ts'
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

/** Intersection over union, 0..1: exact for two rectangles, else counted on a grid of 512 samples a side or so. */
export const iou = (a: Shape, b: Shape): number => {
  const [boxA, boxB] = [bboxOf(a), bboxOf(b)]
  if (overlapOfBoxes(boxA, boxB) === 0) return 0
  if (a.type === 'rectangle' && b.type === 'rectangle') {
    const both = overlapOfBoxes(boxA, boxB)
    return both / (areaOf(a) + areaOf(b) - both)
  }
  const box = uniteBoxes([boxA, boxB])
  const scale = SAMPLES / Math.max(box.width, box.height)
  const window = { x: 0, y: 0, width: Math.ceil(box.width * scale), height: Math.ceil(box.height * scale) }
  const [one, two] = [a, b].map(
    (shape) => rasterise(scaled(shape, box, scale), window.width, window.height, window).data,
  ) as [Uint8Array, Uint8Array]
  let [both, either] = [0, 0]
  for (let i = 0; i < one.length; i++) {
    both += one[i]! & two[i]!
    either += one[i]! | two[i]!
  }
  return either === 0 ? 0 : both / either
}
