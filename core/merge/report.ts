/** Tells of every decision of a merge: counts of all, differences and lines as many as are asked for. */
import type { MergeChoice, MergeConflict, MergeReport } from '../../common/contract/merge.ts'
import { countVertices } from '../../common/geometry/measure.ts'
import type { Annotation, ImageItem } from '../../common/model.ts'
import type { ClassPlan } from './classes.ts'
import type { MatchedImage, ObjectPair } from './match.ts'
import type { OtherProject } from './other-project.ts'
import type { ImagePair, MergeSide, PairedProjects } from './pair-projects.ts'
import { said } from '../../common/said.ts'

export interface ReportMaker {
  pair(image: ImageItem, pair: ObjectPair, choice: MergeChoice | null, isHeld: boolean): void
  image(pair: ImagePair, matched: MatchedImage, lost: number): void
  /** Of an image, or of all. */
  line(image: string | null, message: string): void
  /** An image's state, flag, review, tags or side become others. */
  changed(): void
  counts(): Pick<MergeReport, 'objects' | 'images'>
  result(): MergeReport
}

interface ReportParts {
  readonly here: MergeSide
  readonly other: OtherProject
  readonly classes: ClassPlan
  readonly paired: PairedProjects
  readonly most: number
}

/** Shapes of all differences that are listed, points: they are one message to the page. */
const MOST_POINTS = 400_000

export const createReport = ({ here, other, classes, paired, most }: ReportParts): ReportMaker => {
  const conflicts: MergeConflict[] = []
  const lines: MergeReport['lines'] = []
  let lineCount = 0
  let points = 0
  const objects = {
    same: 0,
    onlyHere: 0,
    onlyThere: 0,
    conflicts: 0,
    undecided: 0,
    byHere: 0,
    byThere: 0,
    byBoth: 0,
    leftThere: paired.onlyThere.reduce((sum, { annotationCount }) => sum + annotationCount, 0),
  }
  const images = {
    both: paired.pairs.length + paired.leftOut.length,
    onlyHere: paired.onlyHere.length,
    onlyThere: paired.onlyThere.length,
    byPath: paired.pairs.filter(({ isByPath }) => isByPath).length,
    leftOut: paired.leftOut.length,
    changed: 0,
  }
  const proposals = { added: 0, covered: 0, overtaken: 0 }
  const labelOf = new Map(
    [...here.store.labels.list(), ...classes.added].map((label) => [label.id, label] as const),
  )
  const told = (annotation: Annotation, author: string | null): MergeConflict['here'] => {
    const label = labelOf.get(annotation.labelId)
    const { id, shape, attributes } = annotation
    return { id, shape, attributes, label: label?.name ?? '', color: label?.color ?? '#888888', author }
  }
  const line = (image: string | null, message: string) => {
    lineCount += 1
    if (lines.length < most) lines.push({ image, message })
  }
  for (const message of classes.notes) line(null, message)
  for (const { there, here: twin, isCaseTwin } of classes.told)
    if (isCaseTwin)
      line(
        null,
        said('class {there} there is class {here} here: the names differ in case alone.', {
          there,
          here: twin ?? '',
        }),
      )
  for (const { pair, message } of paired.leftOut)
    line(pair.here.path, said('left out: {why}', { why: message }))
  for (const { image, message } of paired.notes) line(image, message)
  for (const { path, annotationCount } of paired.onlyThere)
    if (annotationCount > 0)
      line(
        path,
        said(
          'is only there: its {objects, plural, one {# object} other {# objects}} can’t come without the photo.',
          { objects: annotationCount },
        ),
      )
  for (const { here: one, isByPath } of paired.pairs)
    if (isByPath)
      line(one.path, said('is another file there of the same path and size: taken for the same picture.'))

  const decide = (choice: MergeChoice | null) => {
    if (choice === null) objects.undecided += 1
    else if (choice === 'here') objects.byHere += 1
    else if (choice === 'there') objects.byThere += 1
    else objects.byBoth += 1
  }

  return {
    pair(image, { here: one, there: two, reasons, iou }, choice, isHeld) {
      if (reasons.length === 0) {
        if (!one.proposed) objects.same += 1
        else proposals.covered += 1
        return
      }
      objects.conflicts += 1
      decide(choice)
      points += countVertices(one.shape) + countVertices(two.shape)
      if (conflicts.length >= most || points > MOST_POINTS) return
      // By the image there: the pair knows it by its own id.
      conflicts.push({
        imageId: image.id,
        image: image.path,
        reasons: [...reasons],
        iou,
        here: told(one, here.store.authors.ofImage(image.id)(one.id)),
        there: told(two, other.store.authors.ofImage(two.imageId)(two.id)),
        isHeld,
        choice,
      })
    },
    image({ here: { path } }, { onlyHere, onlyThere, proposals: added, covered, overtaken }, lost) {
      objects.onlyHere += onlyHere.length
      objects.onlyThere += onlyThere.length
      proposals.added += added.length
      proposals.covered += covered.length
      proposals.overtaken += overtaken.length
      const locks = onlyThere.filter(({ locked }) => locked).length
      if (locks > 0)
        line(
          path,
          said('{locks, plural, one {# object} other {# objects}} locked there come unlocked.', { locks }),
        )
      if (covered.length > 0)
        line(
          path,
          said(
            '{covered, plural, one {# proposal} other {# proposals}} there: an object here lies there already.',
            { covered: covered.length },
          ),
        )
      if (overtaken.length > 0)
        line(
          path,
          said('{overtaken, plural, one {# proposal} other {# proposals}} here gave way to objects there.', {
            overtaken: overtaken.length,
          }),
        )
      if (lost > 0)
        line(
          path,
          said('{lost, plural, one {# object} other {# objects}} there can’t be read and stay there.', {
            lost,
          }),
        )
    },
    line,
    changed() {
      images.changed += 1
    },
    counts: () => ({ objects, images }),
    result: () => ({
      file: other.file,
      images,
      objects,
      proposals,
      classes: [...classes.told],
      conflicts,
      lines,
      lineCount,
    }),
  }
}
