/**
 * Takes apart what `join.ts` and other converters put together: a ring whose parts and holes hang on lines of no width
 * becomes its rings again. Pure.
 */
import type { Ring } from '../model.ts'

type Vertex = Ring[number]

const keyOf = (a: Vertex, b: Vertex) => `${a[0]},${a[1]} ${b[0]},${b[1]}`

/** Rings of more points are not looked at: a line of no width needs some hundred at most, and time is squared. */
const MOST = 20_000

/** Without points that repeat the one before, the first one's repetition at the end among them. */
const withoutRepeats = (ring: Ring): Ring => {
  const isSame = (a: Vertex | undefined, b: Vertex | undefined) => a?.[0] === b?.[0] && a?.[1] === b?.[1]
  const kept = ring.filter((point, index) => index === 0 || !isSame(point, ring[index - 1]))
  while (kept.length > 1 && isSame(kept[0], kept.at(-1))) kept.pop()
  return kept
}

/** Points up to which all pairs are looked at: that takes less time than a set of them. */
const FEW = 48

const repeats = (ring: Ring): boolean => {
  for (let i = 1; i < ring.length; i++) {
    const point = ring[i]!
    const [x, y] = [point[0], point[1]]
    for (let j = 0; j < i; j++) if (ring[j]![0] === x && ring[j]![1] === y) return true
  }
  return false
}

/** Whether a place may come twice: a line that is walked back begins and ends at such places. Cheap, and mostly no. */
const mayRepeat = (ring: Ring): boolean => {
  if (ring.length <= FEW) return repeats(ring)
  const seen = new Set<number>()
  for (const [x, y] of ring) {
    const mark = x * 4096.5 + y
    if (seen.has(mark)) return true
    seen.add(mark)
  }
  return false
}

/** The first edge that is walked back later: from `at` to the next point, and at `back` the other way. */
const findBridge = (ring: Ring): { readonly at: number; readonly back: number } | null => {
  const seen = new Map<string, number>()
  for (let i = 0; i < ring.length; i++) {
    const [a, b] = [ring[i]!, ring[(i + 1) % ring.length]!]
    const at = seen.get(keyOf(b, a))
    if (at !== undefined) return { at, back: i }
    seen.set(keyOf(a, b), i)
  }
  return null
}

/**
 * The rings that hang together in one; the ring itself, without repeated points, when no line of it is walked both ways.
 * Rings of fewer than three points are left out: they enclose nothing.
 */
export const splitRing = (given: Ring): Ring[] => {
  if (given.length >= 3 && given.length <= MOST && !mayRepeat(given)) return [given]
  const waiting = [withoutRepeats(given)]
  if (given.length > MOST) return waiting
  const rings: Ring[] = []
  for (let ring = waiting.pop(); ring !== undefined; ring = waiting.pop()) {
    const bridge = ring.length < 4 || !mayRepeat(ring) ? null : findBridge(ring)
    if (bridge === null) {
      if (ring.length >= 3) rings.push(ring)
      continue
    }
    const { at, back } = bridge
    // a .. ring[at] | ring[at + 1] .. ring[back] | ring[back + 1] ..: the middle is the ring at the bridge's far end.
    const middle = ring.slice(at + 1, back + 1)
    const rest = [...ring.slice(0, at + 1), ...ring.slice(back + 1)]
    waiting.push(withoutRepeats(middle), withoutRepeats(rest))
  }
  return rings
}
