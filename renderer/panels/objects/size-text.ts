/** How large an object is, in words: its area, of a line the length, of a point its place. */
import { lengthOfLine } from '../../../common/geometry/measure.ts'
import type { Shape } from '../../../common/model.ts'
import { metricsOf } from '../../tools/metrics.ts'
import { count } from '../words.ts'

export const sizeText = (shape: Shape): string => {
  if (shape.type === 'point') return `${Math.round(shape.x)}, ${Math.round(shape.y)}`
  if (shape.type === 'polyline') return `${count(lengthOfLine(shape.points))} px`
  return `${count(metricsOf(shape).area)} px²`
}
