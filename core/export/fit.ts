/** A stored shape as a format may write it: within the image. */
import { clipToImage } from '../../common/geometry/clip.ts'
import { areaOf, asPolygon, bboxOf, hasArea } from '../../common/geometry/measure.ts'
import type { Box } from '../../common/geometry/measure.ts'
import type { Size } from '../../common/geometry/point.ts'
import type { Polygon, Shape } from '../../common/model.ts'
import { said } from '../../common/said.ts'

export interface FittedShape {
  readonly polygon: Polygon
  /** Around the polygon, in image pixels, within the image. */
  readonly box: Box
  /** A part of the shape lay outside the image. */
  readonly isClipped: boolean
  readonly hasHoles: boolean
}

/** Less than this past the border, pixels, is rounding and not worth a line. */
const SLACK = 0.01

const sticksOut = (box: Box, { width, height }: Size) =>
  box.x < -SLACK || box.y < -SLACK || box.x + box.width > width + SLACK || box.y + box.height > height + SLACK

/** The shape's part within the image, or why nothing of it can be written. */
export const fitShape = (shape: Shape, size: Size): FittedShape | { readonly reason: string } => {
  const fitted = clipToImage(shape, size)
  if (!fitted || !hasArea(fitted))
    return { reason: areaOf(shape) > 0 ? said('It lies outside the image.') : said('It has no area.') }
  const polygon = asPolygon(fitted)
  return {
    polygon,
    box: bboxOf(fitted),
    isClipped: sticksOut(bboxOf(shape), size),
    hasHoles: polygon.parts.some((part) => part.holes.length > 0),
  }
}
