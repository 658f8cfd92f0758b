/** The box of each object as the only prompt: every quality, in the photo and in larger canvases of it. */
import { keepToBox } from '../../common/geometry/keep-to-box.ts'
import { modelScale, wholeImage } from '../../common/geometry/letterbox.ts'
import { bboxOf, ringsOfPart, uniteBoxes } from '../../common/geometry/measure.ts'
import type { Size } from '../../common/geometry/point.ts'
import { pixelWindow, rasterise } from '../../common/geometry/rasterise.ts'
import type { BoxPrompt, Polygon } from '../../common/model.ts'
import type { Quality } from '../../common/segmentation.ts'
import type { Inference } from '../../core/inference/client/inference.ts'
import { polygonsOf, unread } from '../pipeline.ts'
import { bandOf, edgeOf } from './boundary.ts'
import { enlarge } from './enlarge.ts'
import { emptyMask, iouOf, type Mask } from './masks.ts'

/** How many times as wide and high as the photo its canvas is. */
export const scales: readonly number[] = [1, 2, 4]

/** Best takes twice the time, and is measured where it is compared: in the photos themselves. */
export const qualitiesAt = (scale: number): readonly Quality[] =>
  scale === 1 ? ['fast', 'good', 'best'] : ['fast', 'good']

export interface BoxScore {
  readonly scale: number
  readonly quality: Quality
  /** The short side of the box in the model frame of the whole canvas, pixels. */
  readonly side: number
  /** Of the polygon that is stored. */
  readonly iou: number
  readonly boundary: number
  readonly rings: number
  readonly vertices: number
}

let revision = 0

export const boxOf = (shape: Polygon): BoxPrompt => {
  const { x, y, width, height } = bboxOf(shape)
  return { type: 'box', x0: x, y0: y, x1: x + width, y1: y + height }
}

/** Both in the window around both: nothing lies beyond it. */
const masksOf = (truth: Polygon, found: Polygon | null, { width, height }: Size): [Mask, Mask] => {
  const boxes = found === null ? [bboxOf(truth)] : [bboxOf(truth), bboxOf(found)]
  const window = pixelWindow(uniteBoxes(boxes), width, height)
  const raster = rasterise(truth, width, height, window)
  return [
    raster,
    found === null ? emptyMask(raster.width, raster.height) : rasterise(found, width, height, window),
  ]
}

/** Rings and vertices of a stored polygon. */
export const sizeOf = (polygon: Polygon | null): { rings: number; vertices: number } => {
  const rings = (polygon?.parts ?? []).flatMap(ringsOfPart)
  return { rings: rings.length, vertices: rings.reduce((sum, ring) => sum + ring.length, 0) }
}

/**
 * @param photo its size as it was taken
 * @param shapes the outlines that people drew, in pixels of the photo
 * @param folder for the canvases
 */
export const measureBoxes = async (
  inference: Inference,
  file: string,
  photo: Size,
  shapes: readonly Polygon[],
  folder: string,
): Promise<BoxScore[]> => {
  const scores: BoxScore[] = []
  const band = bandOf(photo)
  for (const scale of scales) {
    const canvas = await enlarge(file, scale, folder)
    for (const drawn of shapes) {
      const shape = canvas.move(drawn)
      const box = boxOf(shape)
      const side = Math.min(box.x1 - box.x0, box.y1 - box.y0) * modelScale(wholeImage(canvas))
      for (const quality of qualitiesAt(scale)) {
        const question = {
          imageId: 1,
          revision: ++revision,
          prompts: [box],
          maskInput: null,
          crop: null,
        } as const
        const answer = await inference.segmentLater(
          unread(canvas.file),
          { ...question, zoom: false, purpose: 'prompt', quality },
          'boxes',
        )
        // As label-image.ts does.
        const frame = { crop: answer.crop, imageWidth: answer.width, imageHeight: answer.height }
        const candidates = answer.candidates.map((one) => ({
          ...one,
          logits: keepToBox(one.logits, frame, box),
        }))
        const [polygon = null] = polygonsOf({ ...answer, candidates })
        const [truth, found] = masksOf(shape, polygon, canvas)
        const iou = iouOf(truth, found)
        const boundary = iouOf(edgeOf(truth, band), edgeOf(found, band))
        scores.push({ scale, quality, side, iou, boundary, ...sizeOf(polygon) })
      }
    }
  }
  return scores
}
