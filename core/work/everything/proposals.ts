/**
 * Which of the decoder's masks become proposals: the filters of SAM's automatic mask generator (segment-anything,
 * automatic_mask_generator.py: predicted IoU, stability, duplicates), on the decoder's own 256 x 256 masks. Two more are
 * ours: an object is one piece, the one that was asked for, and what frames the picture is its background.
 */
import { randomUUID } from 'node:crypto'
import type { Proposal } from '../../../common/contract/everything.ts'
import type { Candidate, SegmentAnswer } from '../../../common/segmentation.ts'
import { LOGITS_SIDE, shownCells, wholeImage } from '../../../common/geometry/letterbox.ts'
import { polygonOfLogits, type PolygonOptions } from '../../../common/geometry/mask-to-polygon.ts'
import { bboxOf, hasArea } from '../../../common/geometry/measure.ts'
import type { ImagePoint, Size } from '../../../common/geometry/point.ts'
import { createScratch } from '../../../common/geometry/scratch.ts'
import { logitsOfShape } from '../../../common/geometry/shape-to-logits.ts'
import type { PointPrompt, Shape } from '../../../common/model.ts'
import { keepingLogits, nothingKept } from '../keep-mask.ts'
import { cellsOf, logitsWithin, pieceAt, sharedArea, sidesOf, type CellMask } from './cells.ts'

/** pred_iou_thresh of SAM's generator. */
const LEAST_SCORE = 0.88
/** SAM's generator asks for .95 of its own masks; MobileSAM's distilled masks have softer edges. */
const LEAST_STABILITY = 0.9
/** stability_score_offset of SAM's generator. */
const OFFSET = 1
/** Two masks that share more, intersection over union, are one object ... */
const MOST_SHARED = 0.7
/** ... and so are two of which one lies within the other, by this share of it, and is at least so large beside it. */
const within = { share: 0.9, size: 0.5 }
/** What covers more of the image is its background. */
const MOST_COVERED = 0.95
/** So is what has more of the image's edge, or some of all its four sides: a table, the sky, a wall. */
const MOST_EDGE = 1 / 3
/** A point within a known object that covers at most this much would find the object again: it is not asked. */
const SMALL = 1 / 64
export interface Proposals {
  /** Is the point within a small object that is proposed or labelled already? */
  isKnown(point: PointPrompt): boolean
  /** The new objects among the answer's masks, the best first. */
  take(point: PointPrompt, answer: SegmentAnswer): Proposal[]
}

const isSame = (a: CellMask, b: CellMask): boolean => {
  const [small, large] = a.area < b.area ? [a, b] : [b, a]
  // The smaller can't share more than all of itself.
  if (small.area < within.size * large.area) return false
  const both = sharedArea(a, b)
  return both > MOST_SHARED * (a.area + b.area - both) || both > within.share * small.area
}

/**
 * @param labelled shapes of the image's annotations: what is labelled is not proposed
 * @param keepsMasks the masks come along, to stay with the objects
 */
export const createProposals = (
  size: Size,
  labelled: readonly Shape[],
  options: PolygonOptions,
  keepsMasks = false,
): Proposals => {
  const crop = wholeImage(size)
  const frame = { crop, imageWidth: size.width, imageHeight: size.height }
  const scratch = createScratch()
  const { columns, rows } = shownCells(crop)

  const countAbove = (logits: Float32Array, threshold: number) => {
    let count = 0
    for (let y = 0; y < rows; y++)
      for (let x = 0; x < columns; x++) if (logits[y * LOGITS_SIDE + x]! > threshold) count++
    return count
  }
  const known = labelled.filter(hasArea).map((shape) => cellsOf(logitsOfShape(shape, frame), columns, rows))

  const cellAt = ({ x, y }: ImagePoint) => {
    const scale = Math.max(size.width, size.height) / LOGITS_SIDE
    return Math.floor(y / scale) * LOGITS_SIDE + Math.floor(x / scale)
  }

  const isBackground = (mask: CellMask) => {
    if (mask.area > MOST_COVERED * columns * rows) return true
    const sides = sidesOf(mask, columns, rows)
    const edge = sides.reduce((sum, cells) => sum + cells, 0)
    return sides.every((cells) => cells > 0) || edge > MOST_EDGE * 2 * (columns + rows)
  }

  const isGood = ({ score, logits }: Candidate) => {
    if (score < LEAST_SCORE) return false
    const core = countAbove(logits, OFFSET)
    // The smaller mask lies within the larger: their IoU is the ratio of their areas.
    return core > 0 && core / countAbove(logits, -OFFSET) >= LEAST_STABILITY
  }

  return {
    isKnown(point) {
      const at = cellAt(point)
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
        const whole = cellsOf(candidate.logits, columns, rows)
        if (isBackground(whole)) continue
        const mask = pieceAt(whole, cellAt(point))
        if (mask === null || known.some((other) => isSame(mask, other))) continue
        const logits = logitsWithin(candidate.logits, mask)
        const polygon = polygonOfLogits(logits, frame, options, [point], scratch)
        if (polygon === null) continue
        const { said, kept } = keepsMasks ? keepingLogits(logits, frame, options, polygon) : nothingKept
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
          ...said,
          kept: [...kept],
        })
      }
      return found
    },
  }
}
