/** Ellipses as polygons; meaning in SEMANTICS.md. */
import type { Polygon, Ring } from '../model.ts'
import type { Box } from './measure.ts'

/** How far an edge may lie off the ellipse, image pixels. */
const ACCURACY = 0.25
const FEWEST = 8
/** Of a large ellipse no more are made: somebody may want to drag them. */
const MOST = 64

/** A whole number of quarters, so that the ellipse's box is the polygon's. */
const countOf = (radius: number): number => {
  const needed = radius <= ACCURACY ? FEWEST : Math.PI / Math.acos(1 - ACCURACY / radius)
  return Math.min(MOST, Math.max(FEWEST, 4 * Math.ceil(needed / 4)))
}

/**
 * The ellipse that touches all sides of the box, its vertices on it, clockwise on screen from the right: as many as keep
 * its edges within a quarter of a pixel of it, 8 to 64.
 */
export const ellipseIn = ({ x, y, width, height }: Box): Polygon => {
  const [a, b] = [width / 2, height / 2]
  const count = countOf(Math.max(a, b))
  const outer = Array.from({ length: count }, (_, index): Ring[number] => {
    const angle = (2 * Math.PI * index) / count
    return [x + a + a * Math.cos(angle), y + b + b * Math.sin(angle)]
  })
  return { type: 'polygon', parts: [{ outer, holes: [] }] }
}
