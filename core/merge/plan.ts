/**
 * What a merge will do, image by image, before anything is stored. Owns the order of the decisions: classes, images,
 * objects. Objects are kept by their ids alone, so that two large projects need not be in memory at once.
 */
import { setImmediate } from 'node:timers/promises'
import type { MergeChoice, MergeRequest, MergeRule } from '../../common/contract/merge.ts'
import { CodedError } from '../../common/errors.ts'
import { isLocked } from '../../common/locks.ts'
import type { Annotation, AnnotationId, ImageId, ImageItem } from '../../common/model.ts'
import { planClasses, type ClassPlan } from './classes.ts'
import { matchImage, type ObjectPair } from './match.ts'
import type { OtherProject } from './other-project.ts'
import { pairProjects, type ImagePair, type MergeSide, type PairedProjects } from './pair-projects.ts'
import { createReport, type ReportMaker } from './report.ts'
import { said } from '../../common/said.ts'

type MergeAsked = Omit<MergeRequest, 'other'>

interface PlannedPair extends Pick<ObjectPair, 'reasons' | 'iou'> {
  readonly here: AnnotationId
  readonly there: AnnotationId
  /** What was decided, or the rule; null: nobody has said. */
  readonly choice: MergeChoice | null
  /** The object here is locked: it stays as it is. */
  readonly isHeld: boolean
}

export interface PlannedImage {
  readonly pair: ImagePair
  readonly pairs: readonly PlannedPair[]
  /** Objects and proposals there that come new. */
  readonly added: readonly AnnotationId[]
  readonly overtaken: readonly { readonly proposal: AnnotationId; readonly by: AnnotationId }[]
  /** The objects after the merge are those of that side. */
  readonly isAsHere: boolean
  readonly isAsThere: boolean
}

export interface MergePlan {
  readonly classes: ClassPlan
  readonly images: readonly PlannedImage[]
  readonly paired: PairedProjects
  /** Tracks there -> here, of objects that are the same. */
  readonly tracks: ReadonlyMap<number, number>
  readonly rule: MergeRule
  readonly report: ReportMaker
}

export interface MergeControl {
  /** Waits while it is paused, after `store`. @throws CodedError cancelled, and what `store` throws */
  ready(store?: () => void): Promise<void>
  begin(total: number): void
  step(): void
}

/** Images after which others have their turn. */
const AT_ONCE = 20

const keyOf = (imageId: ImageId, here: AnnotationId, there: AnnotationId) => `${imageId} ${here} ${there}`

/** The objects there with the classes here; what can't be read is told. */
export const objectsThere = (
  { store }: Pick<OtherProject, 'store'>,
  { hereOf }: ClassPlan,
  { id }: Pick<ImageItem, 'id'>,
) => {
  const { annotations, damaged } = store.annotations.readImage(id)
  const known: Annotation[] = []
  let lost = damaged.length
  for (const annotation of annotations) {
    const label = hereOf.get(annotation.labelId)
    if (label === undefined) lost += 1
    else known.push({ ...annotation, labelId: label.id })
  }
  return { objects: known, lost }
}

/** @throws CodedError cancelled, bad-input, conflict when nobody says what becomes of what differs */
export const planMerge = async (
  here: MergeSide,
  other: OtherProject,
  asked: MergeAsked,
  control: MergeControl,
): Promise<MergePlan> => {
  const labels = here.store.labels.list()
  const classes = planClasses(labels, usedClasses(other), new Set(asked.apart))
  const paired = await pairProjects(here, other, () => control.ready())
  const decided = new Map(
    asked.decisions.map(({ imageId, here: a, there: b, choice }) => [keyOf(imageId, a, b), choice]),
  )
  const rule = asked.rule === 'ask' ? null : asked.rule
  const tracks = new Map<number, number>()
  const locked = new Set(labels.flatMap((label) => (label.locked ? [label.id] : [])))
  const report = createReport({ here, other, classes, paired, most: asked.most })
  const images: PlannedImage[] = []
  control.begin(paired.pairs.length)
  for (const [index, pair] of paired.pairs.entries()) {
    if (index % AT_ONCE === 0) await setImmediate()
    await control.ready()
    const ours = here.store.annotations.ofImage(pair.here.id)
    const { objects: theirs, lost } = objectsThere(other, classes, pair.there)
    const matched = matchImage(ours, theirs, asked.iou)
    const isHeld = (object: Annotation) => isLocked(object, (id) => locked.has(id))
    const pairs = matched.pairs.map((one): PlannedPair => {
      const said = decided.get(keyOf(pair.here.id, one.here.id, one.there.id)) ?? rule
      const held = isHeld(one.here)
      const choice = held && said === 'there' ? 'here' : said
      if (one.here.trackId !== null && one.there.trackId !== null)
        tracks.set(one.there.trackId, tracks.get(one.there.trackId) ?? one.here.trackId)
      report.pair(pair.here, one, choice, held)
      return {
        here: one.here.id,
        there: one.there.id,
        reasons: one.reasons,
        iou: one.iou,
        choice,
        isHeld: held,
      }
    })
    const overtaken = matched.overtaken.filter(({ proposal }) => !proposal.locked)
    const kept = pairs.filter(({ choice, reasons }) => reasons.length > 0 && choice === 'both')
    const added = [...matched.onlyThere, ...matched.proposals].map(({ id }) => id)
    report.image(pair, { ...matched, overtaken }, lost)
    const hasOther = (choice: MergeChoice) =>
      pairs.some((one) => one.reasons.length > 0 && one.choice !== choice)
    images.push({
      pair,
      pairs,
      added: [...added, ...kept.map(({ there }) => there)],
      overtaken: overtaken.map(({ proposal, by }) => ({ proposal: proposal.id, by: by.id })),
      isAsHere: matched.onlyThere.length === 0 && !hasOther('here'),
      isAsThere: matched.onlyHere.length === 0 && !hasOther('there'),
    })
    control.step()
  }
  return { classes, images, paired, tracks, rule: asked.rule, report }
}

/** Not the class that a project begins with, when nothing there has it. */
const usedClasses = ({ store }: OtherProject) => {
  const labels = store.labels.list()
  const [first, second] = labels
  const isUnused = second === undefined && first !== undefined && store.annotations.count() === 0
  return isUnused ? [] : labels
}

/** @throws CodedError conflict when something differs of which nobody has said what becomes of it */
export const checkDecided = ({ report }: MergePlan): void => {
  const { undecided } = report.counts().objects
  if (undecided > 0)
    throw new CodedError(
      'conflict',
      said(
        '{undecided, plural, one {# difference is} other {# differences are}} not decided. Decide them one by one, or choose a rule for all. Nothing was changed.',
        { undecided },
      ),
    )
}
