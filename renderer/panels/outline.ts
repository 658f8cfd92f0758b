/** Polygons as SVG paths, in image pixels. */
import type { Polygon, Ring } from '../../common/model.ts'

/** The vertices that lie `step` or more from the one before. */
const thin = (ring: Ring, step: number): Ring => {
  let last = ring[0]
  return ring.filter((vertex, i) => {
    if (i > 0 && last && Math.hypot(vertex[0] - last[0], vertex[1] - last[1]) < step) return false
    last = vertex
    return true
  })
}

const pathOf = (ring: Ring) => `M${ring.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`

/**
 * Outer rings and holes as one path, to be filled with the even-odd rule.
 * @param step vertices nearer to each other are left out, as are rings of less than three others: what the picture is
 *   too small for
 */
export const outlineOf = (polygon: Polygon, step = 0): string =>
  polygon.parts
    .flatMap((part) => [part.outer, ...part.holes].map((ring) => thin(ring, step)))
    .flatMap((ring) => (ring.length < 3 ? [] : [pathOf(ring)]))
    .join('')
