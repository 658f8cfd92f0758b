/** How fast objects are made by hand, from the times of the steps in the undo log. Pure. */
import type { Pace } from '../../common/contract/statistics.ts'
import type { Step } from '../store/statistics.ts'

/**
 * A longer pause is no work. Two minutes: more than the slowest outlines by hand take (COCO's annotators needed 79 s an
 * object with a polygon tool; Lin et al. 2014, Microsoft COCO, section 4.3: 22 hours for 1,000 objects).
 */
const IDLE_SECONDS = 120

/**
 * Objects and inputs are those whose seconds are known: nobody knows how long the first step of a person took, or the
 * first after a pause.
 * @param steps of any people, in the order of their times
 * @returns null when no object was made whose seconds are known
 */
export const paceOf = (steps: readonly Step[]): Pace | null => {
  const before = new Map<string | null, number>()
  let [seconds, objects, inputs] = [0, 0, 0]
  for (const { at, author, added, prompts } of steps) {
    const last = before.get(author)
    before.set(author, at)
    const pause = last === undefined ? Infinity : (at - last) / 1000
    if (pause > IDLE_SECONDS) continue
    seconds += pause
    objects += added
    // What the model was given, and the key or gesture that stored it.
    inputs += prompts + 1
  }
  if (objects === 0) return null
  return {
    steps: steps.length,
    objects,
    seconds,
    idleSeconds: IDLE_SECONDS,
    secondsPerObject: seconds / objects,
    inputsPerObject: inputs / objects,
  }
}
