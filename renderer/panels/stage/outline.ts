/** Polygons as SVG paths, in image pixels. */
import type { Polygon, Ring } from '../../../common/model.ts'

const pathOf = (ring: Ring) => `M${ring.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`

/** Outer rings and holes as one path, to be filled with the even-odd rule. */
export const outlineOf = (polygon: Polygon): string =>
  polygon.parts.flatMap((part) => [part.outer, ...part.holes].map(pathOf)).join('')
