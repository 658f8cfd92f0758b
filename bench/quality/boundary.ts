/** How well the edges of two masks agree, which the area of a large object hides. Pure. */
import type { Mask } from './masks.ts'

/** The band along a mask's edge, as a share of the photo's diagonal: Cheng et al., Boundary IoU, 2021. */
const BAND = 0.02

/** How far inside the mask the band reaches, pixels. @param photo as it was taken, without any enlargement */
export const bandOf = (photo: { readonly width: number; readonly height: number }): number =>
  Math.max(1, Math.round(BAND * Math.hypot(photo.width, photo.height)))

/** 1 where all of `2 * band + 1` values around are 1; beyond the ends is 0. */
const erodeLine = (
  from: Uint8Array,
  to: Uint8Array,
  start: number,
  step: number,
  length: number,
  band: number,
) => {
  let run = 0
  for (let at = 0; at < length + band; at++) {
    run = at < length && from[start + at * step] === 1 ? run + 1 : 0
    const middle = at - band
    if (middle >= 0) to[start + middle * step] = run > 2 * band ? 1 : 0
  }
}

/** The pixels of the mask that are at most `band` from its edge, rows and columns counted; the image's border is one. */
export const edgeOf = ({ width, height, data }: Mask, band: number): Mask => {
  const rows = new Uint8Array(data.length)
  for (let y = 0; y < height; y++) erodeLine(data, rows, y * width, 1, width, band)
  const inner = new Uint8Array(data.length)
  for (let x = 0; x < width; x++) erodeLine(rows, inner, x, width, height, band)
  return { width, height, data: data.map((inside, at) => inside & ~inner[at]! & 1) }
}
