/** Shape -> logits as a mask prompt: what the decoder would have said had it found this shape itself. */
import type { Shape } from '../model.ts'
import { FRAME_SIDE, LOGITS_SIDE, resizedSize, type LogitsFrame } from './letterbox.ts'
import { bboxOf, partsOf } from './measure.ts'
import { pixelWindow, rasterise } from './rasterise.ts'

/**
 * Logit of a cell that is all in; all out is its negative. Measured with box and mask input on 66 COCO objects, IoU of
 * the answer with the shape: .745 without mask input, .847 with 5, .863 with 10, .877 with 20, .883 with 30.
 */
export const CERTAINTY = 20
/** Model pixels a logit. */
const step = FRAME_SIDE / LOGITS_SIDE

const inModelFrame = (shape: Shape, { crop }: LogitsFrame): Shape => {
  const resized = resizedSize(crop)
  const place = ([x, y]: [number, number]): [number, number] => [
    ((x - crop.x) * resized.width) / crop.width,
    ((y - crop.y) * resized.height) / crop.height,
  ]
  return {
    type: 'polygon',
    parts: partsOf(shape).map((part) => ({
      outer: part.outer.map(place),
      holes: part.holes.map((hole) => hole.map(place)),
    })),
  }
}

/**
 * Logits of a shape over the padded model frame, [256 * 256] row by row: by how much of each cell the shape covers,
 * from -20 (nothing) over 0 (half) to 20 (all). What lies outside the crop is lost.
 */
export const logitsOfShape = (shape: Shape, frame: LogitsFrame): Float32Array<ArrayBuffer> => {
  const placed = inModelFrame(shape, frame)
  const resized = resizedSize(frame.crop)
  const raster = rasterise(
    placed,
    resized.width,
    resized.height,
    pixelWindow(bboxOf(placed), resized.width, resized.height),
  )
  const logits = new Float32Array(LOGITS_SIDE * LOGITS_SIDE).fill(-CERTAINTY)
  const gain = (2 * CERTAINTY) / (step * step)
  for (let y = 0, i = 0; y < raster.height; y++) {
    const row = Math.floor((raster.y + y) / step) * LOGITS_SIDE
    for (let x = 0; x < raster.width; x++, i++)
      if (raster.data[i] === 1) logits[row + Math.floor((raster.x + x) / step)]! += gain
  }
  return logits
}
