/** What becomes of a pair of objects: the record that is kept here. Owns what is taken from which side. Pure. */
import type { MergeChoice } from '../../common/contract/merge.ts'
import type { Annotation } from '../../common/model.ts'
import { canonicalJson } from '../store/json.ts'
import type { ObjectPair } from './match.ts'

/** The outline and how it was made, which belong together. */
const makingOf = ({ shape, source, modelId, score, prompts, candidate, consistency, mask }: Annotation) => ({
  shape,
  source,
  modelId,
  score,
  prompts,
  candidate,
  ...(consistency === undefined ? {} : { consistency }),
  ...(mask === undefined ? {} : { mask }),
})

/**
 * Which of two outlines of the same object is taken where nobody says: one with its mask, which can still be given more
 * detail, else by their texts. A rule without sides, so that A with B is B with A; and without clocks.
 */
const isBetter = (a: Annotation, b: Annotation): boolean => {
  const masked = Number(a.mask !== undefined) - Number(b.mask !== undefined)
  return masked === 0 ? canonicalJson(makingOf(a)) > canonicalJson(makingOf(b)) : masked > 0
}

/** @param groups numbers of the other project -> those here */
export interface Numbers {
  readonly group: (there: number) => number
  readonly track: (there: number) => number
}

const mapped = (number: number | null, map: (there: number) => number) =>
  number === null ? null : map(number)

/** An object there as it comes new. A lock is a person's own: it stays where it was set. */
export const arriving = (there: Annotation, imageId: number, id: string, numbers: Numbers): Annotation => ({
  ...there,
  id,
  imageId,
  locked: false,
  groupId: mapped(there.groupId, numbers.group),
  trackId: mapped(there.trackId, numbers.track),
})

const withMaking = (here: Annotation, there: Annotation): Annotation => {
  const taken = { ...here, ...makingOf(there), updatedAt: there.updatedAt }
  if (there.mask === undefined) delete taken.mask
  if (there.consistency === undefined) delete taken.consistency
  return taken
}

/**
 * The object here after the pair was decided. The very record when nothing changes.
 * @param choice what was decided of a pair that differs, or the rule for all; null: nobody says
 */
export const resolvePair = (
  { here, there, reasons }: ObjectPair,
  choice: MergeChoice | null,
  numbers: Numbers,
): Annotation => {
  const isConflict = reasons.length > 0
  if (isConflict && choice !== 'here' && choice !== 'there') return here
  const takesThere = choice === 'there' || (choice !== 'here' && isBetter(there, here))
  const isTaken = takesThere && canonicalJson(makingOf(here)) !== canonicalJson(makingOf(there))
  const base = isTaken ? withMaking(here, there) : here
  const attributes =
    choice === 'there'
      ? { ...here.attributes, ...there.attributes }
      : { ...there.attributes, ...here.attributes }
  const merged: Annotation = {
    ...base,
    labelId: choice === 'there' ? there.labelId : here.labelId,
    attributes,
    groupId: here.groupId ?? mapped(there.groupId, numbers.group),
    trackId: here.trackId ?? mapped(there.trackId, numbers.track),
  }
  return canonicalJson(merged) === canonicalJson(here) ? here : merged
}
