/** The rectangle of least area around a shape, turned as it likes; meaning in SEMANTICS.md. */
import type { Ring, Shape } from '../model.ts'
import { partsOf } from './measure.ts'

type Point = readonly [number, number]

/** Positive when `c` lies to the right of the way from `a` to `b` on screen. */
const turn = (a: Point, b: Point, c: Point) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

/** The corners of the convex hull, clockwise on screen (A. Andrew's monotone chain, 1979). */
const convexHull = (points: readonly Point[]): Point[] => {
  const sorted = points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])
  const chain = (list: readonly Point[]) => {
    const corners: Point[] = []
    for (const point of list) {
      while (corners.length > 1 && turn(corners.at(-2)!, corners.at(-1)!, point) <= 0) corners.pop()
      corners.push(point)
    }
    return corners.slice(0, -1)
  }
  return [...chain(sorted), ...chain(sorted.toReversed())]
}

interface Fit {
  readonly area: number
  readonly corners: Ring
}

/** The rectangle around the hull with a side along the direction (ux, uy), of length 1. */
const fitAlong = (hull: readonly Point[], ux: number, uy: number): Fit => {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const [x, y] of hull) {
    const along = x * ux + y * uy
    const across = y * ux - x * uy
    left = Math.min(left, along)
    right = Math.max(right, along)
    top = Math.min(top, across)
    bottom = Math.max(bottom, across)
  }
  const corner = (along: number, across: number): [number, number] => [
    along * ux - across * uy,
    along * uy + across * ux,
  ]
  return {
    area: (right - left) * (bottom - top),
    corners: [corner(left, top), corner(right, top), corner(right, bottom), corner(left, bottom)],
  }
}

/** The uppermost corner first, of two the left one; the others follow as they did. */
const fromTop = (corners: Ring): Ring => {
  const rank = ([x, y]: Point) => [Math.round(y * 1e6), x] as const
  let first = 0
  corners.forEach((corner, index) => {
    const [a, b] = [rank(corner), rank(corners[first]!)]
    if (a[0] < b[0] || (a[0] === b[0] && a[1] < b[1])) first = index
  })
  return [...corners.slice(first), ...corners.slice(0, first)]
}

/** So near, image pixels, four points are the rectangle's corners: they were written with few digits. */
const SAME_CORNER = 0.02

/** The shape's own points where it is such a rectangle already: found anew, their last digits would be others. */
const ownCorners = (shape: Shape, corners: Ring): Ring | null => {
  const [part, more] = partsOf(shape)
  if (part === undefined || more !== undefined || part.outer.length !== 4) return null
  const own = corners.flatMap(([x, y]) =>
    part.outer.filter(([px, py]) => Math.hypot(px - x, py - y) < SAME_CORNER).slice(0, 1),
  )
  return new Set(own).size === 4 ? own : null
}

/**
 * Four corners of the rectangle of least area around the shape's outer rings, clockwise on screen from the uppermost
 * one, image pixels; they may lie outside the image. One of its sides runs along a side of the convex hull (H. Freeman
 * and R. Shapira, 1975). A rectangle gives its own corners.
 * @param isAllowed which ones are looked at; the upright box always is
 */
export const orientedBoxOf = (shape: Shape, isAllowed: (corners: Ring) => boolean = () => true): Ring => {
  const hull = convexHull(partsOf(shape).flatMap(({ outer }) => outer))
  let best = fitAlong(hull, 1, 0)
  hull.forEach((point, index) => {
    const next = hull[(index + 1) % hull.length]!
    const [dx, dy] = [next[0] - point[0], next[1] - point[1]]
    const length = Math.hypot(dx, dy)
    const fit = fitAlong(hull, dx / length, dy / length)
    if (fit.area < best.area * (1 - 1e-9) && isAllowed(fit.corners)) best = fit
  })
  return fromTop(ownCorners(shape, best.corners) ?? best.corners)
}
