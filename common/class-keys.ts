/**
 * The digits that pick each class: those that were set by hand, and for the others those of their place in the list, one
 * digit up to 9, two from 10 to 99. Pure.
 */
import type { Label, LabelId } from './model.ts'

/** The last place that two digits reach. */
const LAST = 99

/** A class without digits is not in it: it lies too far down, or a class that was given its digits has them. */
export const keysOfLabels = (labels: readonly Pick<Label, 'id' | 'key'>[]): ReadonlyMap<LabelId, string> => {
  const set = new Set(labels.flatMap(({ key }) => (key === null ? [] : [key])))
  const keys = new Map<LabelId, string>()
  const given = new Set<string>()
  labels.forEach(({ id, key }, place) => {
    const own = key ?? (place < LAST && !set.has(String(place + 1)) ? String(place + 1) : null)
    // Two classes that came with the same digits: the first has them.
    if (own === null || given.has(own)) return
    given.add(own)
    keys.set(id, own)
  })
  return keys
}

/** The class that the digits pick; null when none has them. */
export const labelOfKey = <T extends Pick<Label, 'id' | 'key'>>(
  labels: readonly T[],
  key: string,
): T | null => {
  const keys = keysOfLabels(labels)
  return labels.find(({ id }) => keys.get(id) === key) ?? null
}
