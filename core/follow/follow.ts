/**
 * One object from one image to the next, with what the encoder made of both and one decode: the steps of docs/follow.md.
 * Pure but for the decode that it is given.
 */
import type { Size } from '../../common/geometry/point.ts'
import { askFor, type MaskAsk } from './ask.ts'
import { boxAbove, centreOf, coverageOfLogits, gridOf, grow, softIou, type Grid } from './grid.ts'
import { inPlace, match, type Reference } from './match.ts'

/** Cells around the mask before, or around where it is now, that are looked at. */
const WINDOW = 12
/** How far from where it was something is looked for, cells: in the image before, in the keyframe with it and alone. */
const sigmas = { previous: 4, keyframe: 6, choice: 8 } as const
/** Cells of the first map that are more than this likely tell where the object has gone. */
const LIKELY = 0.3
/** How much larger or smaller than in the keyframe an object is looked for. */
const scales = { least: 0.5, most: 2 } as const
/** What is nowhere more likely than this is not in the image any more. */
const LEAST_LIKELY = 0.2

/** The mask of an object in another image. */
export type KnownMask = Pick<Reference, 'affinity' | 'coverage' | 'columns' | 'rows'>

export interface DecodedMask {
  /** 0 the one-answer mask; 1, 2, 3 the alternatives. */
  readonly index: number
  /** The decoder's own estimate, 0..1. */
  readonly score: number
  /** [256 * 256], > 0 is inside. */
  readonly logits: Float32Array
}

export interface FollowedMask extends DecodedMask {
  /** How well it agrees with the keyframe's mask (soft IoU), 0..1: by this it was chosen. */
  readonly likeKeyframe: number
  /** How well it agrees with the mask of the image before, 0..1. */
  readonly likePrevious: number
  /** Their mean. Of frames whose IoU is below .6 it finds .95 (area under the curve, docs/follow.md). */
  readonly confidence: number
  /** What the decoder was asked: left, top, right, bottom in the 1024 frame. */
  readonly box: MaskAsk['box']
}

/** Where the keyframe's cells are looked for: moved so that `from` comes to `to`. */
const moved = (
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
  scale: number,
) => ({ x: to.x - scale * from.x, y: to.y - scale * from.y, scale })

/** Where the object is, by the image before and by the keyframe: the second match, and the first alone. */
const locate = (grid: Grid, previous: KnownMask, keyframe: KnownMask | null) => {
  const before = boxAbove(previous.coverage, previous)
  if (before === null) return null
  const window = grow(before, WINDOW, grid)
  const near: Reference = { ...previous, ...inPlace, sigma: sigmas.previous }
  const byPrevious = match(grid, window, [near])
  const now = centreOf(byPrevious, grid, LIKELY)
  const then = keyframe === null ? null : centreOf(keyframe.coverage, keyframe)
  if (keyframe === null || now === null || then === null) return { byPrevious, likely: byPrevious }
  const scale = Math.min(scales.most, Math.max(scales.least, Math.sqrt(now.sum / then.sum)))
  const far: Reference = { ...keyframe, ...moved(then, now, scale), sigma: sigmas.keyframe }
  return { byPrevious, likely: match(grid, window, [near, far]) }
}

/**
 * @param image the upright size of the new image, pixels
 * @param previous the object in the image before
 * @param keyframe the object in the image where a person last confirmed it; null when that is the image before
 * @returns null when the object is not in the image any more
 * @throws what `decode` throws
 */
export const followObject = async (
  image: Size,
  previous: KnownMask,
  keyframe: KnownMask | null,
  decode: (ask: Pick<MaskAsk, 'box' | 'mask'>) => Promise<readonly DecodedMask[]>,
): Promise<FollowedMask | null> => {
  const grid = gridOf(image)
  const located = locate(grid, previous, keyframe)
  if (located === null) return null
  const { byPrevious, likely } = located
  if (!likely.some((value) => value >= LEAST_LIKELY)) return null
  const ask = askFor(likely, grid, previous)
  if (ask === null) return null
  const candidates = await decode(ask)

  const key = keyframe ?? previous
  const from = centreOf(key.coverage, key) ?? ask.centre
  const asKeyframe = match(grid, grow(ask.cells, WINDOW, grid), [
    { ...key, ...moved(from, ask.centre, 1), sigma: sigmas.choice },
  ])
  let best: { readonly mask: DecodedMask; readonly coverage: Float32Array; readonly like: number } | null =
    null
  for (const mask of candidates) {
    const coverage = coverageOfLogits(mask.logits, image)
    const like = softIou(coverage, asKeyframe)
    if (best === null || like > best.like) best = { mask, coverage, like }
  }
  if (best === null) return null
  const likePrevious = softIou(best.coverage, byPrevious)
  return {
    ...best.mask,
    likeKeyframe: best.like,
    likePrevious,
    confidence: (best.like + likePrevious) / 2,
    box: ask.box,
  }
}
