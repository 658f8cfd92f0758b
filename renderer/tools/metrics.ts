/** Box and area of a shape, computed once for each shape: shapes are never changed in place. */
import { areaOf, bboxOf, type Box } from '../../common/geometry/measure.ts'
import { distanceToEdge, pointInShape } from '../../common/geometry/hit.ts'
import type { ImagePoint } from '../../common/geometry/point.ts'
import type { Annotation, Shape } from '../../common/model.ts'

export interface Metrics {
  readonly box: Box
  readonly area: number
}

const known = new WeakMap<Shape, Metrics>()

export const metricsOf = (shape: Shape): Metrics => {
  const old = known.get(shape)
  if (old) return old
  const metrics = { box: bboxOf(shape), area: areaOf(shape) }
  known.set(shape, metrics)
  return metrics
}

const isNearBox = ({ x, y, width, height }: Box, point: ImagePoint, margin: number) =>
  point.x >= x - margin &&
  point.y >= y - margin &&
  point.x <= x + width + margin &&
  point.y <= y + height + margin

/**
 * The annotations at a point, smallest first and of equal ones the topmost, so that an object on another one can
 * always be reached. `margin` (image pixels) widens outlines so that thin objects can be hit.
 */
export const annotationsAt = (
  annotations: readonly Annotation[],
  point: ImagePoint,
  margin: number,
): Annotation[] =>
  annotations
    .filter(
      ({ shape }) =>
        isNearBox(metricsOf(shape).box, point, margin) &&
        (pointInShape(shape, point) || distanceToEdge(shape, point) <= margin),
    )
    .reverse()
    .sort((a, b) => metricsOf(a.shape).area - metricsOf(b.shape).area)
