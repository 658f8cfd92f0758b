/**
 * Union, difference and intersection of shapes; meanings in SEMANTICS.md. What an operation does not reach stays vertex
 * for vertex, and a shape that it leaves as it is stays the same object.
 */
import type { Polygon, Shape } from '../model.ts'
import { boxOfRing, partsOf, ringsOfPart, uniteBoxes, type Box } from './measure.ts'
import { combineRegions } from './clipper.ts'
import { polygonOfRegion, regionOf } from './region.ts'

/** Around all rings: a hole that reaches out of its outer ring is inside by the fill rule. */
const boxOf = (shape: Shape): Box => uniteBoxes(partsOf(shape).flatMap(ringsOfPart).map(boxOfRing))

const overlap = (a: Box, b: Box): boolean =>
  a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height

/** `shape` itself when the polygon is made of all of its rings and no other. */
const orSame = (polygon: Polygon | null, shape: Shape): Shape | null => {
  if (polygon === null) return null
  const now = polygon.parts.flatMap(ringsOfPart)
  const before = new Set(partsOf(shape).flatMap(ringsOfPart))
  return now.length === before.size && now.every((ring) => before.has(ring)) ? shape : polygon
}

/** A rectangle's ring is made anew each time it is asked for; within one operation it must be one. */
const sourceOf = (shape: Shape): Polygon => ({ type: 'polygon', parts: [...partsOf(shape)] })

/**
 * The region that is in any of the shapes: `shapes[0]` itself when the others add nothing to it.
 * @returns null when none of them covers anything
 */
export const joinShapes = (shapes: readonly Shape[]): Shape | null => {
  const [first] = shapes
  if (first === undefined) return null
  const sources = shapes.map(sourceOf)
  const region = sources.map(regionOf).reduce((all, next) => combineRegions('union', all, next))
  const joined = orSame(polygonOfRegion(region, sources), sources[0]!)
  return joined === sources[0] ? first : joined
}

/**
 * The region of `shape` that is in none of `cuts`: `shape` itself when they lie outside of it.
 * @returns null when nothing is left
 */
export const subtractShape = (shape: Shape, cuts: readonly Shape[]): Shape | null => {
  const box = boxOf(shape)
  const near = cuts.filter((cut) => overlap(boxOf(cut), box)).map(sourceOf)
  if (near.length === 0) return shape
  const source = sourceOf(shape)
  const region = near
    .map(regionOf)
    .reduce((left, cut) => combineRegions('difference', left, cut), regionOf(source))
  const left = orSame(polygonOfRegion(region, [source, ...near]), source)
  return left === source ? shape : left
}

/**
 * The region that is in all of the shapes: `shapes[0]` itself when it lies within the others.
 * @returns null when they have nothing in common
 */
export const intersectShapes = (shapes: readonly Shape[]): Shape | null => {
  const [first] = shapes
  if (first === undefined) return null
  const sources = shapes.map(sourceOf)
  const region = sources.map(regionOf).reduce((all, next) => combineRegions('intersection', all, next))
  const common = orSame(polygonOfRegion(region, sources), sources[0]!)
  return common === sources[0] ? first : common
}
