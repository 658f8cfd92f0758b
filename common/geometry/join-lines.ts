/** Open lines made into one, end to end. Pure. */
import type { Polyline } from '../model.ts'

type Place = Polyline['points'][number]

const far = (a: Place, b: Place) => Math.hypot(a[0] - b[0], a[1] - b[1])

/** Ends that are nearer than this are one point, image pixels. */
const SAME = 0.01

/** The line that comes next, turned so that it goes on from the last point. */
const onto = (line: readonly Place[], next: readonly Place[]): Place[] =>
  far(line.at(-1)!, next[0]!) < SAME ? [...line, ...next.slice(1)] : [...line, ...next]

/**
 * Each next line is the one whose end is nearest to an end of what is joined by then; a gap is closed by a straight
 * stretch, and ends in the same place become one point. The first line's direction stays.
 * @param others in any order and direction
 */
export const joinedLines = (first: Polyline, others: readonly Polyline[]): Polyline => {
  let line: Place[] = [...first.points]
  const left = others.map(({ points }) => points)
  while (left.length > 0) {
    const ways = left.flatMap((points, at) => {
      const back = points.toReversed()
      return [points, back].flatMap((next) => [
        { at, gap: far(line.at(-1)!, next[0]!), made: () => onto(line, next) },
        { at, gap: far(next.at(-1)!, line[0]!), made: () => onto(next, line) },
      ])
    })
    const best = ways.reduce((a, b) => (b.gap < a.gap ? b : a))
    line = best.made()
    left.splice(best.at, 1)
  }
  return { type: 'polyline', points: line }
}
