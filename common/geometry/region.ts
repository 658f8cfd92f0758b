/**
 * Shapes as regions, and regions as shapes again. Owns the identity of what an operation leaves alone, and the soundness
 * of what it makes.
 */
import type { Path64, Paths64, Point64 } from 'clipper2-ts'
import { combineRegions, evenOddRegion, GRID, grownRegion, nestedRings, type Region } from './clipper.ts'
import type { Part, Polygon, Ring, Shape } from '../model.ts'
import { partsOf, ringsOfPart, signedArea } from './measure.ts'
import { touchesOf } from './touches.ts'
import { entangledEdges } from './validity.ts'

/** A ring that an operation has made is a crumb with less area than this, image pixels squared ... */
const CRUMB = 1
/** ... or narrower than this in the mean, image pixels: what is left where two outlines run along the same edge. */
const SLIVER = 0.1

/** How far rings are cut apart where they touch, image pixels: as at the corners of a binary mask. */
const NECK = 0.02
/** A cut may make others touch, hardly ever; what is done about that is twice as wide in each round. */
const ROUNDS = 5

type Corners = [number, number, number, number]

const onGrid = (value: number) => Math.round(value * GRID)

/** Whether a-b-c goes nowhere: b is where a is, or c lies back towards a. */
const isSpike = (a: Point64, b: Point64, c: Point64): boolean => {
  const [ux, uy, vx, vy] = [b.x - a.x, b.y - a.y, c.x - b.x, c.y - b.y]
  return (ux === 0 && uy === 0) || (ux * vy === uy * vx && ux * vx + uy * vy < 0)
}

/**
 * A ring on the grid, without spikes: they enclose nothing, and Clipper would never come to an end on a level one. Empty
 * when nothing is left.
 */
const pathOf = (ring: Ring): Path64 => {
  const path = ring.map(([x, y]) => ({ x: onGrid(x), y: onGrid(y) }))
  for (let i = 0, seen = 0; path.length > 0 && seen < path.length;) {
    const at = i % path.length
    const before = path.at(at - 1)!
    if (isSpike(before, path[at]!, path[(at + 1) % path.length]!)) {
      path.splice(at, 1)
      // The one before may be a spike now.
      i = Math.max(0, at - 1)
      seen = 0
    } else {
      i = at + 1
      seen += 1
    }
  }
  return path.length < 3 ? [] : path
}
/** The rings on the grid; those that enclose nothing are left out. */
export const pathsOf = (rings: readonly Ring[]): Paths64 =>
  rings.map(pathOf).filter(({ length }) => length > 0)
const keyOf = (x: number, y: number) => `${x} ${y}`

/** A simple ring is its region as it stands, which is most of what there is. */
const regionOfPart = (part: Part): Region => {
  const { outer, holes } = part
  if (holes.length > 0 || entangledEdges([outer]).size > 0) return evenOddRegion(pathsOf(ringsOfPart(part)))
  return pathsOf([signedArea(outer) > 0 ? outer : outer.toReversed()])
}

/** The shape's region by the fill rule: even-odd within a part, parts united. */
export const regionOf = (shape: Shape): Region => {
  const parts = partsOf(shape)
  const regions = parts.map(regionOfPart)
  return regions.length === 1 ? regions[0]! : combineRegions('union', regions.flat(), [])
}

interface Origin {
  readonly ring: Ring
  readonly vertex: number
}

/** Where each vertex of the shapes lies on the grid; of vertices in one place the first. */
const originsOf = (sources: readonly Shape[]): Map<string, Origin> => {
  const origins = new Map<string, Origin>()
  for (const ring of sources.flatMap((shape) => partsOf(shape).flatMap(ringsOfPart)))
    ring.forEach(([x, y], vertex) => {
      const key = keyOf(onGrid(x), onGrid(y))
      if (!origins.has(key)) origins.set(key, { ring, vertex })
    })
  return origins
}

/** True when the rings run through the same points, from wherever and either way round. */
const isSameRing = (ring: Ring, other: Ring): boolean => {
  const { length } = ring
  if (other.length !== length) return false
  const isAt = (point: Ring[number], index: number) => {
    const [x, y] = other[((index % length) + length) % length]!
    return point[0] === x && point[1] === y
  }
  const start = other.findIndex((_, index) => isAt(ring[0]!, index))
  return (
    start >= 0 && ([1, -1] as const).some((way) => ring.every((point, i) => isAt(point, start + way * i)))
  )
}

/**
 * A ring with the vertices of the sources in place of those of the grid: the source's own ring when it is all of one.
 * It begins with the first vertex of a source, so that what has an index there keeps it where it can.
 */
const ringOf = (path: Path64, origins: ReadonlyMap<string, Origin>): Ring => {
  const found = path.map(({ x, y }) => origins.get(keyOf(x, y)))
  const ring = path.map(({ x, y }, i): Ring[number] => {
    const origin = found[i]
    return origin ? origin.ring[origin.vertex]! : [x / GRID, y / GRID]
  })
  const rings = new Set(found.flatMap((origin) => (origin ? [origin.ring] : [])))
  const same = [...rings].find((source) => isSameRing(ring, source))
  if (same) return same
  const [first] = rings
  let start = 0
  let least = Infinity
  found.forEach((origin, i) => {
    if (origin?.ring !== first || origin === undefined || origin.vertex >= least) return
    start = i
    least = origin.vertex
  })
  return [...ring.slice(start), ...ring.slice(0, start)]
}

const partsOfRegion = (region: Region, origins: ReadonlyMap<string, Origin>): Part[] =>
  nestedRings(region).map(({ outer, holes }) => ({
    outer: ringOf(outer, origins),
    holes: holes.map((hole) => ringOf(hole, origins)),
  }))

const lengthOf = (ring: Ring): number =>
  ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!
    return sum + Math.hypot(nextX - x, nextY - y)
  }, 0)

/** Whether rings enclose next to nothing between them. */
const isCrumb = (rings: readonly Ring[]): boolean => {
  const [outer, ...holes] = rings.map((ring) => Math.abs(signedArea(ring)))
  const area = holes.reduce((left, hole) => left - hole, outer ?? 0)
  const length = rings.reduce((sum, ring) => sum + lengthOf(ring), 0)
  return area < CRUMB || area < (SLIVER * length) / 2
}

/** Parts without the crumbs of the operation; what a source has in the same way stays whatever its size. */
const withoutCrumbs = (parts: readonly Part[], sources: readonly Shape[]): Part[] => {
  const owners = new Map<Ring, Part>()
  for (const part of sources.flatMap(partsOf)) for (const ring of ringsOfPart(part)) owners.set(ring, part)
  const isOld = ({ outer, holes }: Part) => {
    const owner = owners.get(outer)
    return owner !== undefined && holes.every((hole) => owners.get(hole) === owner)
  }
  return parts
    .map(({ outer, holes }) => ({
      outer,
      holes: holes.filter((hole) => owners.has(hole) || !isCrumb([hole])),
    }))
    .filter((part) => isOld(part) || !isCrumb(ringsOfPart(part)))
}

const squareAt = ([x, y]: Ring[number], reach: number): Path64 => {
  const [left, top, right, bottom] = [x - reach, y - reach, x + reach, y + reach].map(onGrid) as Corners
  return [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ]
}

/** Cuts the rings of some parts apart where they touch; where that did not do, closes slits and parts necks. */
const cutApart = (region: Region, parts: readonly Part[], round: number): Region => {
  const reach = NECK * 2 ** round
  if (round % 2 === 1) {
    const closed = grownRegion(grownRegion(region, reach), -2 * reach)
    return grownRegion(closed, reach)
  }
  const squares = parts.flatMap((part) => touchesOf(ringsOfPart(part))).map((touch) => squareAt(touch, reach))
  return combineRegions('difference', region, squares)
}

/**
 * The polygon of a region; null when nothing but crumbs is in it. Its rings are simple and keep clear of each other:
 * where some would touch, a fiftieth of a pixel is cut away.
 * @param sources The shapes that the region was made of, whose vertices are kept as they are
 */
export const polygonOfRegion = (given: Region, sources: readonly Shape[]): Polygon | null => {
  const origins = originsOf(sources)
  let region = given
  for (let round = 0; ; round++) {
    const parts = withoutCrumbs(partsOfRegion(region, origins), sources)
    const tangled = parts.filter((part) => entangledEdges(ringsOfPart(part)).size > 0)
    if (tangled.length === 0 || round === ROUNDS)
      return parts.length === 0
        ? null
        : {
            type: 'polygon',
            parts: parts.sort((a, b) => Math.abs(signedArea(b.outer)) - Math.abs(signedArea(a.outer))),
          }
    region = cutApart(region, tangled, round)
  }
}
