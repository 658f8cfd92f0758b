/** Whether the masks that stay with objects are those that the objects were made of. */
import { outlinesOf } from '../../common/geometry/detail.ts'
import { iou } from '../../common/geometry/overlap.ts'
import type { KeptMask } from '../../common/kept-mask.ts'
import type { Annotation, Shape } from '../../common/model.ts'

interface Made extends Pick<Annotation, 'mask' | 'prompts'> {
  readonly shape: Shape
}

/** IoU of each object's outline with the one that its kept mask gives at the same detail; 0 where none stays with it. */
export const agreementWithKept = (objects: readonly Made[], masks: readonly KeptMask[]): number[] =>
  objects.map(({ mask, prompts, shape }) => {
    const kept = masks.find(({ id }) => id === mask?.id)
    if (!kept || !mask) return 0
    // As if it had had another detail before: else the outline itself is the answer.
    const before = { shape, detail: mask.detail + 1 }
    const outlines = outlinesOf({ mask: kept, prompts, before, isMended: false })
    return outlines ? iou(outlines(mask.detail).shape, shape) : 0
  })
