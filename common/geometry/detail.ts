/**
 * The outline of a kept mask with another detail. Owns that this loses nothing: it is made of the mask and of the outline
 * as it was before, never of what was made last, and what was mended by hand in that outline stays. Meanings in
 * SEMANTICS.md, "Detail after the fact". Pure.
 */
import { frameOfKept, logitsOfKept, type KeptMask } from '../kept-mask.ts'
import type { Polygon, Prompt, Shape } from '../model.ts'
import { combineRegions, grownRegion, type Region } from './clipper.ts'
import { modelScale } from './letterbox.ts'
import { polygonOfLogits } from './mask-to-polygon.ts'
import { areaOf } from './measure.ts'
import { iou } from './overlap.ts'
import { polygonOfRegion, regionOf } from './region.ts'
import { createScratch, type Scratch } from './scratch.ts'

/** What an outline of another detail is made of. */
export interface DetailSource {
  readonly mask: KeptMask
  readonly prompts: readonly Prompt[]
  /** The outline before its detail was changed, and the detail it has, image pixels. */
  readonly before: { readonly shape: Shape; readonly detail: number }
  /** The outline before was mended by hand: what was, stays. */
  readonly isMended: boolean
}

export interface Detailed {
  readonly shape: Shape
  /** Intersection over union of the outline and the mask as the model made it, 0..1. */
  readonly iou: number
}

/** The outline with a detail: how far it may stray from the mask, image pixels. */
export type OutlineAt = (detail: number) => Detailed

/** An outline of which less lies within its mask was replaced or moved since: the mask says nothing of it. */
const LEAST_WITHIN = 0.5

/** What is mended, and can be put onto an outline of any detail. */
interface Mended {
  readonly added: Region
  readonly removed: Region
}

const isEmpty = (region: Region) => region.length === 0

/** Without what is narrower than twice `reach`: outlines of the same edge never agree to the pixel. */
const opened = (region: Region, reach: number): Region =>
  combineRegions(
    'intersection',
    region,
    grownRegion(grownRegion(region, -reach, 'round'), 1.5 * reach, 'round'),
  )

/**
 * What `shape` has and lacks besides `traced`, each grown by `seam` to where the two agree, so that no gap is left along
 * an edge that moves by that much.
 */
const mendedIn = (shape: Shape, traced: Polygon, reach: number, seam: number): Mended => {
  const [own, old] = [regionOf(shape), regionOf(traced)]
  const more = opened(combineRegions('difference', own, old), reach)
  const less = opened(combineRegions('difference', old, own), reach)
  const added = isEmpty(more) ? more : combineRegions('intersection', grownRegion(more, seam, 'round'), own)
  const removed = isEmpty(less) ? less : combineRegions('difference', grownRegion(less, seam, 'round'), own)
  return { added, removed }
}

const withMended = (traced: Polygon, { added, removed }: Mended, shape: Shape): Polygon | null => {
  if (isEmpty(added) && isEmpty(removed)) return traced
  const whole = combineRegions('union', regionOf(traced), added)
  return polygonOfRegion(combineRegions('difference', whole, removed), [traced, shape])
}

const areaWithin = (shape: Shape, traced: Polygon): number => {
  const both = polygonOfRegion(combineRegions('intersection', regionOf(shape), regionOf(traced)), [])
  return both ? areaOf(both) : 0
}

/**
 * What makes the outline with any detail; the same detail as before is the same outline, vertex by vertex. Null when the
 * mask is empty, or the outline lies elsewhere by now.
 * @param scratch Kept by who asks often.
 */
export const outlinesOf = (
  { mask, prompts, before, isMended }: DetailSource,
  scratch: Scratch = createScratch(),
): OutlineAt | null => {
  const logits = logitsOfKept(mask)
  const frame = frameOfKept(mask)
  const { minArea, minShare } = mask
  const traced = (tolerance: number) =>
    polygonOfLogits(logits, frame, { tolerance, minArea, minShare }, prompts, scratch)
  const old = traced(before.detail)
  const exact = traced(0)
  if (!old || !exact) return null
  if (isMended && areaWithin(before.shape, old) < LEAST_WITHIN * areaOf(before.shape)) return null
  const reach = Math.max(0.5, before.detail, 0.5 / modelScale(mask.crop))
  return (detail) => {
    const made = (): Shape => {
      if (detail === before.detail) return before.shape
      const polygon = traced(detail) ?? old
      if (!isMended) return polygon
      const seam = reach + Math.max(before.detail, detail)
      return withMended(polygon, mendedIn(before.shape, old, reach, seam), before.shape) ?? before.shape
    }
    const shape = made()
    return { shape, iou: iou(shape, exact) }
  }
}
