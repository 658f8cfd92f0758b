/** Box, area and soundness of a shape, computed once for each shape: shapes are never changed in place. */
import { areaOf, bboxOf, ringsOfPart, type Box } from '../../common/geometry/measure.ts'
import { entangledRings } from '../../common/geometry/validity.ts'
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

const crossings = new WeakMap<Shape, boolean>()

/** Whether the outline meets itself, so that area and inside are not the same to all who read it. */
export const isCrossed = (shape: Shape): boolean => {
  if (shape.type !== 'polygon') return false
  const old = crossings.get(shape)
  if (old !== undefined) return old
  // Parts may lie over each other: they are united.
  const crossed = shape.parts.some((part) => entangledRings(ringsOfPart(part)).length > 0)
  crossings.set(shape, crossed)
  return crossed
}

const isNearBox = ({ x, y, width, height }: Box, point: ImagePoint, margin: number) =>
  point.x >= x - margin &&
  point.y >= y - margin &&
  point.x <= x + width + margin &&
  point.y <= y + height + margin

/** A point's mark is larger than a line is wide. */
const reachOf = (shape: Shape, margin: number) => (shape.type === 'point' ? 2 * margin : margin)

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
        isNearBox(metricsOf(shape).box, point, reachOf(shape, margin)) &&
        (pointInShape(shape, point) || distanceToEdge(shape, point) <= reachOf(shape, margin)),
    )
    .reverse()
    .sort((a, b) => metricsOf(a.shape).area - metricsOf(b.shape).area)
