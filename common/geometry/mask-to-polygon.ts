/**
 * Masks -> polygons: outline, specks dropped, simplified, holes put into their parts, made valid. The steps and their
 * meaning are in SEMANTICS.md, "Mask to polygon".
 */
import { maxOf } from '../extremes.ts'
import type { Part, PointPrompt, Polygon, Prompt, Ring } from '../model.ts'
import { reachBorders } from './border.ts'
import { createJudge, limitOf } from './fidelity.ts'
import { fieldOfLogits } from './field.ts'
import { strictRing } from './gates.ts'
import { modelScale, type LogitsFrame } from './letterbox.ts'
import { bordersOfImage, outlinesOfField, outlinesOfRaster, type Outline } from './outline.ts'
import { createOwnerOf, outlineContains } from './owners.ts'
import type { Raster } from './rasterise.ts'
import { createScratch, type Scratch } from './scratch.ts'
import { exactRing, simplify } from './simplify.ts'
import { smoothUnsure } from './unsure.ts'
import { entangledEdges } from './validity.ts'

export interface PolygonOptions {
  /** How far the boundary may move, image pixels; 0 keeps every corner. */
  readonly tolerance: number
  /**
   * Parts and holes with a smaller area are dropped, image pixels squared; the largest part always stays. Of logits on
   * crops over 1024 pixels it counts in pixels of the model's frame.
   */
  readonly minArea: number
  /**
   * Small parts: parts and holes with less than this share of the object's own area are dropped too, 0..1; the largest
   * part always stays, and what a point asks for.
   */
  readonly minShare: number
  /** Of a binary mask: no pixel may be lost. Its vertices are fewer than its corners where that can be. */
  readonly strict?: boolean
}

/** The steps from logits to a polygon, in order. */
export type PolygonStage = 'upsample' | 'contour' | 'simplify'

/** How many runs on both sides of a crossing get their own points back, round by round; at last all. */
const reaches = [1, 4, 16, Infinity]

/** Rings for the outlines: simplified, and exact where one would meet another. */
const ringsOfOutlines = (
  outlines: readonly Outline[],
  { tolerance, strict = false }: PolygonOptions,
  scratch: Scratch,
): Ring[] => {
  // Outlines never cross, and there is nothing to judge: a judge of each would take most of the time.
  if (tolerance <= 0) return outlines.map(exactRing)
  if (strict) return outlines.map(strictRing)
  const largest = Math.max(0, maxOf(outlines.map(({ area }) => area)))
  const simplified = outlines.map((outline) =>
    simplify(outline, createJudge(outline, tolerance, largest), limitOf(outline, tolerance), scratch),
  )
  for (const reach of reaches) {
    const tangled = entangledEdges(simplified.map(({ ring }) => ring))
    if (tangled.size === 0) break
    for (const [i, edges] of tangled) simplified[i] = simplified[i]!.refine(edges, reach)
  }
  return simplified.map(({ ring }) => ring)
}

/**
 * The outlines that are neither specks nor small parts. A small part that has a positive point is what the user asked
 * for, and so is a small hole with a negative one.
 */
const keptOutlines = (
  outlines: readonly Outline[],
  { minArea, minShare }: PolygonOptions,
  points: readonly PointPrompt[],
): Outline[] => {
  const largest = Math.max(0, maxOf(outlines.map(({ area }) => area)))
  const own = outlines.reduce((sum, { area }) => sum + area, 0)
  const least = Math.max(minArea, minShare * own)
  const isLarge = ({ area }: Outline) => area !== 0 && (Math.abs(area) >= least || area === largest)
  if (points.length === 0) return outlines.filter(isLarge)
  const small = outlines.filter((outline) => !isLarge(outline))
  const has = (outline: Outline, { x, y, positive }: PointPrompt) =>
    positive === outline.area > 0 && outlineContains(outline, x, y)
  // In a hole that is filled, or a part that is gone, there is nothing to keep.
  const isIn = (outline: Outline, other: Outline) =>
    other.area > 0 !== outline.area > 0 && outlineContains(other, outline.xs[0]!, outline.ys[0]!)
  return outlines.filter(
    (outline) =>
      isLarge(outline) ||
      (Math.abs(outline.area) >= minArea &&
        points.some((point) => has(outline, point)) &&
        !small.some((other) => isIn(outline, other))),
  )
}

const polygonOfOutlines = (
  outlines: readonly Outline[],
  options: PolygonOptions,
  scratch: Scratch,
  points: readonly PointPrompt[] = [],
): Polygon | null => {
  const kept = keptOutlines(outlines, options, points).sort((a, b) => b.area - a.area)
  const rings = ringsOfOutlines(kept, options, scratch)
  const outers = kept.filter(({ area }) => area > 0)
  const parts: Part[] = outers.map((_, i) => ({ outer: rings[i]!, holes: [] }))
  const ownerOf = createOwnerOf(outers)
  kept.slice(outers.length).forEach((hole, i) => {
    const ring = rings[outers.length + i]!
    if (ring.length >= 3) parts[ownerOf(hole)]?.holes.push(ring)
  })
  const whole = parts.filter((part) => part.outer.length >= 3)
  return whole.length > 0 ? { type: 'polygon', parts: whole } : null
}

/**
 * The polygon of one of the decoder's masks, in image pixels; null when no logit of the crop is positive.
 * @param logits [256 * 256] row by row over the padded model frame, > 0 is inside
 * @param prompts What the mask was asked with: parts under a positive point and holes under a negative one are no specks.
 * @param scratch Kept by who asks often; cleared before use.
 * @param lap Called at the end of each stage that was needed, for whoever holds a clock.
 */
export const polygonOfLogits = (
  logits: Float32Array,
  frame: LogitsFrame,
  options: PolygonOptions,
  prompts: readonly Prompt[] = [],
  scratch: Scratch = createScratch(),
  lap: (stage: PolygonStage) => void = () => undefined,
): Polygon | null => {
  scratch.clear()
  // The exact outline is the official mask's; any other is free of what the model does not mean.
  const meant = options.tolerance > 0 ? smoothUnsure(logits, frame) : logits
  const field = fieldOfLogits(reachBorders(meant, frame), frame, scratch)
  lap('upsample')
  if (!field) return null
  const { x, y, width, height } = frame.crop
  const borders = { left: x, right: x + width, top: y, bottom: y + height }
  const outlines = outlinesOfField(field, borders, scratch)
  lap('contour')
  // What is smaller than the model sees is its noise: 400 holes in a rough mask of 12 megapixels.
  const minArea = options.minArea / Math.min(1, modelScale(frame.crop)) ** 2
  const points = prompts.filter((prompt) => prompt.type === 'point')
  const polygon = polygonOfOutlines(outlines, { ...options, minArea }, scratch, points)
  lap('simplify')
  return polygon
}

/**
 * The polygon of the ones of a window of an image of width x height; null when there are none.
 * @param options or several, coarse to fine: the first whose polygon is `good` is taken, else the last
 */
export const polygonOfRaster = (
  raster: Raster,
  width: number,
  height: number,
  options: PolygonOptions | readonly PolygonOptions[],
  good: (polygon: Polygon) => boolean = () => true,
): Polygon | null => {
  const scratch = createScratch()
  const outlines = outlinesOfRaster(raster, bordersOfImage({ width, height }), scratch)
  const tried = [options].flat()
  for (const one of tried) {
    const polygon = polygonOfOutlines(outlines, one, scratch)
    if (polygon === null || one === tried.at(-1) || good(polygon)) return polygon
  }
  return null
}

/** The polygon of a full binary mask, [height * width] row by row, not 0 is inside; null when all is 0. */
export const polygonOfMask = (
  mask: Uint8Array,
  width: number,
  height: number,
  options: PolygonOptions,
): Polygon | null => polygonOfRaster({ x: 0, y: 0, width, height, data: mask }, width, height, options)
