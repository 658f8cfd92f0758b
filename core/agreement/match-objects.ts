/** Which objects of two people on one image are the same thing: pairs by how much they cover each other. Pure. */
import { bboxOf, areaOf, hasArea, type Box } from '../../common/geometry/measure.ts'
import { likeness } from '../../common/geometry/overlap.ts'
import type { Shape } from '../../common/model.ts'

interface Matched<T> {
  readonly one: T
  readonly other: T
  /** Intersection over union, 0..1; of points and lines how near they lie, see `likeness`. */
  readonly iou: number
}

export interface Matching<T> {
  readonly pairs: readonly Matched<T>[]
  readonly onlyOne: readonly T[]
  readonly onlyOther: readonly T[]
}

/** No shape covers more of another one than the boxes around them let it: most pairs need not be painted. */
const mostIou = (a: { box: Box; area: number }, b: { box: Box; area: number }): number => {
  const width = Math.min(a.box.x + a.box.width, b.box.x + b.box.width) - Math.max(a.box.x, b.box.x)
  const height = Math.min(a.box.y + a.box.height, b.box.y + b.box.height) - Math.max(a.box.y, b.box.y)
  if (width <= 0 || height <= 0) return 0
  return (width * height) / Math.max(a.area, b.area, Number.MIN_VALUE)
}

/**
 * Pairs from the best down, each object in one at most. Of pairs that cover each other alike, those of one class come
 * first.
 * @param least the smallest IoU of a pair, 0..1
 * @param classOf what is compared as a class
 */
export const matchObjects = <T extends { readonly shape: Shape }>(
  ones: readonly T[],
  others: readonly T[],
  least: number,
  classOf: (object: T) => string,
): Matching<T> => {
  const measured = (objects: readonly T[]) =>
    objects.map((object) => ({ object, box: bboxOf(object.shape), area: areaOf(object.shape) }))
  const [left, right] = [measured(ones), measured(others)]
  const found = left.flatMap((a, i) =>
    right.flatMap((b, j) => {
      if (hasArea(a.object.shape) && mostIou(a, b) < least) return []
      const share = likeness(a.object.shape, b.object.shape)
      const isSame = classOf(a.object) === classOf(b.object)
      return share < least || share === 0 ? [] : [{ i, j, share, isSame }]
    }),
  )
  found.sort((a, b) => b.share - a.share || Number(b.isSame) - Number(a.isSame))
  const [takenLeft, takenRight] = [new Set<number>(), new Set<number>()]
  const pairs: Matched<T>[] = []
  for (const { i, j, share } of found) {
    if (takenLeft.has(i) || takenRight.has(j)) continue
    takenLeft.add(i)
    takenRight.add(j)
    pairs.push({ one: ones[i]!, other: others[j]!, iou: share })
  }
  return {
    pairs,
    onlyOne: ones.filter((_, i) => !takenLeft.has(i)),
    onlyOther: others.filter((_, j) => !takenRight.has(j)),
  }
}
