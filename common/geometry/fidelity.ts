/** How true a simplified ring must be to its outline: the limit it starts with, and the check that it must pass. */
import type { Ring } from '../model.ts'
import { isInField, type Field } from './field.ts'
import { signedArea, type Box } from './measure.ts'
import { boundsOfOutline, type Outline } from './outline.ts'
import { countDifferent, countPixels, rowsOfRing } from './pixel-rows.ts'
import { rasterise } from './rasterise.ts'
import type { Cut } from './runs.ts'
import { exactRing } from './simplify.ts'

/** The default tolerance, image pixels; the figures below are for it and grow in proportion. */
const USUAL_TOLERANCE = 0.5
/** Rings with a longer side are not checked pixel by pixel: luck evens out, and the drift says enough. */
const CHECKED_SIDE = 128
/**
 * Shifts along both axes at which the pixels of a binary mask are compared, image pixels: other programs fill polygons
 * by other rules (pycocotools rounds to 1/5 pixel), so no pixel centre should lie too near the boundary.
 */
const shifts = [0, 0.1, -0.1]
/** Change of area that any ring may have. */
const AREA_CHANGE = 0.03
const MINOR_AREA_CHANGE = 0.1

/** The radius of a disc with the outline's ratio of area to perimeter, image pixels. */
const radiusOf = ({ area, perimeter }: Outline) => Math.max(1, (2 * Math.abs(area)) / perimeter)

/**
 * Loss of IoU that a smooth outline may have: just under what the fidelity test allows discs (.010 at a radius of 10,
 * .007 at 20, .004 at 50, .002 at 100).
 */
const smoothLoss = (radius: number) => Math.min(0.0097 * (10 / radius) ** 0.57, 0.155 / radius)

/** Vertices that a disc needs for that, at most. An outline with more is rough: its detail is the model's own guess. */
const smoothVertices = (radius: number) => 18 + 3.5 * Math.sqrt(radius)

/** Loss of IoU that a rough outline may have. */
const roughLoss = (radius: number) => Math.min(0.025, 2 * smoothLoss(radius) + 0.005)

/** A ring with less than this share of the object's largest is judged by its area alone. */
const MINOR_SHARE = 0.02

/** Of a binary mask's limit: pixels of a straight line lie up to .5 off it, so a finer one would follow their steps. */
const steppedShare = (radius: number) => (radius < 150 ? 0.9 : 0.96)
const FIELD_SHARE = 0.8

/** How far off its line a run may lie at first, image pixels. */
export const limitOf = (outline: Outline, tolerance: number): number =>
  tolerance * (outline.field === null ? steppedShare(radiusOf(outline)) : FIELD_SHARE)

/** The whole pixels around the outline; null when it is too large to be checked. */
const windowOf = (outline: Outline): Box | null => {
  const { x0, x1, y0, y1 } = boundsOfOutline(outline)
  if (Math.max(x1 - x0, y1 - y0) > CHECKED_SIDE) return null
  const [x, y] = [Math.floor(x0) - 1, Math.floor(y0) - 1]
  return { x, y, width: Math.ceil(x1) + 1 - x, height: Math.ceil(y1) + 1 - y }
}

const ringOf = ({ xs, ys }: Outline): Ring => Array.from(xs, (x, i): Ring[number] => [x, ys[i]!])

const pixelsOf = (ring: Ring, window: Box) =>
  rasterise({ type: 'polygon', parts: [{ outer: ring, holes: [] }] }, 0, 0, window).data

/**
 * The pixels that a field's ring should have: those of the outline, and close to it those of the official mask, since a
 * centre all but on the boundary may fall on the other side of the rounded outline.
 */
const pixelsOfField = (outline: Outline, field: Field, window: Box) => {
  const pixels = pixelsOf(exactRing(outline), window)
  const { xs, ys, within } = outline
  const settled = new Uint8Array(pixels.length)
  for (let i = 0; i < xs.length; i++)
    for (let y = Math.floor(ys[i]! - 0.5); y <= Math.floor(ys[i]! + 0.5); y++)
      for (let x = Math.floor(xs[i]! - 0.5); x <= Math.floor(xs[i]! + 0.5); x++) {
        const pixel = (y - window.y) * window.width + x - window.x
        if (settled[pixel] === 1) continue
        settled[pixel] = 1
        const inImage = x >= within.left && x < within.right && y >= within.top && y < within.bottom
        // A hole's ring is around what is out.
        pixels[pixel] = inImage && isInField(field, x + 0.5, y + 0.5) === outline.area > 0 ? 1 : 0
      }
  return pixels
}

/** Judges simplifications of one outline. */
export interface Judge {
  /** Whether a cut lies close enough to the outline for its ring to be looked at. */
  isClose(cut: Cut): boolean
  /** Whether the outline is so much smaller than the object's largest that its area is all that counts. */
  readonly minor: boolean
  /** Whether luck with single pixels matters, so that variants of a cut are worth trying. */
  readonly minds: boolean
  /** Whether the ring of a close cut has the outline's area and, when it is small and smooth, its pixels. */
  accepts(ring: Ring): boolean
}

/** Pixels by which a ring differs from what is wanted, and those that are in either. */
type Compare = (ring: Ring, shift: number) => { readonly apart: number; readonly either: number }

const compareWithField = (outline: Outline, field: Field, window: Box): Compare => {
  const wanted = pixelsOfField(outline, field, window)
  return (ring) => {
    const found = pixelsOf(ring, window)
    let [both, either] = [0, 0]
    for (let i = 0; i < found.length; i++) {
      both += found[i]! & wanted[i]!
      either += found[i]! | wanted[i]!
    }
    return { apart: either - both, either }
  }
}

const compareWithSteps = (outline: Outline, window: Box): Compare => {
  const wanted = rowsOfRing(ringOf(outline), window)
  const count = countPixels(wanted)
  return (ring, shift) => {
    const found = rowsOfRing(ring, window, shift)
    const apart = countDifferent(found, wanted)
    return { apart, either: (countPixels(found) + count + apart) / 2 }
  }
}

/** @param largest area of the object's largest ring, image pixels squared */
export const createJudge = (outline: Outline, tolerance: number, largest: number): Judge => {
  const coarseness = tolerance / USUAL_TOLERANCE
  const { field } = outline
  const area = Math.abs(outline.area)
  const radius = radiusOf(outline)
  const minor = area < MINOR_SHARE * largest
  const smooth = coarseness * smoothLoss(radius)
  const isRough = (vertices: number) => field !== null && vertices > smoothVertices(radius)
  // A binary mask is exact, so a small shape must keep every pixel of it; a field's may lose one.
  const spare = field === null ? coarseness - 1 : Math.max(1, coarseness)
  const window = minor ? null : windowOf(outline)
  const compared = field === null && coarseness <= 1 ? shifts : [0]
  let compare: Compare | null = null

  const keepsPixels = (ring: Ring) => {
    if (!window) return true
    compare ??= field === null ? compareWithSteps(outline, window) : compareWithField(outline, field, window)
    const ask = compare
    return compared.every((shift) => {
      const { apart, either } = ask(ring, shift)
      return apart <= Math.max(shift === 0 ? spare : 0, smooth * either)
    })
  }

  return {
    minor,
    minds: window !== null,
    isClose({ runs, drift }) {
      if (field === null || minor) return true
      return drift <= area * (isRough(runs.length) ? coarseness * roughLoss(radius) : smooth)
    },
    accepts(ring) {
      const change = Math.abs(signedArea(ring) - outline.area)
      const most = coarseness * (minor ? MINOR_AREA_CHANGE : AREA_CHANGE)
      return change <= most * area && (isRough(ring.length) || keepsPixels(ring))
    },
  }
}
