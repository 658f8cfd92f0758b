/** What one image gets of an import: which objects are new, which are there, which go, and what can't be taken. */
import type { ImportRequest } from '../../../common/contract/import.ts'
import type { Problem } from '../../../common/contract/work.ts'
import { changeText, isChanged } from '../../../common/changed-picture.ts'
import { limits } from '../../../common/limits.ts'
import { isLocked } from '../../../common/locks.ts'
import type { Annotation, ImageId, ImageItem, LabelId, Shape } from '../../../common/model.ts'
import { withTag } from '../../../common/tags.ts'
import type { ReadExtras, ReadMarks } from '../../import/extras.ts'
import { fitObject } from '../../import/fit-object.ts'
import { readProblem, type LabelledImage, type ReadObject } from '../../import/objects.ts'
import type { Project } from '../../project/project.ts'
import { createSameObjects } from './same-objects.ts'

/** An object that comes new. */
interface NewObject {
  readonly label: string
  readonly shape: Shape
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
  readonly boxesLeft: number
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

interface Loaded {
  readonly objects: readonly ReadObject[]
  readonly problems: Problem[]
  readonly isReviewed: boolean
  readonly marks: readonly ReadMarks[]
}

const loadAll = async (
  sources: readonly LabelledImage[],
  path: string,
  minScore: number,
): Promise<Loaded> => {
  const objects: ReadObject[] = []
  const problems: Problem[] = []
  const marks: ReadMarks[] = []
  for (const source of sources) {
    const loaded = await source.load()
    if (loaded.marks) marks.push(loaded.marks)
    for (const problem of loaded.problems) problems.push({ ...problem, image: problem.image ?? path })
    for (const object of loaded.objects) objects.push(object)
  }
  const good = objects.filter(({ score }) => score === null || score >= minScore)
  if (good.length < objects.length)
    problems.push(
      readProblem(path, `${objects.length - good.length} objects have a score under ${minScore}.`),
    )
  const isReviewed = objects.length + problems.length === 0 && sources.every((source) => source.isReviewed)
  return { objects: good, problems, isReviewed, marks }
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

/** Why nothing can be put on the image; null when it can. */
const refusalOf = (image: ImageItem): string | null => {
  if (image.problem !== null) return image.problem
  if (image.width === null || image.height === null) return 'The image has no size.'
  return isChanged(image) ? `${changeText(image)} First choose what becomes of its objects.` : null
}

const nothing = {
  added: [],
  removed: [],
  already: 0,
  boxesLeft: 0,
  isDone: false,
  marks: null,
  changes: [],
  labels: [],
}

/** @throws CodedError what reading the labels throws, other than of one file's own fault */
export const fitImage = async (
  { store, facts }: Project,
  imageId: ImageId,
  sources: readonly LabelledImage[],
  { existing, boxes, source }: ImportRequest,
  labelIdOf: (name: string) => LabelId | null,
): Promise<ImageImport> => {
  const image = await facts.refresh(imageId)
  const {
    objects,
    problems,
    isReviewed,
    marks: given,
  } = await loadAll(sources, image.path, source.minScore ?? 0)
  const refusal = refusalOf(image)
  if (refusal !== null) {
    const lost = objects.length === 1 ? 'One object is' : `${objects.length} objects are`
    if (objects.length > 0) problems.push(readProblem(image.path, `${refusal} ${lost} left out.`))
    return { ...nothing, image, problems }
  }
  const size = { width: image.width!, height: image.height! }
  const stored = store.annotations.ofImage(imageId)
  const isLabelLocked = (id: LabelId) => store.labels.get(id)?.locked ?? false
  const removed = existing === 'replace' ? stored.filter((one) => !isLocked(one, isLabelLocked)) : []
  // A proposal is no object yet, and no reason to leave one out.
  const held = stored.filter(
    (one) => !one.proposed && (existing !== 'replace' || isLocked(one, isLabelLocked)),
  )
  if (existing === 'replace' && held.length > 0)
    problems.push(readProblem(image.path, `${held.length} of its objects are locked: they stay.`))
  const isThere = createSameObjects(held)
  const added: NewObject[] = []
  const changes: string[] = []
  const labels: string[] = []
  let [already, boxesLeft] = [0, 0]
  for (const object of objects) {
    const { label, score, where, lost, extras = {} } = object
    if (object.shape.type === 'box' && boxes === 'leave') {
      boxesLeft++
      continue
    }
    const fitted = fitObject(object, size, image.orientation ?? 1)
    if ('problem' in fitted) {
      problems.push(readProblem(image.path, `${where}: ${fitted.problem}; it is left out.`))
      continue
    }
    labels.push(label)
    if (isThere(labelIdOf(label), fitted.shape)) {
      already++
      continue
    }
    if (held.length + added.length >= limits.objectsOfImage) {
      problems.push(
        readProblem(image.path, `${where}: the image has ${limits.objectsOfImage} objects already.`),
      )
      continue
    }
    added.push({ label, shape: fitted.shape, score, extras, isBox: object.shape.type === 'box' })
    changes.push(...fitted.changes, ...(lost === undefined ? [] : [lost]))
  }
  const isEmpty = isReviewed && held.length === 0 && image.status !== 'done'
  const marks = given.length === 0 ? null : markedBy(image, given)
  return { image, added, removed, already, boxesLeft, isDone: isEmpty, marks, problems, changes, labels }
}
