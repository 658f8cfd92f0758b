/**
 * Masks -> polygons: outline, specks dropped, simplified, holes put into their parts, made valid. The steps and their
 * meaning are in SEMANTICS.md, "Mask to polygon".
 */
import type { Part, Polygon, Ring } from '../model.ts'
import { createJudge, limitOf } from './fidelity.ts'
import { fieldOfLogits } from './field.ts'
import type { LogitsFrame } from './letterbox.ts'
import { bordersOfImage, outlinesOfField, outlinesOfRaster, type Outline } from './outline.ts'
import type { Raster } from './rasterise.ts'
import { createSimplify } from './simplify.ts'
import { entangledRings } from './validity.ts'

export interface PolygonOptions {
  /** How far the boundary may move, image pixels; 0 keeps every corner. */
  readonly tolerance: number
  /** Parts and holes with a smaller area are dropped, image pixels squared; the largest part always stays. */
  readonly minArea: number
}

/** The steps from logits to a polygon, in order. */
export type PolygonStage = 'upsample' | 'contour' | 'simplify'

const halvings = 4

const outlineContains = (outer: Outline, x: number, y: number) => {
  const { xs, ys } = outer
  let odd = false
  for (let i = 0, j = xs.length - 1; i < xs.length; j = i++)
    if (ys[i]! > y !== ys[j]! > y && x < xs[i]! + ((y - ys[i]!) * (xs[j]! - xs[i]!)) / (ys[j]! - ys[i]!))
      odd = !odd
  return odd
}

/** The smallest outer outline around a hole: the part that it belongs to. Outers come smallest last. */
const ownerOf = (hole: Outline, outers: readonly Outline[]) =>
  outers.findLastIndex((outer) => outer.area > -hole.area && outlineContains(outer, hole.xs[0]!, hole.ys[0]!))

/** Rings for the outlines: simplified, and with ever finer limits until none meets another. */
const ringsOfOutlines = (outlines: readonly Outline[], tolerance: number): Ring[] => {
  const largest = Math.max(0, ...outlines.map(({ area }) => area))
  const simplifiers = outlines.map((outline) =>
    createSimplify(outline, createJudge(outline, tolerance, largest)),
  )
  const limits = outlines.map((outline) => limitOf(outline, tolerance))
  const rings = simplifiers.map((simplify, i) => simplify(limits[i]!))
  for (let round = 1; round <= halvings; round++) {
    const tangled = entangledRings(rings)
    if (tangled.length === 0) break
    for (const i of tangled) rings[i] = simplifiers[i]!(round < halvings ? limits[i]! * 0.5 ** round : 0)
  }
  return rings
}

const polygonOfOutlines = (
  outlines: readonly Outline[],
  { tolerance, minArea }: PolygonOptions,
): Polygon | null => {
  const largest = Math.max(0, ...outlines.map((outline) => outline.area))
  const kept = outlines
    .filter(({ area }) => area !== 0 && (Math.abs(area) >= minArea || area === largest))
    .sort((a, b) => b.area - a.area)
  const rings = ringsOfOutlines(kept, tolerance)
  const outers = kept.filter(({ area }) => area > 0)
  const parts: Part[] = outers.map((_, i) => ({ outer: rings[i]!, holes: [] }))
  kept.slice(outers.length).forEach((hole, i) => {
    const ring = rings[outers.length + i]!
    if (ring.length >= 3) parts[ownerOf(hole, outers)]?.holes.push(ring)
  })
  const whole = parts.filter((part) => part.outer.length >= 3)
  return whole.length > 0 ? { type: 'polygon', parts: whole } : null
}

/**
 * The polygon of one of the decoder's masks, in image pixels; null when no logit of the crop is positive.
 * @param logits [256 * 256] row by row over the padded model frame, > 0 is inside
 * @param lap Called at the end of each stage that was needed, for whoever holds a clock.
 */
export const polygonOfLogits = (
  logits: Float32Array,
  frame: LogitsFrame,
  options: PolygonOptions,
  lap: (stage: PolygonStage) => void = () => undefined,
): Polygon | null => {
  const field = fieldOfLogits(logits, frame)
  lap('upsample')
  if (!field) return null
  const { x, y, width, height } = frame.crop
  const borders = { left: x, right: x + width, top: y, bottom: y + height }
  const outlines = outlinesOfField(field, borders)
  lap('contour')
  const polygon = polygonOfOutlines(outlines, options)
  lap('simplify')
  return polygon
}

/** The polygon of the ones of a window of an image of width x height; null when there are none. */
export const polygonOfRaster = (
  raster: Raster,
  width: number,
  height: number,
  options: PolygonOptions,
): Polygon | null => polygonOfOutlines(outlinesOfRaster(raster, bordersOfImage({ width, height })), options)

/** The polygon of a full binary mask, [height * width] row by row, not 0 is inside; null when all is 0. */
export const polygonOfMask = (
  mask: Uint8Array,
  width: number,
  height: number,
  options: PolygonOptions,
): Polygon | null => polygonOfRaster({ x: 0, y: 0, width, height, data: mask }, width, height, options)
