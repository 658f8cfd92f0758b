/**
 * Marching squares as a walk: rings of crossings between a node that is in and a neighbour that is out, the inside on
 * the right hand. Outer rings run clockwise on screen, holes the other way. A ring never crosses itself or another.
 */

/** Directions from the inner node to the outer: 0 right, 1 down, 2 left, 3 up. A walk with the outer node on the left. */
type Direction = 0 | 1 | 2 | 3
const LEFT = 2
export const stepX = [1, 0, -1, 0] as const
export const stepY = [0, 1, 0, -1] as const

/** A crossing as one number: inner node * 4 + direction to the outer node. */
export type Crossing = number

const IS_IN = 1
const SEEN = 2
/** isIn in each of four bytes. */
const EVERY_IN = 0x01010101

/**
 * All rings, in the order of their topmost rows.
 * @param inside [height * width], 1 in and 0 out; the outermost nodes are out. Used up: bit 2 is set while walking.
 * @param joins decides a saddle: whether the two inner nodes of the cell (the walk's own, and the one across) belong
 *   together; the outer two are its left and front neighbours
 */
export const traceRings = (
  inside: Uint8Array,
  width: number,
  height: number,
  joins: (inner: number, outer: number, front: number, across: number) => boolean,
): Crossing[][] => {
  const offsets = [1, width, -1, -width] as const
  const walk = (start: number) => {
    const ring: Crossing[] = []
    let node = start
    let direction: Direction = LEFT
    do {
      if (direction === LEFT) inside[node]! |= SEEN
      ring.push(node * 4 + direction)
      const out = node + offsets[direction]
      const ahead = ((direction + 1) & 3) as Direction
      const front = node + offsets[ahead]
      const across = out + offsets[ahead]
      const frontIn = (inside[front]! & IS_IN) !== 0
      const acrossIn = (inside[across]! & IS_IN) !== 0
      if (acrossIn && (frontIn || joins(node, out, front, across))) {
        node = across
        direction = ((direction + 3) & 3) as Direction
      } else if (frontIn) node = front
      else direction = ahead
    } while (node !== start || direction !== LEFT)
    return ring
  }
  const rings: Crossing[][] = []
  // Rows can be read as one: the outermost nodes are out. Four nodes at once: most are like those before.
  const end = width * height
  const words = new Uint32Array(inside.buffer, inside.byteOffset, end >> 2)
  for (let node = 1; node < end; node++) {
    if ((node & 3) === 0) {
      const alike = (inside[node - 1]! & IS_IN) === 0 ? 0 : EVERY_IN
      while (node + 3 < end && (words[node >> 2]! & EVERY_IN) === alike) node += 4
    }
    if (inside[node] === IS_IN && (inside[node - 1]! & IS_IN) === 0) rings.push(walk(node))
  }
  return rings
}
