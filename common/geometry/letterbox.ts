/**
 * Image <-> model frame. One of the two files that convert between spaces; see SEMANTICS.md.
 * Source of the figures: segment_anything's ResizeLongestSide (long side 1024, int(x * scale + 0.5)).
 */
import type { Crop } from '../segmentation.ts'
import type { ImagePoint, ModelPoint, Size } from './point.ts'

/** Side of SAM's square input frame, model pixels. */
export const FRAME_SIDE = 1024
/** Side of the decoder's low-resolution logits; a cell is 4 model pixels. */
export const LOGITS_SIDE = 256

/** Where logits belong: the upright image's size and the part of it that the encoder saw. */
export interface LogitsFrame {
  readonly imageWidth: number
  readonly imageHeight: number
  readonly crop: Crop
}

/** Model pixels an image pixel. */
export const modelScale = (crop: Crop): number => FRAME_SIDE / Math.max(crop.width, crop.height)

/** The crop's size in the model frame, whole pixels; what lies right of and below it is padding. */
export const resizedSize = (crop: Crop): Size => {
  const scale = modelScale(crop)
  const side = (length: number) => Math.max(1, Math.floor(length * scale + 0.5))
  return { width: side(crop.width), height: side(crop.height) }
}

/** How many columns and rows of the logits show the crop; the rest is padding. */
export const shownCells = (crop: Crop): { columns: number; rows: number } => {
  const { width, height } = resizedSize(crop)
  const cell = FRAME_SIDE / LOGITS_SIDE
  return { columns: Math.ceil(width / cell), rows: Math.ceil(height / cell) }
}

export const imageToModel = (point: ImagePoint, crop: Crop): ModelPoint => {
  const scale = modelScale(crop)
  return { x: (point.x - crop.x) * scale, y: (point.y - crop.y) * scale }
}

export const modelToImage = (point: ModelPoint, crop: Crop): ImagePoint => {
  const scale = modelScale(crop)
  return { x: crop.x + point.x / scale, y: crop.y + point.y / scale }
}

/** The crop that is the whole image. */
export const wholeImage = (size: Size): Crop => ({ x: 0, y: 0, width: size.width, height: size.height })
