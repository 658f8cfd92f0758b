/** Whether rings are simple closed lines that keep clear of each other. */
import type { Ring } from '../model.ts'

type Place = readonly [number, number]

const side = (a: Place, b: Place, c: Place) =>
  Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))

/** Whether edges a-b and c-d share a point, given that their boxes do. */
const meet = (a: Place, b: Place, c: Place, d: Place) =>
  side(a, b, c) * side(a, b, d) <= 0 && side(c, d, a) * side(c, d, b) <= 0

/** Whether b-c runs straight back over a-b. */
const foldsBack = (a: Place, b: Place, c: Place) =>
  side(a, b, c) === 0 && (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]) < 0

/** Numbers kept for each edge: its box, its ring, its place in the ring; side by side, as they are read together. */
const EDGE = 6

/** All edges of the rings, in the order of the whole pixel that their boxes begin in. */
const sweptEdges = (rings: readonly Ring[], count: number): Float64Array => {
  const edges = new Float64Array(EDGE * count)
  let at = 0
  let [first, last] = [Infinity, -Infinity]
  rings.forEach((ring, r) => {
    ring.forEach((a, index) => {
      const b = ring[index + 1 < ring.length ? index + 1 : 0]!
      edges[at] = Math.min(a[0], b[0])
      edges[at + 1] = Math.max(a[0], b[0])
      edges[at + 2] = Math.min(a[1], b[1])
      edges[at + 3] = Math.max(a[1], b[1])
      edges[at + 4] = r
      edges[at + 5] = index
      first = Math.min(first, Math.floor(edges[at]!))
      last = Math.max(last, Math.floor(edges[at]!))
      at += EDGE
    })
  })
  // Sorted by counting: comparing would take longer than the sweep.
  const starts = new Uint32Array(last - first + 2)
  for (let e = 0; e < edges.length; e += EDGE) starts[Math.floor(edges[e]!) - first + 1]!++
  for (let k = 1; k < starts.length; k++) starts[k]! += starts[k - 1]!
  const sorted = new Float64Array(edges.length)
  for (let e = 0; e < edges.length; e += EDGE) {
    const to = EDGE * starts[Math.floor(edges[e]!) - first]!++
    for (let k = 0; k < EDGE; k++) sorted[to + k] = edges[e + k]!
  }
  return sorted
}

/** Edges of a lone ring up to which all pairs are looked at: that takes less time than sorting them. */
const FEW_EDGES = 48

/** Whether no edge of a ring meets another one but its neighbours, all pairs looked at. */
const isPlain = (ring: Ring): boolean => {
  const count = ring.length
  // The boxes of the edges; plain numbers, as this is asked of every object that is read.
  const left: number[] = []
  const right: number[] = []
  const top: number[] = []
  const bottom: number[] = []
  for (let i = 0; i < count; i++) {
    const a = ring[i]!
    const b = ring[i + 1 < count ? i + 1 : 0]!
    if (foldsBack(a, b, ring[(i + 2) % count]!)) return false
    left.push(a[0] < b[0] ? a[0] : b[0])
    right.push(a[0] < b[0] ? b[0] : a[0])
    top.push(a[1] < b[1] ? a[1] : b[1])
    bottom.push(a[1] < b[1] ? b[1] : a[1])
  }
  for (let i = 0; i < count; i++) {
    const x0 = left[i]!
    const x1 = right[i]!
    const y0 = top[i]!
    const y1 = bottom[i]!
    // The last edge is the first one's neighbour.
    const end = i === 0 ? count - 1 : count
    for (let j = i + 2; j < end; j++) {
      if (left[j]! > x1 || right[j]! < x0 || top[j]! > y1 || bottom[j]! < y0) continue
      if (meet(ring[i]!, ring[i + 1]!, ring[j]!, ring[j + 1 < count ? j + 1 : 0]!)) return false
    }
  }
  return true
}

/**
 * The edges that cross or touch others than their neighbours, or run back over those: by ring, as the indexes of the
 * points that they begin at. A sweep along x: about n for outlines, n squared at worst.
 * @param most how many pairs of such edges are looked for; one says whether there is any
 */
export const entangledEdges = (rings: readonly Ring[], most = Infinity): Map<number, Set<number>> => {
  const found = new Map<number, Set<number>>()
  const count = rings.reduce((sum, ring) => sum + ring.length, 0)
  if (count === 0) return found
  if (rings.length === 1 && count <= FEW_EDGES && isPlain(rings[0]!)) return found
  const edges = sweptEdges(rings, count)
  let pairs = 0
  const add = (ring: number, edge: number) => {
    const known = found.get(ring)
    if (known) known.add(edge)
    else found.set(ring, new Set([edge]))
  }
  for (let e = 0; e < edges.length; e += EDGE) {
    const [x0, x1, y0, y1] = [edges[e]!, edges[e + 1]!, edges[e + 2]!, edges[e + 3]!]
    const end = Math.floor(x1)
    for (let f = e + EDGE; f < edges.length; f += EDGE) {
      const fx0 = edges[f]!
      if (fx0 > x1) {
        if (Math.floor(fx0) > end) break
        continue
      }
      if (edges[f + 1]! < x0 || edges[f + 2]! > y1 || edges[f + 3]! < y0) continue
      const [r, s] = [edges[e + 4]!, edges[f + 4]!]
      const [i, j] = [edges[e + 5]!, edges[f + 5]!]
      const [one, two] = [rings[r]!, rings[s]!]
      const [a, b] = [one[i]!, one[(i + 1) % one.length]!]
      const [c, d] = [two[j]!, two[(j + 1) % two.length]!]
      const last = one.length - 1
      const adjacent = r === s && (Math.abs(i - j) === 1 || (Math.abs(i - j) === last && last > 1))
      const eFirst = j === i + 1 || (i === last && j === 0)
      if (adjacent ? (eFirst ? foldsBack(a, b, d) : foldsBack(c, d, b)) : meet(a, b, c, d)) {
        add(r, i)
        add(s, j)
        if (++pairs >= most) return found
      }
    }
  }
  return found
}

/** Indexes of the rings that have such edges, ascending. */
export const entangledRings = (rings: readonly Ring[]): number[] =>
  [...entangledEdges(rings).keys()].sort((a, b) => a - b)
