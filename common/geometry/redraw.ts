/** A stretch of an outline drawn anew, and a shape cut in two by a line. Meanings in SEMANTICS.md. */
import type { Polygon, Ring, Shape } from '../model.ts'
import { joinShapes, subtractShape } from './boolean.ts'
import { simplifiedLine } from './clipper.ts'
import { nearestEdge, nearestVertex, type VertexRef } from './hit.ts'
import { areaOf, centroidOf, partsOf, ringsOfPart } from './measure.ts'
import type { ImagePoint } from './point.ts'
import { entangledEdges } from './validity.ts'

/** A place on an outline: on the edge that begins with the vertex, or on the vertex. */
export interface OutlinePlace {
  readonly edge: VertexRef
  readonly point: ImagePoint
}

/** The vertex within `limit` image pixels, else the place on an edge; null when neither is. */
export const placeOnOutline = (polygon: Polygon, at: ImagePoint, limit: number): OutlinePlace | null => {
  const vertex = nearestVertex(polygon, at, limit)
  const near = vertex ?? nearestEdge(polygon, at, limit)
  return near && { edge: near.ref, point: near.point }
}

/** How far along the ring the place is: the number of vertices before it, and its share of the edge. */
const positionOf = (ring: Ring, { edge, point }: OutlinePlace): number => {
  const [x, y] = ring[edge.vertex]!
  const [toX, toY] = ring[(edge.vertex + 1) % ring.length]!
  const length = Math.hypot(toX - x, toY - y)
  return edge.vertex + (length === 0 ? 0 : Math.min(1 - 1e-9, Math.hypot(point.x - x, point.y - y) / length))
}

/** The vertices that lie strictly between two positions, going forward. */
const between = (ring: Ring, from: number, to: number): Ring => {
  const end = to > from ? to : to + ring.length
  const inside: Ring = []
  for (let i = Math.floor(from) + 1; i < end; i++) inside.push(ring[i % ring.length]!)
  return inside
}

const lengthOf = (line: Ring): number =>
  line.reduce(
    (sum, [x, y], i) => (i === 0 ? 0 : sum + Math.hypot(x - line[i - 1]![0], y - line[i - 1]![1])),
    0,
  )

const withoutRepeats = (ring: Ring): Ring =>
  ring.filter(([x, y], i) => {
    const before = ring.at(i - 1)!
    return x !== before[0] || y !== before[1]
  })

/** Of a freehand line a vertex that lies this near to the others' line says nothing, image pixels. */
const STRAIGHT = 0.5

/**
 * The polygon with the shorter of the two stretches between two places of one ring in the path's place. The longer one
 * stays vertex for vertex. Where the new outline crosses itself, what the fill rule says of it.
 * @param path from the first place to the second, ends not counted
 * @returns null when the places are of two rings, or nothing is left
 */
export const redrawn = (
  polygon: Polygon,
  from: OutlinePlace,
  to: OutlinePlace,
  path: readonly ImagePoint[],
): Polygon | null => {
  const { part, ring: index } = from.edge
  if (to.edge.part !== part || to.edge.ring !== index) return null
  const ring = index === 0 ? polygon.parts[part]?.outer : polygon.parts[part]?.holes[index - 1]
  if (!ring) return null
  const [a, b] = [positionOf(ring, from), positionOf(ring, to)]
  const [start, end]: Ring = [
    [from.point.x, from.point.y],
    [to.point.x, to.point.y],
  ]
  const [forward, backward] = [between(ring, a, b), between(ring, b, a)]
  const drawn = simplifiedLine([start!, ...path.map(({ x, y }): Ring[number] => [x, y]), end!], STRAIGHT)
  const isForwardShorter = lengthOf([start!, ...forward, end!]) <= lengthOf([end!, ...backward, start!])
  const next = withoutRepeats(
    isForwardShorter ? [...drawn, ...backward] : [...forward, ...drawn.toReversed()],
  )
  if (next.length < 3) return null
  const parts = polygon.parts.map((old, i) => {
    if (i !== part) return old
    return index === 0
      ? { outer: next, holes: old.holes }
      : { outer: old.outer, holes: old.holes.with(index - 1, next) }
  })
  const changed: Polygon = { type: 'polygon', parts }
  if (entangledEdges(ringsOfPart(parts[part]!)).size === 0) return changed
  const sound = joinShapes([changed])
  return sound?.type === 'polygon' ? sound : null
}

/** Half the width of a cut, image pixels: two steps of the grid, so that the halves are two. */
const HALF_CUT = 0.002

/**
 * The shape's halves along a line from `a` to `b`, the larger one first; what the line does not reach stays with it.
 * @returns one shape, the same object, when the line does not cross the shape from side to side
 */
export const cutShape = (shape: Shape, a: ImagePoint, b: ImagePoint): readonly Shape[] => {
  const length = Math.hypot(b.x - a.x, b.y - a.y)
  if (length === 0) return [shape]
  const [nx, ny] = [(-(b.y - a.y) / length) * HALF_CUT, ((b.x - a.x) / length) * HALF_CUT]
  const outer: Ring = [
    [a.x + nx, a.y + ny],
    [b.x + nx, b.y + ny],
    [b.x - nx, b.y - ny],
    [a.x - nx, a.y - ny],
  ]
  const left = subtractShape(shape, [{ type: 'polygon', parts: [{ outer, holes: [] }] }])
  const before = new Set(partsOf(shape).map((part) => part.outer))
  if (left?.type !== 'polygon' || left.parts.length <= before.size) return [shape]
  const isFar = (part: Polygon['parts'][number]) => {
    if (before.has(part.outer)) return null
    const { x, y } = centroidOf({ type: 'polygon', parts: [part] })
    return nx * (x - a.x) + ny * (y - a.y) > 0
  }
  const sides = left.parts.map((part) => ({ part, far: isFar(part) }))
  const halfOf = (far: boolean): Polygon => ({
    type: 'polygon',
    parts: sides.filter((side) => side.far === far).map(({ part }) => part),
  })
  const [larger, smaller] = [halfOf(true), halfOf(false)].sort((one, two) => areaOf(two) - areaOf(one))
  if (!larger || !smaller || smaller.parts.length === 0) return [shape]
  const untouched = sides.filter(({ far }) => far === null).map(({ part }) => part)
  return [{ type: 'polygon', parts: [...larger.parts, ...untouched] }, smaller]
}
