/**
 * The model's mask of an object, as it stays with it: where it belongs, and its logits in a byte each around what they
 * found. Owns the bytes' meaning; how they are packed in the project file is the store's.
 */
import { z } from 'zod'
import { LOGITS_SIDE, type LogitsFrame } from './geometry/letterbox.ts'
import { fingerprintOf } from './fingerprint.ts'
import type { PolygonOptions } from './geometry/mask-to-polygon.ts'
import { limits } from './limits.ts'
import type { MaskRef, Shape } from './model.ts'
import { cropSchema } from './segmentation.ts'

/**
 * Steps a logit. The edge lies where the logits change sign, by some units a cell: a step is less than a fiftieth of a
 * cell there.
 */
const STEPS = 16
const SUREST = 127
/**
 * Cells on both sides of the edge that are kept as they are; beyond, only the side counts. Upsampling and tracing look no
 * further. A mask of MobileSAM packs to 3 kB so, in the median of 96 on COCO photos, and to 11 kB without.
 */
const REACH = 2

const side = z.int().min(1).max(limits.coordinate)
const cell = z.int().min(0).max(LOGITS_SIDE)

/** Cells of the logits, whole numbers. */
const cellBoxSchema = z
  .object({ x: cell, y: cell, width: cell, height: cell })
  .refine(
    ({ x, y, width, height }) => x + width <= LOGITS_SIDE && y + height <= LOGITS_SIDE,
    'the cells lie within the mask',
  )

/** Where a kept mask belongs and how its outline was made. */
export const maskFactsSchema = z.object({
  /** Of the upright image, pixels. */
  width: side,
  height: side,
  crop: cropSchema,
  /** As PolygonOptions has them. */
  minArea: z.number().min(0).max(1e6),
  minShare: z.number().min(0).max(1),
  box: cellBoxSchema,
})

export const keptMaskSchema = maskFactsSchema
  .extend({
    /** `mask.id` of the objects that it belongs to. */
    id: z.string().min(1).max(64),
    /** [box.height * box.width], row by row: logits in sixteenths, as signed bytes; > 0 is inside. */
    cells: z.instanceof(Uint8Array),
  })
  .refine(({ box, cells }) => cells.length === box.width * box.height, 'there is a byte for each cell')
export type KeptMask = z.infer<typeof keptMaskSchema>

const stepOf = (logit: number): number => {
  const step = Math.max(-SUREST, Math.min(SUREST, Math.round(logit * STEPS)))
  // What is barely inside stays inside.
  return step === 0 && logit > 0 ? 1 : step
}

/** The cells that are inside, with a margin; empty when none is. */
const boxOf = (logits: Float32Array): KeptMask['box'] => {
  let [left, top, right, bottom] = [LOGITS_SIDE, LOGITS_SIDE, -1, -1]
  for (let y = 0, i = 0; y < LOGITS_SIDE; y++)
    for (let x = 0; x < LOGITS_SIDE; x++, i++) {
      if (!(logits[i]! > 0)) continue
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = y
    }
  if (right < 0) return { x: 0, y: 0, width: 0, height: 0 }
  const margin = REACH + 1
  const [x, y] = [Math.max(0, left - margin), Math.max(0, top - margin)]
  const [endX, endY] = [Math.min(LOGITS_SIDE, right + margin + 1), Math.min(LOGITS_SIDE, bottom + margin + 1)]
  return { x, y, width: endX - x, height: endY - y }
}

/** The cells of the box within reach of a change of sign. [box.height * box.width], 1 near and 0 far */
const nearEdge = (logits: Float32Array, box: KeptMask['box']): Uint8Array => {
  const near = new Uint8Array(box.width * box.height)
  for (let y = 0; y + 1 < box.height; y++)
    for (let x = 0; x + 1 < box.width; x++) {
      const i = (box.y + y) * LOGITS_SIDE + box.x + x
      const isIn = logits[i]! > 0
      const others = [logits[i + 1]!, logits[i + LOGITS_SIDE]!, logits[i + LOGITS_SIDE + 1]!]
      if (others.every((other) => other > 0 === isIn)) continue
      const [from, to] = [Math.max(0, x - REACH), Math.min(box.width, x + REACH + 2)]
      for (let row = Math.max(0, y - REACH); row < Math.min(box.height, y + REACH + 2); row++)
        near.fill(1, row * box.width + from, row * box.width + to)
    }
  return near
}

/** @param logits [256 * 256] row by row over the padded model frame, > 0 is inside */
export const keptMaskOf = (
  id: string,
  logits: Float32Array,
  { imageWidth, imageHeight, crop }: LogitsFrame,
  { minArea, minShare }: Omit<PolygonOptions, 'tolerance'>,
): KeptMask => {
  const box = boxOf(logits)
  const near = nearEdge(logits, box)
  const steps = new Int8Array(box.width * box.height)
  for (let y = 0, i = 0; y < box.height; y++)
    for (let x = 0; x < box.width; x++, i++) {
      const logit = logits[(box.y + y) * LOGITS_SIDE + box.x + x]!
      if (near[i] === 1) steps[i] = stepOf(logit)
      else steps[i] = logit > 0 ? SUREST : -SUREST
    }
  const cells = new Uint8Array(steps.buffer)
  return { id, width: imageWidth, height: imageHeight, crop, minArea, minShare, box, cells }
}

/** The logits again, [256 * 256]: near the edge to a sixteenth, elsewhere sure of their side. */
export const logitsOfKept = ({ box, cells }: Pick<KeptMask, 'box' | 'cells'>): Float32Array<ArrayBuffer> => {
  const logits = new Float32Array(LOGITS_SIDE * LOGITS_SIDE).fill(-SUREST / STEPS)
  const steps = new Int8Array(cells.buffer, cells.byteOffset, cells.length)
  for (let y = 0, i = 0; y < box.height; y++)
    for (let x = 0; x < box.width; x++, i++) logits[(box.y + y) * LOGITS_SIDE + box.x + x] = steps[i]! / STEPS
  return logits
}

export const frameOfKept = ({ width, height, crop }: KeptMask): LogitsFrame => ({
  imageWidth: width,
  imageHeight: height,
  crop,
})

/**
 * What an object says of the mask that it was made from just now.
 * @param detail the tolerance that its outline was made with, image pixels
 */
export const maskRefOf = ({ id }: KeptMask, detail: number, shape: Shape): MaskRef => ({
  id,
  detail,
  made: fingerprintOf(shape),
})
