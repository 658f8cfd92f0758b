/**
 * Which outer outline a hole lies in. A rough mask of many megapixels has thousands of holes, and an outline of a million
 * points: rows of the image find the outlines and edges that a hole can have to do with.
 */
import { boundsOfOutline, type Outline } from './outline.ts'

/** Whether an edge goes over the row of the point, right of it. */
const isCrossed = ({ xs, ys }: Outline, edge: number, x: number, y: number): boolean => {
  const [i, j] = [edge, edge === 0 ? xs.length - 1 : edge - 1]
  return ys[i]! > y !== ys[j]! > y && x < xs[i]! + ((y - ys[i]!) * (xs[j]! - xs[i]!)) / (ys[j]! - ys[i]!)
}

/** Whether the point lies inside, by the even-odd rule. */
export const outlineContains = (outer: Outline, x: number, y: number): boolean => {
  let odd = false
  for (let edge = 0; edge < outer.xs.length; edge++) if (isCrossed(outer, edge, x, y)) odd = !odd
  return odd
}

/** Things by the rows of pixels that they reach over, one list behind the other. */
interface Rows {
  readonly first: number
  /** Row `first + r` has the things from `starts[r]` on to `starts[r + 1]`, in their order. */
  readonly starts: Int32Array
  readonly things: Int32Array
}

const nothing = new Int32Array(0)

/** @param reach the first and the last y of a thing */
const byRows = (count: number, reach: (thing: number) => readonly [top: number, bottom: number]): Rows => {
  let [first, last] = [Infinity, -Infinity]
  for (let thing = 0; thing < count; thing++) {
    const [top, bottom] = reach(thing)
    first = Math.min(first, Math.floor(top))
    last = Math.max(last, Math.floor(bottom))
  }
  if (count === 0) return { first: 0, starts: nothing, things: nothing }
  const starts = new Int32Array(last - first + 2)
  const each = (act: (row: number, thing: number) => void) => {
    for (let thing = 0; thing < count; thing++) {
      const [top, bottom] = reach(thing)
      for (let row = Math.floor(top); row <= Math.floor(bottom); row++) act(row - first, thing)
    }
  }
  each((row) => starts[row + 1]!++)
  for (let row = 1; row < starts.length; row++) starts[row]! += starts[row - 1]!
  const things = new Int32Array(starts.at(-1)!)
  const next = starts.slice()
  each((row, thing) => {
    things[next[row]!++] = thing
  })
  return { first, starts, things }
}

const thingsAt = ({ first, starts, things }: Rows, y: number): Int32Array => {
  const row = Math.floor(y) - first
  return row < 0 || row >= starts.length - 1 ? nothing : things.subarray(starts[row], starts[row + 1])
}

/** So often an outline is asked before its edges are put into rows: to look once through all of them costs less. */
const ASKED = 4

/** Asks an outline as `outlineContains` does. */
const createContains = (outline: Outline): ((x: number, y: number) => boolean) => {
  const { ys } = outline
  let asked = 0
  let rows: Rows | null = null
  return (x, y) => {
    if (++asked <= ASKED) return outlineContains(outline, x, y)
    rows ??= byRows(ys.length, (edge) => {
      const [a, b] = [ys[edge]!, ys[edge === 0 ? ys.length - 1 : edge - 1]!]
      return a < b ? [a, b] : [b, a]
    })
    let odd = false
    for (const edge of thingsAt(rows, y)) if (isCrossed(outline, edge, x, y)) odd = !odd
    return odd
  }
}

/**
 * @param outers the smallest last
 * @returns finds the smallest outer outline around a hole: the part that it belongs to; -1 when there is none
 */
export const createOwnerOf = (outers: readonly Outline[]): ((hole: Outline) => number) => {
  // A lone part owns every hole.
  if (outers.length === 1) return () => 0
  const boxes = outers.map(boundsOfOutline)
  const rows = byRows(outers.length, (index) => [boxes[index]!.y0, boxes[index]!.y1])
  const contains = outers.map(createContains)
  return (hole) => {
    const [x, y] = [hole.xs[0]!, hole.ys[0]!]
    const near = thingsAt(rows, y)
    for (let at = near.length - 1; at >= 0; at--) {
      const index = near[at]!
      const { x0, x1 } = boxes[index]!
      if (outers[index]!.area > -hole.area && x >= x0 && x <= x1 && contains[index]!(x, y)) return index
    }
    return -1
  }
}
