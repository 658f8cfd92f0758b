/** Which objects of a label file an image has already, so that an import made twice adds nothing. Pure. */
import { bboxOf, hasArea, type Box } from '../../../common/geometry/measure.ts'
import { likeness } from '../../../common/geometry/overlap.ts'
import type { Annotation, LabelId, Shape } from '../../../common/model.ts'

/** Shapes of one class that overlap by more than this are one object: rounding moves an outline by less. */
const SAME_IOU = 0.98

/** Boxes of such shapes overlap by more than this. */
const NEAR = 0.9

const overlapOf = (a: Box, b: Box) => {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  const both = Math.max(0, width) * Math.max(0, height)
  return both / (a.width * a.height + b.width * b.height - both)
}

/** Of what covers something the boxes are looked at first. */
const mayBeSame = (one: Stored, shape: Shape, box: Box): boolean =>
  one.shape.type === shape.type && !hasArea(shape) ? true : overlapOf(one.box, box) > NEAR

interface Stored {
  readonly text: string
  readonly shape: Shape
  readonly box: Box
  isTaken: boolean
}

/**
 * Says of each object that is asked about whether it is stored. A stored object stands for one object only: two alike
 * in the file are two.
 */
export const createSameObjects = (
  annotations: readonly Annotation[],
): ((labelId: LabelId | null, shape: Shape) => boolean) => {
  const byLabel = new Map<LabelId, Stored[]>()
  const byText = new Map<string, Stored[]>()
  const keep = <K>(map: Map<K, Stored[]>, key: K, one: Stored) => {
    const known = map.get(key)
    if (known) known.push(one)
    else map.set(key, [one])
  }
  for (const { labelId, shape } of annotations) {
    const one = { text: `${labelId} ${JSON.stringify(shape)}`, shape, box: bboxOf(shape), isTaken: false }
    keep(byLabel, labelId, one)
    keep(byText, one.text, one)
  }
  return (labelId, shape) => {
    if (labelId === null || annotations.length === 0) return false
    const isFree = ({ isTaken }: Stored) => !isTaken
    const twin = byText.get(`${labelId} ${JSON.stringify(shape)}`)?.find(isFree)
    const box = bboxOf(shape)
    const found =
      twin ??
      byLabel
        .get(labelId)
        ?.find((one) => isFree(one) && mayBeSame(one, shape, box) && likeness(one.shape, shape) > SAME_IOU)
    if (found === undefined) return false
    found.isTaken = true
    return true
  }
}
