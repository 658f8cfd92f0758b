/** How much two rotated boxes share. Pure. */

/** Centre, size, and radians clockwise in the image. */
export interface RotatedBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly angle: number
}

type Corner = readonly [x: number, y: number]

export const cornersOf = ({ x, y, width, height, angle }: RotatedBox): Corner[] => {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const at = (along: number, across: number): Corner => [
    x + (along * width * cos - across * height * sin) / 2,
    y + (along * width * sin + across * height * cos) / 2,
  ]
  return [at(-1, -1), at(1, -1), at(1, 1), at(-1, 1)]
}

const areaOf = (ring: readonly Corner[]) => {
  let sum = 0
  for (const [index, [x, y]] of ring.entries()) {
    const [nextX, nextY] = ring[(index + 1) % ring.length]!
    sum += x * nextY - nextX * y
  }
  return Math.abs(sum) / 2
}

/** What of `ring` lies to the right of the line from a to b, y pointing down: Sutherland and Hodgman's step. */
const cutBy = (ring: readonly Corner[], [ax, ay]: Corner, [bx, by]: Corner): Corner[] => {
  const side = ([x, y]: Corner) => (bx - ax) * (y - ay) - (by - ay) * (x - ax)
  return ring.flatMap((from, index): Corner[] => {
    const to = ring[(index + 1) % ring.length]!
    const [before, after] = [side(from), side(to)]
    const share = before / (before - after)
    const crossing: Corner = [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])]
    if (before >= 0) return after >= 0 ? [from] : [from, crossing]
    return after > 0 ? [crossing] : []
  })
}

/** Intersection over union, 0..1. */
export const rotatedIou = (a: RotatedBox, b: RotatedBox): number => {
  const edges = cornersOf(b)
  let ring = cornersOf(a)
  for (const [index, corner] of edges.entries()) {
    ring = cutBy(ring, corner, edges[(index + 1) % 4]!)
    if (ring.length === 0) return 0
  }
  const both = areaOf(ring)
  const all = a.width * a.height + b.width * b.height - both
  return all > 0 ? both / all : 0
}
