/**
 * Which of the decoder's masks become proposals: the filters of SAM's automatic mask generator (segment-anything,
 * automatic_mask_generator.py: predicted IoU, stability, duplicates), on the decoder's own 256 x 256 masks.
 */
import { randomUUID } from 'node:crypto'
import type { Proposal } from '../../../common/contract/everything.ts'
import type { Candidate, SegmentAnswer } from '../../../common/segmentation.ts'
import { resizedSize, wholeImage } from '../../../common/geometry/letterbox.ts'
import { polygonOfLogits, type PolygonOptions } from '../../../common/geometry/mask-to-polygon.ts'
import { bboxOf } from '../../../common/geometry/measure.ts'
import type { Size } from '../../../common/geometry/point.ts'
import { createScratch } from '../../../common/geometry/scratch.ts'
import { logitsOfShape } from '../../../common/geometry/shape-to-logits.ts'
import type { PointPrompt, Shape } from '../../../common/model.ts'

/** pred_iou_thresh of SAM's generator. */
const LEAST_SCORE = 0.88
/** SAM's generator asks for .95 of its own masks; MobileSAM's distilled masks have softer edges. */
const LEAST_STABILITY = 0.9
/** stability_score_offset of SAM's generator. */
const OFFSET = 1
/** Two masks that share more are one object. */
const MOST_SHARED = 0.7
/** What covers more of the image is its background. */
const MOST_COVERED = 0.95
/** A point within a known object that covers at most this much would find the object again: it is not asked. */
const SMALL = 1 / 64
/** Side of the masks, and of one of their cells in the 1024 frame. */
const SIDE = 256
const CELL = 1024 / SIDE

interface Mask {
  /** [256 * 256], 1 inside. */
  readonly inside: Uint8Array
  readonly area: number
}

export interface Proposals {
  /** Is the point within a small object that is proposed or labelled already? */
  isKnown(point: PointPrompt): boolean
  /** The new objects among the answer's masks, the best first. */
  take(point: PointPrompt, answer: SegmentAnswer): Proposal[]
}

const iou = (a: Mask, b: Mask): number => {
  // The smaller can't share more than all of itself.
  if (Math.min(a.area, b.area) <= MOST_SHARED * Math.max(a.area, b.area)) return 0
  let both = 0
  for (let i = 0; i < a.inside.length; i++) both += a.inside[i]! & b.inside[i]!
  return both / (a.area + b.area - both)
}

/** @param labelled shapes of the image's annotations: what is labelled is not proposed */
export const createProposals = (
  size: Size,
  labelled: readonly Shape[],
  options: PolygonOptions,
): Proposals => {
  const crop = wholeImage(size)
  const frame = { crop, imageWidth: size.width, imageHeight: size.height }
  const scratch = createScratch()
  const resized = resizedSize(crop)
  /** Cells of the mask that show the image; the rest is padding. */
  const columns = Math.ceil(resized.width / CELL)
  const rows = Math.ceil(resized.height / CELL)

  const countAbove = (logits: Float32Array, threshold: number) => {
    let count = 0
    for (let y = 0; y < rows; y++)
      for (let x = 0; x < columns; x++) if (logits[y * SIDE + x]! > threshold) count++
    return count
  }
  const maskOf = (logits: Float32Array): Mask => {
    const inside = new Uint8Array(SIDE * SIDE)
    for (let y = 0; y < rows; y++)
      for (let x = 0, i = y * SIDE; x < columns; x++, i++) inside[i] = logits[i]! > 0 ? 1 : 0
    return { inside, area: inside.reduce((sum, one) => sum + one, 0) }
  }
  const known = labelled.map((shape) => maskOf(logitsOfShape(shape, frame)))

  const isGood = ({ score, logits }: Candidate) => {
    if (score < LEAST_SCORE) return false
    const core = countAbove(logits, OFFSET)
    // The smaller mask lies within the larger: their IoU is the ratio of their areas.
    return core > 0 && core / countAbove(logits, -OFFSET) >= LEAST_STABILITY
  }

  return {
    isKnown({ x, y }) {
      const scale = Math.max(size.width, size.height) / SIDE
      const at = Math.floor(y / scale) * SIDE + Math.floor(x / scale)
      const small = columns * rows * SMALL
      return known.some(({ inside, area }) => inside[at] === 1 && area <= small)
    },
    take(point, { candidates, modelId }) {
      // Whole, part and sub-part, as SAM's generator; mask 0 of models that have no other.
      const several = candidates.filter(({ index }) => index > 0)
      const offered = several.length > 0 ? several : candidates
      const found: Proposal[] = []
      for (const candidate of offered.toSorted((a, b) => b.score - a.score)) {
        if (!isGood(candidate)) continue
        const mask = maskOf(candidate.logits)
        if (mask.area > MOST_COVERED * columns * rows) continue
        if (known.some((other) => iou(mask, other) > MOST_SHARED)) continue
        const polygon = polygonOfLogits(candidate.logits, frame, options, [point], scratch)
        if (polygon === null) continue
        known.push(mask)
        const { x, y, width, height } = bboxOf(polygon)
        found.push({
          id: randomUUID(),
          polygon,
          score: candidate.score,
          bbox: { x, y, width, height },
          modelId,
          prompts: [point],
          candidate: candidate.index,
        })
      }
      return found
    },
  }
}
