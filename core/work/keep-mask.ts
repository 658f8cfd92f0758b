/** What stays of the mask that an object is made from, in all long work: what it says of it, and what is stored with it. */
import { randomUUID } from 'node:crypto'
import type { LogitsFrame } from '../../common/geometry/letterbox.ts'
import type { PolygonOptions } from '../../common/geometry/mask-to-polygon.ts'
import { keptMaskOf, maskRefOf, type KeptMask } from '../../common/kept-mask.ts'
import type { Annotation, Shape } from '../../common/model.ts'

/** Both absent where nothing stays. */
export interface Keeping {
  readonly said: Pick<Annotation, 'mask'>
  readonly kept: readonly KeptMask[]
}

export const nothingKept: Keeping = { said: {}, kept: [] }

/** @param shape as it was made with these options; what is no outline keeps no mask, for it has no detail */
export const keepingOf = (mask: KeptMask, { tolerance }: PolygonOptions, shape: Shape): Keeping =>
  shape.type === 'polygon' ? { said: { mask: maskRefOf(mask, tolerance, shape) }, kept: [mask] } : nothingKept

/** @param logits [256 * 256] in the frame, > 0 is inside */
export const keepingLogits = (
  logits: Float32Array,
  frame: LogitsFrame,
  options: PolygonOptions,
  shape: Shape,
): Keeping => keepingOf(keptMaskOf(randomUUID(), logits, frame, options), options, shape)
