/** The images of an import: what their files tell now, and the objects that the labels have for them, read some ahead. */
import { setImmediate } from 'node:timers/promises'
import { changeText, isChanged } from '../../../common/changed-picture.ts'
import type { Problem } from '../../../common/contract/work.ts'
import type { ImageId, ImageItem } from '../../../common/model.ts'
import { said } from '../../../common/said.ts'
import type { ReadMarks } from '../../import/extras.ts'
import type { ImageFrame, ImportedObject } from '../../import/fit-objects.ts'
import { readProblem } from '../../import/objects.ts'
import type { Project } from '../../project/project.ts'
import type { ImportPlan } from './plan.ts'
import type { FittedReader } from './read-fitted.ts'

type PlannedImage = ImportPlan['images'][number]

export interface ReadImage {
  readonly image: ImageItem
  /** Why nothing can be put on the image; null when it can. */
  readonly refusal: string | null
  /** Without those under the score that is asked for. */
  readonly objects: readonly ImportedObject[]
  readonly problems: readonly Problem[]
  /** The labels say that there is nothing on it. */
  readonly isReviewed: boolean
  /** What the labels say of the image. */
  readonly marks: readonly ReadMarks[]
}

const refusalOf = (image: ImageItem): string | null => {
  if (image.problem !== null) return image.problem
  if (image.width === null || image.height === null) return said('The image has no size.')
  return isChanged(image) ? `${changeText(image)} ${said('First choose what becomes of its objects.')}` : null
}

const readImage = async (
  image: ImageItem,
  { sources }: PlannedImage,
  reader: FittedReader,
  minScore: number,
): Promise<ReadImage> => {
  const refusal = refusalOf(image)
  const frame: ImageFrame | null =
    refusal === null
      ? { width: image.width!, height: image.height!, orientation: image.orientation ?? 1 }
      : null
  const objects: ImportedObject[] = []
  const problems: Problem[] = []
  const marks: ReadMarks[] = []
  for (const source of sources) {
    const loaded = await reader.read(source, frame)
    if (loaded.marks) marks.push(loaded.marks)
    for (const problem of loaded.problems) problems.push({ ...problem, image: problem.image ?? image.path })
    for (const object of loaded.objects) objects.push(object)
  }
  const good = objects.filter(({ score }) => score === null || score >= minScore)
  if (good.length < objects.length)
    problems.push(
      readProblem(
        image.path,
        said('{low, plural, one {# object} other {# objects}} with a score under {minScore}.', {
          low: objects.length - good.length,
          minScore,
        }),
      ),
    )
  const isReviewed = objects.length + problems.length === 0 && sources.every((source) => source.isReviewed)
  return { image, refusal, objects: good, problems, isReviewed, marks }
}

/**
 * Images that are read ahead: disks answer while those before are stored, and the thread that reads has enough to do for
 * as long as an edit takes. Of images with very many points fewer: what was read lies in memory.
 */
const AHEAD = 24
const AHEAD_APART = 200
const POINTS_AHEAD = 400_000

/** More points than these are never held for images to come: 24 images of four million points each are some gigabytes. */
const MOST_POINTS_AHEAD = 4_000_000

/** Before anything is known of the images, and while the thread that is to read them starts. */
const AHEAD_AT_FIRST = 2

/**
 * In the order of the plan.
 * @throws CodedError not-found, cancelled when the project was closed meanwhile; what reading the labels throws, other
 * than of one file's own fault
 */
export async function* eachImage(
  { facts, store }: Pick<Project, 'facts' | 'store'>,
  { images, reader }: Pick<ImportPlan, 'images' | 'reader'>,
  minScore = 0,
): AsyncGenerator<ReadImage> {
  const reading: Promise<ReadImage>[] = []
  let next = 0
  let heaviest: number | null = null
  const ahead = () => {
    if (heaviest === null || reader.isComing()) return AHEAD_AT_FIRST
    const wanted = reader.isApart() ? Math.min(AHEAD_APART, Math.floor(POINTS_AHEAD / heaviest)) : AHEAD
    return Math.min(Math.max(AHEAD, wanted), Math.max(1, Math.floor(MOST_POINTS_AHEAD / heaviest)))
  }
  let items = new Map<ImageId, ImageItem>()
  const itemOf = (imageId: ImageId) => {
    if (!items.has(imageId)) {
      const ids = images.slice(next, next + AHEAD_APART).map((image) => image.imageId)
      items = new Map(store.images.getMany([imageId, ...ids]).map((item) => [item.id, item]))
    }
    return items.get(imageId)
  }
  const read = async (planned: PlannedImage) => {
    const item = await facts.refresh(planned.imageId, itemOf(planned.imageId))
    const found = await readImage(item, planned, reader, minScore)
    const points = found.objects.reduce((sum, object) => sum + object.points, 0)
    heaviest = Math.max(heaviest ?? 1, points)
    return found
  }
  while (next < images.length || reading.length > 0) {
    // A thread that listens now is heard of in the next turn.
    if (reader.isComing()) await setImmediate()
    while (next < images.length && reading.length < ahead()) {
      const one = read(images[next++]!)
      // One that fails is heard of when its turn comes.
      one.catch(() => undefined)
      reading.push(one)
    }
    const first = reading.shift()
    if (first !== undefined) yield await first
  }
}
