/** Stores what images get of an import: many of them in one edit, each by itself where one does not fit. */
import { noValues, seeValues, type SeenValues } from '../../../common/attributes.ts'
import type { Problem } from '../../../common/contract/work.ts'
import { diffOf, type Diff } from '../../../common/diff.ts'
import { hasCode, messageOf } from '../../../common/errors.ts'
import type { Annotation } from '../../../common/model.ts'
import { imageRecordOf, newObject } from '../../../common/new-records.ts'
import { readProblem } from '../../import/objects.ts'
import type { Project } from '../../project/project.ts'
import { makeClasses } from '../classes.ts'
import { newBeginning, numberedId } from '../../store/numbered-ids.ts'
import { defineAttributes } from './define-attributes.ts'
import type { ImageImport } from './fit-image.ts'

/** Objects and points of one edit, about: it is one message to the page. */
const MOST_OBJECTS = 4000
/** Objects of the first edit; each has twice as many as the one before: nobody waits until 4000 are read. */
const FIRST_OBJECTS = 1000
const MOST_POINTS = 150_000

export interface Portions {
  /** Keeps what an image gets, and stores what is kept when that is enough for an edit. @returns whether it did */
  add(one: ImageImport): boolean
  /** Stores what is kept, for good. */
  readonly store: () => void
  /** Stores what is left, and what the classes' objects may be told now. */
  finish(): void
}

interface PortionsOptions {
  readonly project: Pick<Project, 'store' | 'editing'>
  /** That all edits belong to. */
  readonly run: string
  /** So many objects more are stored. */
  readonly onStored: (objects: number) => void
  /** An image that could not be stored. */
  readonly onProblem: (problem: Problem) => void
}

/** Its calls throw CodedError disk-full, not-writable, project-gone: what was stored until then stays. */
export const createPortions = ({ project, run, onStored, onProblem }: PortionsOptions): Portions => {
  const { store, editing } = project
  let waiting: ImageImport[] = []
  const seen = new Map<string, SeenValues>()
  let [objects, points] = [0, 0]
  let enough = FIRST_OBJECTS

  const diffOfImages = (images: readonly ImageImport[]): Diff => {
    const idOf = new Map(store.labels.list().map(({ id, name }) => [name, id]))
    const now = Date.now()
    const beginning = newBeginning()
    let count = 0
    const added = images.flatMap(({ image, added: fresh }) =>
      fresh.map(({ label, shape, score, extras }): Annotation => ({
        id: numberedId(beginning, count++),
        imageId: image.id,
        labelId: idOf.get(label)!,
        shape,
        source: 'import',
        modelId: null,
        score,
        prompts: [],
        candidate: null,
        ...newObject,
        ...extras,
        createdAt: now,
        updatedAt: now,
      })),
    )
    const told = images.filter(({ isDone, marks }) => isDone || marks !== null)
    return diffOf({
      annotations: { added, removed: images.flatMap(({ removed }) => [...removed]) },
      images: {
        updated: told.map(({ image, isDone, marks }) => {
          const record = imageRecordOf(image)
          const { tags, flag } = marks ?? record
          return [record, { ...record, status: isDone ? 'done' : record.status, tags: [...tags], flag }]
        }),
      },
    })
  }
  const countAdded = (images: readonly ImageImport[]) =>
    images.reduce((sum, { added }) => sum + added.length, 0)
  const see = ({ label, extras }: ImageImport['added'][number]) => {
    if (extras.attributes === undefined) return
    const values = seen.get(label) ?? noValues()
    seeValues(values, extras.attributes)
    seen.set(label, values)
  }

  const commit = (images: readonly ImageImport[]) => {
    makeClasses(
      project,
      images.flatMap(({ added }) => added.map(({ label }) => label)),
      run,
      true,
    )
    editing.commitSoon(diffOfImages(images), run)
    for (const { added } of images) added.forEach(see)
    onStored(countAdded(images))
  }
  const commitOne = (one: ImageImport) => {
    try {
      commit([one])
    } catch (thrown) {
      if (!hasCode(thrown, 'conflict')) throw thrown
      onProblem(readProblem(one.image.path, messageOf(thrown)))
    }
  }
  const flush = () => {
    const images = waiting
    waiting = []
    objects = 0
    points = 0
    if (images.length === 0) return
    try {
      commit(images)
    } catch (thrown) {
      // Somebody changed one of them meanwhile: the others are none the worse for it.
      if (!hasCode(thrown, 'conflict')) throw thrown
      for (const one of images) commitOne(one)
    }
  }

  return {
    add(one) {
      if (one.added.length + one.removed.length === 0 && !one.isDone && one.marks === null) return false
      waiting.push(one)
      objects += one.added.length + one.removed.length
      for (const object of one.added) points += object.points
      const isEnough = objects >= enough || points >= MOST_POINTS || waiting.length >= enough
      if (isEnough) {
        flush()
        enough = Math.min(MOST_OBJECTS, 2 * enough)
      }
      return isEnough
    },
    store() {
      flush()
      editing.settle()
    },
    finish() {
      flush()
      defineAttributes(project, seen, run)
      editing.settle()
    },
  }
}
