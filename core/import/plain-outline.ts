/**
 * Outlines that a project can hold as a file has them: most of any data set. Found in one look at the list of their
 * numbers, before anything is made of these. Pure.
 */
import type { Size } from '../../common/geometry/point.ts'

/** Numbers of a ring, up to which all pairs of its edges are looked at; longer ones are looked at elsewhere. */
const MOST = 192

export interface PlainOutlines {
  /**
   * Whether the ring, x0, y0, x1, y1, ..., is simple, encloses something, comes to no place twice and lies in the image.
   * False also where that would take long to say.
   */
  isPlain(numbers: readonly unknown[], image: Size): boolean
}

/** Keeps memory for one ring. */
export const createPlainOutlines = (): PlainOutlines => {
  const at = new Float64Array(MOST + 4)
  const [left, right, top, bottom] = [0, 1, 2, 3].map(() => new Float64Array(MOST / 2)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  /** On which side of the line from the point at `a` to that at `b` the point at `c` lies. */
  const side = (a: number, b: number, c: number) =>
    Math.sign((at[b]! - at[a]!) * (at[c + 1]! - at[a + 1]!) - (at[b + 1]! - at[a + 1]!) * (at[c]! - at[a]!))
  /** Edges whose boxes share a point. */
  const meet = (a: number, b: number) =>
    side(a, a + 2, b) * side(a, a + 2, b + 2) <= 0 && side(b, b + 2, a) * side(b, b + 2, a + 2) <= 0

  /** Copies the numbers, and the first two points once more behind them. */
  const take = (numbers: readonly unknown[], { width, height }: Size): boolean => {
    const count = numbers.length
    if (count < 6 || count > MOST || count % 2 !== 0) return false
    for (let k = 0; k < count; k += 2) {
      const [x, y] = [numbers[k], numbers[k + 1]]
      if (typeof x !== 'number' || typeof y !== 'number') return false
      // What is no number is in no range.
      if (!(x >= 0 && x <= width && y >= 0 && y <= height)) return false
      at[k] = x
      at[k + 1] = y
    }
    at.copyWithin(count, 0, 4)
    return true
  }
  /**
   * Every edge has a length, none runs back over the one before, and together they enclose something: by the same steps
   * as `signedArea`, so that nothing is 0 for one and not for the other.
   */
  const takeEdges = (count: number): boolean => {
    const originX = at[0]!
    const originY = at[1]!
    let ax = at[count - 2]! - originX
    let ay = at[count - 1]! - originY
    let twice = 0
    for (let a = 0, edge = 0; a < count; a += 2, edge++) {
      const [x0, y0, x1, y1] = [at[a]!, at[a + 1]!, at[a + 2]!, at[a + 3]!]
      if (x0 === x1 && y0 === y1) return false
      const back = (x1 - x0) * (at[a + 4]! - x1) + (y1 - y0) * (at[a + 5]! - y1)
      if (back < 0 && side(a, a + 2, a + 4) === 0) return false
      left[edge] = x0 < x1 ? x0 : x1
      right[edge] = x0 < x1 ? x1 : x0
      top[edge] = y0 < y1 ? y0 : y1
      bottom[edge] = y0 < y1 ? y1 : y0
      const bx = x0 - originX
      const by = y0 - originY
      twice += ax * by - bx * ay
      ax = bx
      ay = by
    }
    return twice !== 0
  }

  return {
    isPlain(numbers, image) {
      const count = numbers.length
      if (!take(numbers, image) || !takeEdges(count)) return false
      const edges = count / 2
      for (let i = 0; i < edges; i++) {
        const [x0, x1, y0, y1] = [left[i]!, right[i]!, top[i]!, bottom[i]!]
        // The last edge is the first one's neighbour.
        const end = i === 0 ? edges - 1 : edges
        for (let j = i + 2; j < end; j++) {
          if (left[j]! > x1 || right[j]! < x0 || top[j]! > y1 || bottom[j]! < y0) continue
          if (meet(2 * i, 2 * j)) return false
        }
      }
      return true
    },
  }
}
