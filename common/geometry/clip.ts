/**
 * Clipping to the image. A ring is cut by one border line at a time and the pieces are closed along that line in pairs,
 * so that a concave shape falls into proper parts, without doubled edges along the border.
 */
import type { BareShape, Part, Polyline, Ring, Shape } from '../model.ts'
import {
  areaOf,
  asPolygon,
  bboxOf,
  boundsOfRing,
  hasArea,
  lengthOfLine,
  ringsOfPart,
  signedArea,
} from './measure.ts'
import { pointInShape } from './hit.ts'
import type { Size } from './point.ts'

/** One border: keeps points whose coordinate `axis` (0 x, 1 y) is at or past `limit` in the direction of `sign`. */
interface Border {
  readonly axis: 0 | 1
  readonly limit: number
  readonly sign: 1 | -1
}

type Vertex = [number, number]

const isIn = (border: Border, point: Vertex) => (point[border.axis] - border.limit) * border.sign >= 0

const crossing = ({ axis, limit }: Border, a: Vertex, b: Vertex): Vertex => {
  const t = (limit - a[axis]) / (b[axis] - a[axis])
  const other = axis === 0 ? a[1] + t * (b[1] - a[1]) : a[0] + t * (b[0] - a[0])
  return axis === 0 ? [limit, other] : [other, limit]
}

/** The pieces of a ring on the kept side, each from border to border. */
const cutRing = (ring: Ring, border: Border): Vertex[][] => {
  const start = ring.findIndex(
    (point, i) => !isIn(border, ring[(i + ring.length - 1) % ring.length]!) && isIn(border, point),
  )
  const pieces: Vertex[][] = []
  for (let k = 0; k < ring.length; k++) {
    const before = ring[(start + k + ring.length - 1) % ring.length]!
    const point = ring[(start + k) % ring.length]!
    if (isIn(border, point)) {
      if (!isIn(border, before)) pieces.push([crossing(border, before, point)])
      pieces.at(-1)!.push(point)
    } else if (isIn(border, before)) pieces.at(-1)!.push(crossing(border, before, point))
  }
  return pieces
}

/** Closes pieces along the border: sorted by place, ends pair up as the stretches that are inside. */
const closePieces = (pieces: Vertex[][], border: Border): Ring[] => {
  const along = border.axis === 0 ? 1 : 0
  const ends = pieces.flatMap((piece, index) => [
    { index, first: true, at: piece[0]![along] },
    { index, first: false, at: piece.at(-1)![along] },
  ])
  ends.sort((a, b) => a.at - b.at)
  const key = (index: number, first: boolean) => index * 2 + (first ? 1 : 0)
  const partner = new Map<number, { index: number; first: boolean }>()
  for (let i = 0; i + 1 < ends.length; i += 2) {
    const [a, b] = [ends[i]!, ends[i + 1]!]
    partner.set(key(a.index, a.first), b)
    partner.set(key(b.index, b.first), a)
  }
  const used = new Set<number>()
  const rings: Ring[] = []
  pieces.forEach((_, seed) => {
    if (used.has(seed)) return
    const ring: Ring = []
    // A piece may be walked backwards when rings of one part run the same way round.
    let step: { index: number; first: boolean } | undefined = { index: seed, first: true }
    while (step && !used.has(step.index)) {
      used.add(step.index)
      const piece: Vertex[] = pieces[step.index]!
      ring.push(...(step.first ? piece : piece.toReversed()))
      step = partner.get(key(step.index, !step.first))
    }
    rings.push(ring)
  })
  return rings
}

const withoutRepeats = (ring: Ring): Ring =>
  ring.filter((point, i) => {
    const before = ring[(i + ring.length - 1) % ring.length]!
    return point[0] !== before[0] || point[1] !== before[1]
  })

const clipRings = (rings: readonly Ring[], border: Border): Ring[] => {
  const whole = rings.filter((ring) => ring.every((point) => isIn(border, point)))
  const areWhole = new Set(whole)
  const pieces = rings
    .filter((ring) => !areWhole.has(ring) && ring.some((point) => isIn(border, point)))
    .flatMap((ring) => cutRing(ring, border))
  return [...whole, ...closePieces(pieces, border)]
    .map(withoutRepeats)
    .filter((ring) => ring.length >= 3 && signedArea(ring) !== 0)
}

/** What is asked of a ring again and again. */
const factsOf = (ring: Ring) => {
  const shape: Shape = { type: 'polygon', parts: [{ outer: ring, holes: [] }] }
  return { ring, shape, area: Math.abs(signedArea(ring)), ...boundsOfRing(ring) }
}

/** Rings that do not cross, sorted into outers and holes by how many other rings they lie in. */
export const nestRings = (rings: readonly Ring[]): Part[] => {
  const facts = rings.map(factsOf)
  type Facts = (typeof facts)[number]
  const isInside = (inner: Facts, outer: Facts) =>
    inner.area < outer.area &&
    inner.x0 >= outer.x0 &&
    inner.y0 >= outer.y0 &&
    inner.x1 <= outer.x1 &&
    inner.y1 <= outer.y1 &&
    inner.ring.some(([x, y]) => pointInShape(outer.shape, { x, y }))
  const around = facts.map((inner) => facts.filter((outer) => isInside(inner, outer)))
  const parts = new Map<Facts, { outer: Ring; holes: Ring[] }>()
  facts.forEach((one, at) => {
    if (around[at]!.length % 2 === 0) parts.set(one, { outer: one.ring, holes: [] })
  })
  facts.forEach((one, at) => {
    if (!parts.has(one)) for (const outer of around[at]!) parts.get(outer)?.holes.push(one.ring)
  })
  return [...parts.values()]
}

const bordersOf = ({ width, height }: Size): Border[] => [
  { axis: 0, limit: 0, sign: 1 },
  { axis: 0, limit: width, sign: -1 },
  { axis: 1, limit: 0, sign: 1 },
  { axis: 1, limit: height, sign: -1 },
]

/** The pieces of an open line on the kept side. */
const cutLine = (line: Ring, border: Border): Ring[] => {
  const pieces: Vertex[][] = []
  line.forEach((point, i) => {
    const before = line[i - 1]
    if (isIn(border, point)) {
      if (!before) pieces.push([])
      else if (!isIn(border, before)) pieces.push([crossing(border, before, point)])
      pieces.at(-1)!.push(point)
    } else if (before && isIn(border, before)) pieces.at(-1)!.push(crossing(border, before, point))
  })
  return pieces.filter((piece) => lengthOfLine(piece) > 0)
}

/** Of a line that falls into several pieces the longest. */
const clipLine = (line: Polyline, size: Size): Polyline | null => {
  const pieces = bordersOf(size).reduce<Ring[]>(
    (lines, border) => lines.flatMap((one) => cutLine(one, border)),
    [line.points],
  )
  const [longest] = pieces.toSorted((a, b) => lengthOfLine(b) - lengthOfLine(a))
  return longest ? { type: 'polyline', points: longest } : null
}

const clipBare = (shape: BareShape, size: Size): BareShape | null => {
  const isInside = ([x, y]: Ring[number]) => x >= 0 && y >= 0 && x <= size.width && y <= size.height
  if (shape.type === 'point') return isInside([shape.x, shape.y]) ? shape : null
  return shape.points.every(isInside) && lengthOfLine(shape.points) > 0 ? shape : clipLine(shape, size)
}

/**
 * The shape's region within [0, width] x [0, height], rectangles as rectangles: the same object when nothing sticks
 * out, null when nothing is left. A rotated rectangle that is cut is a polygon.
 */
export function clipToImage(shape: Shape, size: Size): Shape | null {
  if (!hasArea(shape)) return clipBare(shape, size)
  const box = bboxOf(shape)
  const right = Math.min(size.width, box.x + box.width)
  const bottom = Math.min(size.height, box.y + box.height)
  const [x, y] = [Math.max(0, box.x), Math.max(0, box.y)]
  if (right <= x || bottom <= y || areaOf(shape) === 0) return null
  if (x === box.x && y === box.y && right - x === box.width && bottom - y === box.height) return shape
  if (shape.type === 'rectangle') return { ...shape, x, y, width: right - x, height: bottom - y }
  const parts = asPolygon(shape).parts.flatMap((part) =>
    nestRings(bordersOf(size).reduce<readonly Ring[]>(clipRings, ringsOfPart(part))),
  )
  return parts.length > 0 ? { type: 'polygon', parts } : null
}
