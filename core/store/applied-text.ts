/**
 * An `edit.applied` as its JSON, for a wire that copies texts faster than lists of lists. Outlines that came as text, as
 * an import's do, are taken as they are.
 */
import type { EventPayload } from '../../common/contract.ts'
import { textOfDiff } from './edit-text.ts'
import { createShapeTexts } from './shape-texts.ts'

/** The same text that JSON.stringify would make, but for the order of names. */
export const textOfApplied = (payload: EventPayload<'edit.applied'>): string => {
  const { diff, ...rest } = payload
  const texts = createShapeTexts()
  const added = diff.annotations.added.map((one) => texts.ofWhole(one))
  return `{"name":"edit.applied","payload":{"diff":${textOfDiff(diff, added)},${JSON.stringify(rest).slice(1)}}`
}
