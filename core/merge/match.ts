/**
 * Which objects of two people on one image are one thing, and where they differ. Owns the rules of a pair; what becomes
 * of it is resolve.ts. Pure.
 */
import type { MergeReason } from '../../common/contract/merge.ts'
import { likeness } from '../../common/geometry/overlap.ts'
import type { Annotation } from '../../common/model.ts'
import { matchObjects } from '../agreement/match-objects.ts'

/** Outlines of one object that cover each other by so much are the same outline, drawn twice. */
const SAME_IOU = 0.9

export interface ObjectPair {
  readonly here: Annotation
  readonly there: Annotation
  /** Intersection over union of their outlines, 0..1. */
  readonly iou: number
  /** In what they differ; none: they are the same. */
  readonly reasons: readonly MergeReason[]
}

export interface MatchedImage {
  readonly pairs: readonly ObjectPair[]
  readonly onlyHere: readonly Annotation[]
  readonly onlyThere: readonly Annotation[]
  /** Proposals there that nothing here covers. */
  readonly proposals: readonly Annotation[]
  /** Proposals here that give way to an object there, with that object. */
  readonly overtaken: readonly { readonly proposal: Annotation; readonly by: Annotation }[]
  /** Proposals there that an object or a proposal here covers: they are not taken. */
  readonly covered: readonly Annotation[]
}

/** Keys that both have with other values. */
const differsInAttributes = (a: Annotation, b: Annotation): boolean =>
  Object.entries(a.attributes).some(([name, value]) => {
    const other = b.attributes[name]
    return other !== undefined && other !== value
  })

const pairOf = (here: Annotation, there: Annotation, share: number): ObjectPair => ({
  here,
  there,
  iou: share,
  reasons: [
    ...(here.labelId === there.labelId ? [] : (['class'] as const)),
    ...(share < SAME_IOU ? (['shape'] as const) : []),
    ...(differsInAttributes(here, there) ? (['attributes'] as const) : []),
  ],
})

interface Rest {
  readonly pairs: readonly ObjectPair[]
  readonly onlyHere: readonly Annotation[]
  readonly onlyThere: readonly Annotation[]
}

/** Pairs what has the same key, each once. */
const pairByKey = (
  { pairs, onlyHere, onlyThere }: Rest,
  keyOf: (annotation: Annotation) => string,
  shareOf: (here: Annotation, there: Annotation) => number,
): Rest => {
  const free = new Map<string, Annotation[]>()
  for (const there of onlyThere) {
    const key = keyOf(there)
    const known = free.get(key)
    if (known) known.push(there)
    else free.set(key, [there])
  }
  const taken = new Set<Annotation>()
  const found: ObjectPair[] = []
  const left = onlyHere.filter((here) => {
    const there = free.get(keyOf(here))?.shift()
    if (there === undefined) return true
    taken.add(there)
    found.push(pairOf(here, there, shareOf(here, there)))
    return false
  })
  return {
    pairs: [...pairs, ...found],
    onlyHere: left,
    onlyThere: onlyThere.filter((there) => !taken.has(there)),
  }
}

/** The same to the last point, then those of one id (a copy of the project went on by itself), then by what they cover. */
const pairObjects = (here: readonly Annotation[], there: readonly Annotation[], least: number): Rest => {
  const exact = pairByKey(
    { pairs: [], onlyHere: here, onlyThere: there },
    ({ labelId, shape }) => `${labelId} ${JSON.stringify(shape)}`,
    () => 1,
  )
  const known = pairByKey(
    exact,
    ({ id }) => id,
    (a, b) => likeness(a.shape, b.shape),
  )
  const rest = matchObjects(known.onlyHere, known.onlyThere, least, ({ labelId }) => labelId)
  return {
    pairs: [...known.pairs, ...rest.pairs.map(({ one, other, iou: share }) => pairOf(one, other, share))],
    onlyHere: rest.onlyOne,
    onlyThere: rest.onlyOther,
  }
}

const isProposed = ({ proposed }: Annotation): boolean => proposed
const isAccepted = ({ proposed }: Annotation): boolean => !proposed

/**
 * @param there with the classes of the project here
 * @param least the smallest IoU of a pair, 0..1
 */
export const matchImage = (
  here: readonly Annotation[],
  there: readonly Annotation[],
  least: number,
): MatchedImage => {
  const objects = pairObjects(here.filter(isAccepted), there.filter(isAccepted), least)
  const [ours, theirs] = [here.filter(isProposed), there.filter(isProposed)]
  const { onlyThere: accepted } = objects
  // What a person accepted or drew there goes before what is only suggested here, and the other way round.
  const overtaken = pairObjects(ours, accepted, least).pairs.map(({ here: proposal, there: by }) => ({
    proposal,
    by,
  }))
  const gone = new Set(overtaken.map(({ proposal }) => proposal))
  const open = ours.filter((proposal) => !gone.has(proposal))
  const free = pairObjects(here.filter(isAccepted), theirs, least).onlyThere
  const alike = pairObjects(open, free, least)
  const same = alike.pairs.filter((pair) => !pair.reasons.includes('class'))
  const taken = new Set(same.map((pair) => pair.there))
  const proposals = free.filter((proposal) => !taken.has(proposal))
  const added = new Set(proposals)
  return {
    pairs: [...objects.pairs, ...same.map((pair) => ({ ...pair, reasons: [] }))],
    onlyHere: objects.onlyHere,
    onlyThere: accepted,
    proposals,
    overtaken,
    covered: theirs.filter((proposal) => !added.has(proposal) && !taken.has(proposal)),
  }
}
