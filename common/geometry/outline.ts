/** Rings of crossings -> outlines in image pixels, before simplification. */
import type { Field } from './field.ts'
import type { Size } from './point.ts'
import type { Raster } from './rasterise.ts'
import type { Scratch } from './scratch.ts'
import { stepX, stepY, traceRings, type Crossing } from './trace.ts'

/** Borders that outlines close on exactly and never cross, image pixels. */
export interface Borders {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** A dense closed ring: point i is (xs[i], ys[i]), image pixels; the edge i goes on to the next point. */
export interface Outline {
  readonly xs: Float64Array
  readonly ys: Float64Array
  readonly within: Borders
  /** Which borders each edge runs along: bits left 1, right 2, top 4, bottom 8; 0 inside. */
  readonly borders: Uint8Array
  /** Null for an outline of pixels' edges, which goes in steps even where the boundary is straight. */
  readonly field: Field | null
  /** Shoelace area: positive outer, negative hole. */
  readonly area: number
  readonly perimeter: number
}

/** The least and the greatest coordinates of the outline's points, image pixels. */
export const boundsOfOutline = ({ xs, ys }: Outline) => {
  let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let i = 0; i < xs.length; i++) {
    x0 = Math.min(x0, xs[i]!)
    x1 = Math.max(x1, xs[i]!)
    y0 = Math.min(y0, ys[i]!)
    y1 = Math.max(y1, ys[i]!)
  }
  return { x0, x1, y0, y1 }
}

export const bordersOfImage = ({ width, height }: Size): Borders => ({
  left: 0,
  right: width,
  top: 0,
  bottom: height,
})

/** An outline of the first `count` points; points that repeat the one before are left out. */
const outlineOf = (
  xs: Float64Array,
  ys: Float64Array,
  within: Borders,
  field: Field | null,
  scratch: Scratch,
): Outline => {
  let count = 0
  for (let i = 0; i < xs.length; i++) {
    if (count > 0 && xs[i] === xs[count - 1] && ys[i] === ys[count - 1]) continue
    xs[count] = xs[i]!
    ys[count++] = ys[i]!
  }
  while (count > 1 && xs[0] === xs[count - 1] && ys[0] === ys[count - 1]) count--
  const bits = (i: number) =>
    (xs[i] === within.left ? 1 : 0) |
    (xs[i] === within.right ? 2 : 0) |
    (ys[i] === within.top ? 4 : 0) |
    (ys[i] === within.bottom ? 8 : 0)
  const edges = scratch.bytes(count)
  let [twice, perimeter] = [0, 0]
  for (let i = 0; i < count; i++) {
    const next = i + 1 < count ? i + 1 : 0
    edges[i] = bits(i) & bits(next)
    const [dx, dy] = [xs[next]! - xs[i]!, ys[next]! - ys[i]!]
    twice += (xs[i]! - xs[0]!) * dy - (ys[i]! - ys[0]!) * dx
    perimeter += Math.sqrt(dx * dx + dy * dy)
  }
  return {
    xs: xs.subarray(0, count),
    ys: ys.subarray(0, count),
    within,
    borders: edges,
    field,
    area: twice / 2,
    perimeter,
  }
}

/**
 * Crossings are kept this far off the nodes, image pixels, but at most a quarter of a grid edge: else rings would meet
 * in a node whose value is all but 0.
 */
const OFF_NODE = 0.015

/** Outlines of the region where the field is > 0, interpolated on the grid's edges. Marks `field.inside`'s second bit. */
export const outlinesOfField = (field: Field, borders: Borders, scratch: Scratch): Outline[] => {
  const { width, height, inside, values, xs, ys } = field
  // The bilinear value in the saddle is > 0 when the inner product outweighs the outer (asymptotic decider).
  const rings = traceRings(
    inside,
    width,
    height,
    (inner, outer, front, across) => values[inner]! * values[across]! > values[outer]! * values[front]!,
  )
  return rings.map((ring) => {
    const [ringX, ringY] = [scratch.doubles(ring.length), scratch.doubles(ring.length)]
    ring.forEach((crossing, i) => {
      const node = crossing >> 2
      const direction = (crossing & 3) as 0 | 1 | 2 | 3
      const [column, row] = [node % width, Math.floor(node / width)]
      const [toColumn, toRow] = [column + stepX[direction], row + stepY[direction]]
      const value = values[node]!
      const share = value / (value - values[toRow * width + toColumn]!)
      const [dx, dy] = [xs[toColumn]! - xs[column]!, ys[toRow]! - ys[row]!]
      const least = Math.min(0.25, OFF_NODE / (Math.abs(dx) + Math.abs(dy)))
      const t = Math.min(1 - least, Math.max(least, share))
      ringX[i] = xs[column]! + t * dx
      ringY[i] = ys[row]! + t * dy
    })
    return outlineOf(ringX, ringY, borders, field, scratch)
  })
}

/** How far the outline keeps off a corner where two pixels touch, along x and y, image pixels. */
const NECK = 0.02

/** Outlines of a binary mask along the pixels' edges; pixels that touch by a corner belong together. */
export const outlinesOfRaster = (raster: Raster, borders: Borders, scratch: Scratch): Outline[] => {
  const [width, height] = [raster.width + 2, raster.height + 2]
  const inside = scratch.bytes(width * height)
  for (let y = 0; y < raster.height; y++)
    for (let x = 0; x < raster.width; x++)
      if (raster.data[y * raster.width + x] !== 0) inside[(y + 1) * width + x + 1] = 1
  const offsets = [1, width, -1, -width] as const
  return traceRings(inside, width, height, () => true).map((ring) => {
    const [xs, ys] = [scratch.doubles(ring.length), scratch.doubles(ring.length)]
    let before: Crossing = ring.at(-1)!
    for (let i = 0; i < ring.length; i++) {
      const crossing = ring[i]!
      const direction = (crossing & 3) as 0 | 1 | 2 | 3
      const node = crossing >> 2
      // Where the pixel edge starts, and off the corner when the walk came over a saddle.
      xs[i] = raster.x + (node % width) - 1 + (direction === 0 || direction === 1 ? 1 : 0)
      ys[i] = raster.y + Math.floor(node / width) - 1 + (direction === 1 || direction === 2 ? 1 : 0)
      const from = (before & 3) as 0 | 1 | 2 | 3
      const ahead = ((from + 1) & 3) as 0 | 1 | 2 | 3
      if (direction === ((from + 3) & 3) && inside[(before >> 2) + offsets[ahead]] === 0) {
        xs[i]! += NECK * (stepX[from] - stepX[ahead])
        ys[i]! += NECK * (stepY[from] - stepY[ahead])
      }
      before = crossing
    }
    return outlineOf(xs, ys, borders, null, scratch)
  })
}
