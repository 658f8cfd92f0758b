/** The masks of Pascal VOC: its palette, and its borders. Pure. */
import type { Size } from '../../../common/geometry/point.ts'

/** The value of pixels that training leaves out. */
export const VOID = 255

/** How far a border reaches to either side of an edge, pixels: VOC's are some five wide. */
const REACH = 2

/** The colour of a value: its bits dealt out to red, green and blue in turn, the lowest first (VOCcolormap.m). */
const colourOf = (value: number): [number, number, number] => {
  const colour: [number, number, number] = [0, 0, 0]
  for (let bit = 0; bit < 8; bit++) colour[bit % 3]! |= ((value >> bit) & 1) << (7 - Math.floor(bit / 3))
  return colour
}

/** Red, green, blue of the values 0..255. */
export const vocPalette = (): Uint8Array =>
  Uint8Array.from(Array.from({ length: 256 }, (_, value) => colourOf(value)).flat())

/** Along one direction: whether a value within reach differs from the pixel's own. */
const markChanges = (
  owners: Uint16Array,
  marks: Uint8Array,
  { lines, along, stepLine, step }: { lines: number; along: number; stepLine: number; step: number },
) => {
  for (let line = 0; line < lines; line++)
    for (let at = 1; at < along; at++) {
      const here = line * stepLine + at * step
      if (owners[here] === owners[here - step]) continue
      // The edge lies between the two: the border takes as many pixels of either.
      for (let near = Math.max(0, at - REACH); near < Math.min(along, at + REACH); near++)
        marks[line * stepLine + near * step] = 1
    }
}

/** [height * width]: 1 where a border between two owners, or an owner and the background, runs. */
export const bordersOf = (owners: Uint16Array, { width, height }: Size): Uint8Array => {
  const marks = new Uint8Array(owners.length)
  markChanges(owners, marks, { lines: height, along: width, stepLine: width, step: 1 })
  markChanges(owners, marks, { lines: width, along: height, stepLine: 1, step: width })
  return marks
}
