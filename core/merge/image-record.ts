/** What is said of an image by two people, put together. Owns the rules of done, flag, review, tags and split. Pure. */
import type { MergeChoice } from '../../common/contract/merge.ts'
import { limits } from '../../common/limits.ts'
import type { ImageRecord, Side } from '../../common/model.ts'
import { imageRecordOf } from '../../common/new-records.ts'
import { said } from '../../common/said.ts'

/** What is tested on is never trained on: the stricter use wins where nobody says. */
const strictest: readonly Side[] = ['test', 'val', 'train']

export interface RecordFacts {
  /** Somebody has labelled it there or here: it has objects, or is done. */
  readonly isTouchedHere: boolean
  readonly isTouchedThere: boolean
  /** The objects that it has after the merge are those of that side. */
  readonly isAsHere: boolean
  readonly isAsThere: boolean
  /** Objects of which it was not decided whose word counts are kept as both: somebody has to look. */
  readonly isOpen: boolean
}

const doneOf = (here: ImageRecord, there: ImageRecord, facts: RecordFacts): ImageRecord['status'] => {
  if (facts.isOpen) return 'todo'
  const isDone = (record: ImageRecord, isTouched: boolean) => record.status === 'done' || !isTouched
  const both = isDone(here, facts.isTouchedHere) && isDone(there, facts.isTouchedThere)
  return both && (here.status === 'done' || there.status === 'done') ? 'done' : 'todo'
}

/** Notes of both, each once, in the order of their letters. */
const flagOf = (here: string | null, there: string | null): string | null => {
  if (here === null || there === null) return here ?? there
  const notes = [...new Set([...here.split(' | '), ...there.split(' | ')])].filter((note) => note !== '')
  return notes.sort().join(' | ').slice(0, limits.note)
}

const sideOf = (here: Side | null, there: Side | null, choice: MergeChoice | null): Side | null => {
  if (here === null || there === null) return here ?? there
  if (choice === 'here') return here
  if (choice === 'there') return there
  return strictest.find((side) => side === here || side === there) ?? null
}

const reviewOf = (here: ImageRecord, there: ImageRecord, facts: RecordFacts): ImageRecord['reviewed'] => {
  // Nobody has looked at what is on neither side. A review without a name would be signed by whoever merges.
  const holding = [
    ...(facts.isAsHere && here.reviewed !== null ? [here.reviewed] : []),
    ...(facts.isAsThere && there.reviewed !== null && there.reviewed.by !== '' ? [there.reviewed] : []),
  ]
  return holding.sort((a, b) => (a.by === b.by ? a.at - b.at : a.by < b.by ? -1 : 1))[0] ?? null
}

const sideText = (side: Side | null) => side ?? 'none'

/** @returns the record, and what of it is otherwise than one of the two has it, in words */
export const mergeRecords = (
  here: ImageRecord,
  there: ImageRecord,
  facts: RecordFacts,
  choice: MergeChoice | null,
): { readonly record: ImageRecord; readonly notes: readonly string[] } => {
  const tags = [...new Set([...here.tags, ...there.tags])].sort((a, b) => a.localeCompare(b))
  const record: ImageRecord = {
    ...imageRecordOf(here),
    status: doneOf(here, there, facts),
    flag: flagOf(here.flag, there.flag),
    side: sideOf(here.side, there.side, choice),
    reviewed: reviewOf(here, there, facts),
    tags: tags.slice(0, limits.tagsOfImage),
    stretch: here.stretch ?? there.stretch,
  }
  const isLost = (review: ImageRecord['reviewed']) => review !== null && record.reviewed?.by !== review.by
  const notes = [
    ...(record.status === 'todo' && (here.status === 'done' || there.status === 'done')
      ? [said('done on one side alone: it is to do.')]
      : []),
    ...(here.side !== null && there.side !== null && here.side !== there.side
      ? [
          said('split: {here} here, {there} there; it is {side}.', {
            here: sideText(here.side),
            there: sideText(there.side),
            side: sideText(record.side),
          }),
        ]
      : []),
    ...[here, there].flatMap(({ reviewed }) =>
      reviewed !== null && isLost(reviewed)
        ? [
            said('the review by {name} does not hold.', {
              name: reviewed.by === '' ? said('somebody without a name') : reviewed.by,
            }),
          ]
        : [],
    ),
    ...(tags.length > limits.tagsOfImage
      ? [said('{count, number} tags are too many and left out.', { count: tags.length - limits.tagsOfImage })]
      : []),
  ]
  return { record, notes }
}
