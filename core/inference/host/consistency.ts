/** How far masks of the same thing agree: IoU of what lies inside (logit > 0). Pure. */
import { LOGITS_SIDE } from '../../../common/geometry/letterbox.ts'

/** Cells between two that are looked at, each way: a click waits for this, and IoU changes by thousandths. */
const STEP = 2

/**
 * IoU of each pair of masks.
 * @param masks at most four, [256 * 256] in the same frame
 * @returns by `first * masks.length + second`, to a thousandth; 1 where both are empty
 */
const pairs = (masks: readonly Float32Array[]): number[] => {
  // One pass: how many cells lie inside of which masks, by a bit for each.
  const cells = new Uint32Array(1 << masks.length)
  for (let y = 0; y < LOGITS_SIDE; y += STEP)
    for (let at = y * LOGITS_SIDE, end = at + LOGITS_SIDE; at < end; at += STEP) {
      let inside = 0
      for (let mask = 0; mask < masks.length; mask++) if (masks[mask]![at]! > 0) inside |= 1 << mask
      cells[inside]!++
    }
  return masks.flatMap((_, first) =>
    masks.map((_mask, second) => {
      const [one, both] = [
        (1 << first) | (1 << second),
        (inside: number) => (inside >> first) & (inside >> second) & 1,
      ]
      let [common, all] = [0, 0]
      cells.forEach((count, inside) => {
        if ((inside & one) !== 0) all += count
        if (both(inside) === 1) common += count
      })
      return all === 0 ? 1 : Math.round((1000 * common) / all) / 1000
    }),
  )
}

/** IoU of two masks, [256 * 256] in the same frame; 1 where both are empty. */
export const iouOfLogits = (one: Float32Array, other: Float32Array): number => pairs([one, other])[1]!

/**
 * Of each mask its IoU with the most similar of the others; of a lone one nothing.
 * @param masks at most four, [256 * 256] in the same frame
 */
export const likestOf = (masks: readonly Float32Array[]): (number | undefined)[] => {
  const all = pairs(masks)
  return masks.map((_, at) => {
    const others = masks.flatMap((_mask, other) => (other === at ? [] : [all[at * masks.length + other]!]))
    return others.length === 0 ? undefined : Math.max(...others)
  })
}
