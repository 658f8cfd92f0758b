/**
 * Shape -> pixels, by the pixel-centre rule of SEMANTICS.md: even-odd within a part, parts united. A scanline fill that
 * costs the crossings and the filled pixels, never the whole image.
 */
import type { Part, Shape } from '../model.ts'
import { bboxOf, partsOf, ringsOfPart, type Box } from './measure.ts'

/** A window of the image; `data` is [height * width], row by row, 1 inside and 0 outside. May be 0 wide and high. */
export interface Raster {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** The whole pixels whose centres can be in the box, cut to an image of width x height. */
export const pixelWindow = (box: Box, width: number, height: number): Box => {
  const x = Math.min(Math.max(0, Math.floor(box.x)), width)
  const y = Math.min(Math.max(0, Math.floor(box.y)), height)
  const right = Math.min(Math.ceil(box.x + box.width), width)
  const bottom = Math.min(Math.ceil(box.y + box.height), height)
  return right > x && bottom > y
    ? { x, y, width: right - x, height: bottom - y }
    : { x, y, width: 0, height: 0 }
}

/** Calls back for each crossing of the part's edges with the rows' centre lines, window coordinates. */
const eachCrossing = (part: Part, window: Box, found: (row: number, x: number) => void) => {
  for (const ring of ringsOfPart(part))
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [before, point] = [ring[j]!, ring[i]!]
      const [ax, ay, bx, by] = [before[0], before[1], point[0], point[1]]
      if (ay === by) continue
      const top = Math.max(0, Math.ceil(Math.min(ay, by) - window.y - 0.5))
      const end = Math.min(window.height, Math.ceil(Math.max(ay, by) - window.y - 0.5))
      const slope = (bx - ax) / (by - ay)
      for (let row = top; row < end; row++) found(row, ax + (row + window.y + 0.5 - ay) * slope - window.x)
    }
}

/** Pixels of a row under which a loop is faster than a call. */
const SHORT = 32

const fillRow = (data: Uint8Array, row: number, width: number, left: number, right: number) => {
  const from = row * width + Math.max(0, Math.ceil(left - 0.5))
  const to = row * width + Math.min(width, Math.ceil(right - 0.5))
  if (to - from > SHORT) data.fill(1, from, to)
  else for (let at = from; at < to; at++) data[at] = 1
}

const fillPart = (part: Part, window: Box, data: Uint8Array) => {
  const starts = new Uint32Array(window.height + 1)
  eachCrossing(part, window, (row) => starts[row + 1]!++)
  for (let row = 0; row < window.height; row++) starts[row + 1]! += starts[row]!
  const xs = new Float64Array(starts[window.height]!)
  const next = starts.slice()
  eachCrossing(part, window, (row, x) => {
    xs[next[row]!++] = x
  })
  for (let row = 0; row < window.height; row++) {
    const [from, to] = [starts[row]!, starts[row + 1]!]
    if (to - from === 2) {
      // Most rows: nothing to sort.
      const [one, other] = [xs[from]!, xs[from + 1]!]
      fillRow(data, row, window.width, Math.min(one, other), Math.max(one, other))
      continue
    }
    const crossings = xs.subarray(from, to).sort()
    for (let k = 0; k + 1 < crossings.length; k += 2)
      fillRow(data, row, window.width, crossings[k]!, crossings[k + 1]!)
  }
}

/**
 * The pixels of an image of width x height whose centre is in the shape.
 * @param roi window in whole pixels to fill; without one, the shape's own box cut to the image
 */
export const rasterise = (shape: Shape, width: number, height: number, roi?: Box): Raster => {
  const window = roi ?? pixelWindow(bboxOf(shape), width, height)
  const data = new Uint8Array(window.width * window.height)
  for (const part of partsOf(shape)) fillPart(part, window, data)
  return { x: window.x, y: window.y, width: window.width, height: window.height, data }
}
