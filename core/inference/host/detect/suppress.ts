/** Non-maximum suppression: of boxes of one class that lie over each other, the best stays. Pure. */
import { boxIou } from '../box-iou.ts'
import type { Found } from './decode.ts'
import { rotatedIou } from './rotated.ts'

/** Boxes that are looked at, and that stay: Ultralytics' `max_nms` and `max_det`. */
const most = { looked: 30_000, kept: 300 } as const

const iouOf = (a: Found, b: Found) =>
  a.rotated === null || b.rotated === null ? boxIou(a.box, b.box) : rotatedIou(a.rotated, b.rotated)

const bestFirst = (found: readonly Found[]): Found[] =>
  found.toSorted((a, b) => b.score - a.score).slice(0, most.looked)

/**
 * @param limit IoU above which the lower goes; null: none goes
 * @param apart boxes of different classes leave each other alone
 * @returns the best first, at most 300
 */
export const suppress = (found: readonly Found[], limit: number | null, apart = true): Found[] => {
  const kept: Found[] = []
  for (const one of bestFirst(found)) {
    if (kept.length >= most.kept) break
    const isOver = (better: Found) =>
      (!apart || better.classIndex === one.classIndex) && iouOf(better, one) > (limit ?? 1)
    if (limit === null || !kept.some(isOver)) kept.push(one)
  }
  return kept
}
