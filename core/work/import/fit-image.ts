/** What one image gets of an import: which objects are new, which are there, which go, and what can't be taken. */
import type { ImportRequest } from '../../../common/contract/import.ts'
import type { Problem } from '../../../common/contract/work.ts'
import { limits } from '../../../common/limits.ts'
import { isLocked } from '../../../common/locks.ts'
import type { Annotation, ImageItem, LabelId, Shape } from '../../../common/model.ts'
import { withTag } from '../../../common/tags.ts'
import type { ReadExtras, ReadMarks } from '../../import/extras.ts'
import { bboxOf } from '../../../common/geometry/measure.ts'
import { said } from '../../../common/said.ts'
import { readProblem, type BoxOfObject } from '../../import/objects.ts'
import type { Project } from '../../project/project.ts'
import type { ReadImage } from './read-ahead.ts'
import { createSameObjects } from './same-objects.ts'

/** An object that comes new. */
interface NewObject {
  readonly label: string
  readonly shape: Shape
  readonly points: number
  readonly score: number | null
  readonly extras: ReadExtras
  /** The labels have its box alone. */
  readonly isBox: boolean
}

export interface ImageImport {
  readonly image: ImageItem
  readonly added: readonly NewObject[]
  readonly removed: readonly Annotation[]
  readonly already: number
  /** What the model makes masks of, pixels of the image. */
  readonly boxes: readonly BoxOfObject[]
  /** It is to be marked: the labels say that there is nothing on it. */
  readonly isDone: boolean
  /** Its tags and its flag as they are to be; null when they stay. */
  readonly marks: ReadMarks | null
  readonly problems: readonly Problem[]
  /** Sentences on what became otherwise, one for each object and change. */
  readonly changes: readonly string[]
  /** Classes of all its objects, those that are there already among them. */
  readonly labels: readonly string[]
}

/** What the image has of tags and flag stays; what the labels say comes to it. */
const markedBy = ({ tags, flag }: ImageItem, given: readonly ReadMarks[]): ReadMarks | null => {
  const all = given.reduce<ReadMarks>(
    (known, one) => ({
      tags: one.tags.reduce((list: readonly string[], tag) => withTag(list, tag), known.tags),
      flag: known.flag ?? one.flag,
    }),
    { tags, flag },
  )
  return all.flag === flag && all.tags.length === tags.length ? null : all
}

const nothing = {
  added: [],
  removed: [],
  already: 0,
  boxes: [],
  isDone: false,
  marks: null,
  changes: [],
  labels: [],
}

export const fitImage = (
  { store }: Pick<Project, 'store'>,
  { image, refusal, objects, problems: read, isReviewed, marks: given }: ReadImage,
  { existing, boxes }: ImportRequest,
): ImageImport => {
  const problems = [...read]
  if (refusal !== null) {
    const lost =
      objects.length === 1
        ? said('One object is left out.')
        : said('{objects, number} objects are left out.', { objects: objects.length })
    if (objects.length > 0) problems.push(readProblem(image.path, `${refusal} ${lost}`))
    return { ...nothing, image, problems }
  }
  const stored = image.annotationCount + image.proposedCount === 0 ? [] : store.annotations.ofImage(image.id)
  const isLabelLocked = (id: LabelId) => store.labels.get(id)?.locked ?? false
  const removed = existing === 'replace' ? stored.filter((one) => !isLocked(one, isLabelLocked)) : []
  // A proposal is no object yet, and no reason to leave one out.
  const held = stored.filter(
    (one) => !one.proposed && (existing !== 'replace' || isLocked(one, isLabelLocked)),
  )
  if (existing === 'replace' && held.length > 0)
    problems.push(
      readProblem(
        image.path,
        said('{held, number} of its objects are locked: they stay.', { held: held.length }),
      ),
    )
  const isThere = createSameObjects(held)
  // Where nothing is yet, nothing is the same.
  const idOf = new Map(held.length === 0 ? [] : store.labels.list().map(({ id, name }) => [name, id]))
  const added: NewObject[] = []
  const changes: string[] = []
  const labels: string[] = []
  const forMasks: BoxOfObject[] = []
  let already = 0
  for (const object of objects) {
    const { label, score, where, lost, isBox, points, fitted, extras = {} } = object
    if ('problem' in fitted) {
      problems.push(
        readProblem(
          image.path,
          said('{where}: {problem}; it is left out.', { where, problem: fitted.problem }),
        ),
      )
      continue
    }
    labels.push(label)
    if (isBox && boxes === 'masks') {
      const { x, y, width, height } = bboxOf(fitted.shape)
      forMasks.push({
        label,
        box: [x, y, x + width, y + height],
        unit: 'pixel',
        score,
        extras,
        size: null,
        where,
      })
      continue
    }
    if (isThere(idOf.get(label) ?? null, fitted.shape)) {
      already++
      continue
    }
    if (held.length + added.length >= limits.objectsOfImage) {
      problems.push(
        readProblem(
          image.path,
          said('{where}: the image has {objectsOfImage, number} objects already.', {
            where,
            objectsOfImage: limits.objectsOfImage,
          }),
        ),
      )
      continue
    }
    added.push({ label, shape: fitted.shape, points, score, extras, isBox })
    changes.push(...fitted.changes, ...(lost === undefined ? [] : [lost]))
  }
  const isEmpty = isReviewed && held.length === 0 && image.status !== 'done'
  const marks = given.length === 0 ? null : markedBy(image, given)
  return {
    image,
    added,
    removed,
    already,
    boxes: forMasks,
    isDone: isEmpty,
    marks,
    problems,
    changes,
    labels,
  }
}
