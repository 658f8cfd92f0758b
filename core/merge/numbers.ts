/** Groups and tracks of two projects: their numbers mean something in their own project only. Owns that different things keep different numbers. */
import { maxOf } from '../../common/extremes.ts'
import type { Annotation } from '../../common/model.ts'
import type { ReadStore } from '../store/read-store.ts'
import type { MergePlan, PlannedImage } from './plan.ts'
import type { Numbers } from './resolve.ts'

/** A number there keeps its value where nothing here has it; else it gets the next free one. */
const createMapping = (known: ReadonlyMap<number, number>, taken: ReadonlySet<number>) => {
  const mapping = new Map(known)
  const used = new Set([...taken, ...known.values()])
  let next = Math.max(0, maxOf([...used])) + 1
  return (there: number): number => {
    const before = mapping.get(there)
    if (before !== undefined) return before
    let here = there
    if (used.has(there)) {
      while (used.has(next)) next += 1
      here = next
    }
    used.add(here)
    mapping.set(there, here)
    return here
  }
}

const numbersOf = (objects: Iterable<Annotation>, key: 'groupId' | 'trackId'): Set<number> => {
  const found = new Set<number>()
  for (const { [key]: number } of objects) if (number !== null) found.add(number)
  return found
}

export interface NumbersOfMerge {
  ofImage(
    image: PlannedImage,
    ours: ReadonlyMap<string, Annotation>,
    theirs: ReadonlyMap<string, Annotation>,
  ): Numbers
}

/** Tracks go through all images, groups are an image's own. Images are read for tracks when the first one comes. */
export const createNumbers = (plan: MergePlan, here: ReadStore): NumbersOfMerge => {
  let track: ((there: number) => number) | null = null
  const tracks = () => {
    if (track === null) {
      const taken = new Set<number>()
      for (const id of here.images.ids())
        for (const one of numbersOf(here.annotations.ofImage(id), 'trackId')) taken.add(one)
      track = createMapping(plan.tracks, taken)
    }
    return track
  }
  return {
    ofImage({ pairs }, ours, theirs) {
      const same = new Map<number, number>()
      for (const pair of pairs) {
        const [one, two] = [ours.get(pair.here)?.groupId ?? null, theirs.get(pair.there)?.groupId ?? null]
        if (one !== null && two !== null && !same.has(two)) same.set(two, one)
      }
      return {
        group: createMapping(same, numbersOf(ours.values(), 'groupId')),
        track: (there) => tracks()(there),
      }
    },
  }
}
