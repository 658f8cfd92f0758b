/** What joining, subtracting and intersecting two large objects takes. */
import { intersectShapes, joinShapes, subtractShape } from '../common/geometry/boolean.ts'
import type { Polygon } from '../common/model.ts'
import { roundOutline } from '../test/support/make-objects.ts'
import { createRandom } from '../test/support/random.ts'

/** Vertices of each. */
export const OF_BOOLEANS = 1000

/** Ms, three a run; two runs before them are not told. */
export const booleanTimes = (runs: number): number[] => {
  const random = createRandom(11)
  const around = (x: number): Polygon => ({
    type: 'polygon',
    parts: [{ outer: roundOutline(x, 500, 400, OF_BOOLEANS, random), holes: [] }],
  })
  const times: number[] = []
  for (let run = -2; run < runs; run++) {
    const [a, b] = [around(450), around(650)]
    for (const combine of [
      () => joinShapes([a, b]),
      () => subtractShape(a, [b]),
      () => intersectShapes([a, b]),
    ]) {
      const start = performance.now()
      combine()
      if (run >= 0) times.push(performance.now() - start)
    }
  }
  return times
}
