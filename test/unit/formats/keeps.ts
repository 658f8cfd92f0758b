/**
 * What the table in docs/formats.md promises, as checks: each cell of a row that tells of objects has a rule here, and a
 * cell without one fails the test, so that the page and what is done can't part.
 */
import { readFileSync } from 'node:fs'
import { clipToImage } from '../../../common/geometry/clip.ts'
import { bboxOf, cornersOfRotated, partsOf } from '../../../common/geometry/measure.ts'
import type { Shape } from '../../../common/model.ts'
import { maskOf, strayPixels } from './generated.ts'
import type { ImageSize } from './generated-project.ts'

/** By format, then by row: the cells as they stand on the page. */
export const readTable = (): ReadonlyMap<string, ReadonlyMap<string, string>> => {
  const found = new Map<string, Map<string, string>>()
  let ids: string[] = []
  for (const line of readFileSync('docs/formats.md', 'utf8').split('\n')) {
    const cells = line.split('|').map((cell) => cell.trim())
    if (line.startsWith('|') && cells[1] === '' && /\(`[^`]+`\)$/.test(cells[2] ?? '')) {
      ids = cells.slice(2, -1).map((cell) => /\(`([^`]+)`\)$/.exec(cell)![1]!)
      for (const id of ids) found.set(id, new Map())
    } else if (line.startsWith('|') && ids.length > 0)
      ids.forEach((id, index) => found.get(id)!.set(cells[1]!, cells[index + 2]!))
    else ids = []
  }
  return found
}

/** Whether an object that came back is what the cell says of the one that was stored. */
type Rule = (stored: Shape, read: Shape, size: ImageSize) => boolean

const clipped = (shape: Shape, [width, height]: ImageSize) => clipToImage(shape, { width, height })!

const isNear = (a: readonly number[], b: readonly number[], slack: number) =>
  a.length === b.length && a.every((value, index) => Math.abs(value - b[index]!) <= slack)

const numbersOf = (shape: Shape): number[] =>
  shape.type === 'rectangle'
    ? [shape.x, shape.y, shape.width, shape.height]
    : partsOf(shape).flatMap(({ outer, holes }) => [outer, ...holes].flat(2))

const boxOf = (shape: Shape) => {
  const { x, y, width, height } = bboxOf(shape)
  return [x, y, x + width, y + height]
}

/** The very pixels. */
const pixels: Rule = (stored, read, size) =>
  Buffer.compare(maskOf(read, size).data, maskOf(clipped(stored, size), size).data) === 0

/** The same outline but for hundredths of a pixel, whatever order its points have. */
const outline: Rule = (stored, read, size) =>
  read.type !== 'rectangle' &&
  isNear(boxOf(clipped(stored, size)), boxOf(read), 0.02) &&
  strayPixels(clipped(stored, size), size, maskOf(read, size)) === 0

const sameRectangle =
  (slack: number): Rule =>
  (stored, read, size) =>
    read.type === 'rectangle' && isNear(numbersOf(clipped(stored, size)), numbersOf(read), slack)

/** Every digit, and every point. */
const exact: Rule = (stored, read, size) =>
  read.type === 'polygon' &&
  isNear(numbersOf(clipped(stored, size)).toSorted(), numbersOf(read).toSorted(), 1e-6) &&
  pixels(stored, read, size)

const box: Rule = (stored, read, size) =>
  read.type === 'rectangle' && isNear(boxOf(clipped(stored, size)), boxOf(read), 0.02)

/** Four corners around all of it, with no more area than its box. */
const oriented: Rule = (stored, read, size) => {
  const [part, more] = partsOf(read)
  if (part === undefined || more !== undefined || part.outer.length !== 4) return false
  const inner = clipped(stored, size)
  const ring = part.outer
  const area = (ring: readonly (readonly number[])[]) =>
    Math.abs(
      ring.reduce((sum, [x, y], index) => {
        const [px, py] = ring.at(index - 1)!
        return sum + px! * y! - x! * py!
      }, 0) / 2,
    )
  const { width, height } = bboxOf(inner)
  const holds = ([x, y]: readonly [number, number]) => {
    // Of a convex ring all points inside lie on the same side of each edge, but for rounding.
    const sides = ring.map(([ax, ay], index) => {
      const [bx, by] = ring[(index + 1) % 4]!
      return ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / Math.hypot(bx - ax, by - ay)
    })
    return sides.every((side) => side > -0.02) || sides.every((side) => side < 0.02)
  }
  return area(ring) <= width * height + 0.1 && partsOf(inner).every(({ outer }) => outer.every(holds))
}

/** The very rectangle, what lies outside of the image too. */
const turned: Rule = (stored, read) =>
  stored.type === 'rotated-rectangle' &&
  read.type === 'rotated-rectangle' &&
  isNear(cornersOfRotated(stored).flat(), cornersOfRotated(read).flat(), 0.01)

/** Said of maps, where each pixel says one thing: held against all of the image at once. */
export const MAP = 'map'

export const rules: Readonly<Record<string, Readonly<Record<string, Rule | typeof MAP>>>> = {
  rectangle: {
    'polygon of four corners, or RLE': outline,
    'polygon of four corners': outline,
    '`class cx cy w h`': box,
    '`class x1 y1 x2 y2 x3 y3 x4 y4`, its corners': oriented,
    '`bndbox` in whole pixels from 1, and its pixels': MAP,
    '`rectangle`, two corners, millionths of a pixel': sameRectangle(1e-6),
    'its pixels': MAP,
    'box in pixels, and polygon of four corners': sameRectangle(0.011),
  },
  'rotated rectangle': {
    'polygon of four corners, or RLE': outline,
    'polygon of four corners': outline,
    'its box': box,
    'its four corners, exactly': turned,
    'its box, and its pixels': MAP,
    '`polygon` of four corners, or `rotation`': outline,
    'its pixels': MAP,
    'its box, and polygon of four corners': outline,
  },
  polygon: {
    'a list of coordinates, hundredths of a pixel, or RLE': outline,
    '`class x1 y1 x2 y2 ...`, six decimals': outline,
    'its box': box,
    'the rectangle of least area around it': oriented,
    'its box, and its pixels': MAP,
    '`polygon`, every digit': exact,
    'its pixels': MAP,
    'box and WKT, hundredths of a pixel': outline,
  },
  'several parts': {
    'one list a part, or RLE': outline,
    'joined by lines of no width': outline,
    'the box around all': box,
    'the rectangle around all': oriented,
    'the box around all, and their pixels': MAP,
    'one shape a part, all with one `group_id`': exact,
    'their pixels': MAP,
    'one `MULTIPOLYGON`': outline,
  },
  holes: {
    'the whole object as compressed RLE, `iscrowd` 0': pixels,
    'cut in by lines of no width': outline,
    'no matter': (stored, read, size) => box(stored, read, size) || oriented(stored, read, size),
    'kept in the masks': MAP,
    kept: MAP,
    'inner rings of the WKT': outline,
  },
}

/** With COCO's shapes as RLE all of them are the very pixels. */
export const identity: Rule = pixels

/**
 * The row that tells of a shape, as it is within the image: a hole over the border is none any more.
 * @param outside what the page says of what lies outside
 */
export const rowOf = (stored: Shape, size: ImageSize, outside: string): string => {
  const isWhole = stored.type === 'rotated-rectangle' && outside.endsWith('a turned rectangle stays whole')
  const shape = isWhole ? stored : clipped(stored, size)
  if (shape.type !== 'polygon') return shape.type === 'rectangle' ? 'rectangle' : 'rotated rectangle'
  if (shape.parts.some(({ holes }) => holes.length > 0)) return 'holes'
  return shape.parts.length > 1 ? 'several parts' : 'polygon'
}
