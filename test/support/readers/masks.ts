/**
 * Masks for comparing what was exported with what is stored. Written from the formats' definitions and deliberately
 * apart from the product's geometry: pixel by pixel, slow and plain.
 */

/** [height * width], row by row, 0 and 1. */
export interface Mask {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

type Points = readonly (readonly [number, number])[]

const isInRing = (x: number, y: number, ring: Points): boolean => {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[i]!
    const [bx, by] = ring[j]!
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
  }
  return inside
}

/** Pixels whose centre lies in an odd number of the rings of at least one part. */
export const maskOfParts = (parts: readonly (readonly Points[])[], width: number, height: number): Mask => {
  const data = new Uint8Array(width * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const covers = (rings: readonly Points[]) =>
        rings.filter((ring) => isInRing(x + 0.5, y + 0.5, ring)).length % 2 === 1
      if (parts.some(covers)) data[y * width + x] = 1
    }
  return { width, height, data }
}

export const pixelsOf = (mask: Mask): number => mask.data.reduce((sum, value) => sum + value, 0)

/** Intersection over union; 1 when both are empty. */
export const iouOfMasks = (a: Mask, b: Mask): number => {
  let both = 0
  let either = 0
  a.data.forEach((value, index) => {
    both += value & b.data[index]!
    either += value | b.data[index]!
  })
  return either === 0 ? 1 : both / either
}
