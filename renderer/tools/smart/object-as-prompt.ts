/**
 * A stored object as a prompt: its box, and its outline as if the model had answered it. Pure. Works for objects of any
 * origin.
 */
import type { Crop } from '../../../common/segmentation.ts'
import { isSmall, objectCrop } from '../../../common/geometry/crop.ts'
import { wholeImage } from '../../../common/geometry/letterbox.ts'
import { asPolygon, hasArea } from '../../../common/geometry/measure.ts'
import type { Size } from '../../../common/geometry/point.ts'
import { logitsOfShape } from '../../../common/geometry/shape-to-logits.ts'
import type { Annotation, BoxPrompt, Prompt, Shape } from '../../../common/model.ts'
import { metricsOf } from '../metrics.ts'
import type { MaskAnswer } from '../../segmentation/question.ts'

/** The part of the image that the model looks at: small objects, and others on request, are seen enlarged. */
export const cropOf = (shape: Shape, size: Size, zoom: boolean): Crop => {
  const { box } = metricsOf(shape)
  return zoom || isSmall(box, size) ? objectCrop(box, size) : wholeImage(size)
}

/** The object's box within the image; null when less than a pixel of it is. */
export const boxPromptOf = (shape: Shape, size: Size): BoxPrompt | null => {
  const { box } = metricsOf(shape)
  const [x0, x1] = [Math.max(0, box.x), Math.min(size.width, box.x + box.width)]
  const [y0, y1] = [Math.max(0, box.y), Math.min(size.height, box.y + box.height)]
  return x1 - x0 < 1 || y1 - y0 < 1 ? null : { type: 'box', x0, y0, x1, y1 }
}

/** The object in the form of an answer, for the next question to start from. */
export const answerOfObject = (
  { shape, modelId, score }: Annotation,
  size: Size,
  zoom: boolean,
): MaskAnswer => {
  const crop = cropOf(shape, size, zoom)
  const frame = { imageWidth: size.width, imageHeight: size.height, crop }
  // A rectangle says where the object is, not what its outline is: its corners would only mislead the model.
  const logits = shape.type === 'polygon' ? logitsOfShape(shape, frame) : null
  const polygon = hasArea(shape) ? asPolygon(shape) : null
  return { modelId: modelId ?? '', crop, candidates: [{ index: 0, score: score ?? 0, polygon, logits }] }
}

export const isInCrop = (prompt: Prompt, { x, y, width, height }: Crop): boolean =>
  prompt.type === 'point'
    ? prompt.x >= x && prompt.y >= y && prompt.x <= x + width && prompt.y <= y + height
    : prompt.x0 >= x && prompt.y0 >= y && prompt.x1 <= x + width && prompt.y1 <= y + height
