/** What a run of boxes to masks has to do: which boxes belong to which image, and which were taken already. Pure. */
import { createHash } from 'node:crypto'
import type { Problem } from '../../../common/contract/work.ts'
import type { Annotation, AnnotationId, BoxPrompt, ImageId, ImageItem } from '../../../common/model.ts'
import { createImageFinder } from '../../import/find-image.ts'
import type { ReadExtras } from '../../import/extras.ts'
import { readProblem, type BoxOfObject, type ReadLabels, type ReadObject } from '../../import/objects.ts'
import { promptOfBox } from './prompt.ts'
import { said } from '../../../common/said.ts'

export interface Plan {
  /** Images of the scope that have boxes, in the order of the project. */
  readonly images: readonly { readonly imageId: ImageId; readonly boxes: readonly BoxOfObject[] }[]
  readonly problems: readonly Problem[]
  /** What to know about the whole. */
  readonly notes: readonly string[]
}

/** The box is all that the model is asked with; outlines would only take memory. */
const withoutShape = ({ label, box, unit, score, size, where, extras }: ReadObject): BoxOfObject => ({
  label,
  box,
  unit,
  score,
  size,
  where,
  ...(extras === undefined ? {} : { extras }),
})

const reducedNotes = (polygons: number, masks: number): string[] => {
  if (polygons + masks === 0) return []
  if (masks === 0)
    return [
      said(
        '{polygons, plural, one {# polygon was reduced to its box} other {# polygons were reduced to their boxes}}.',
        { polygons },
      ),
    ]
  if (polygons === 0)
    return [
      said(
        '{masks, plural, one {# mask was reduced to its box} other {# masks were reduced to their boxes}}.',
        { masks },
      ),
    ]
  return [
    said(
      '{polygons, plural, one {# polygon} other {# polygons}} and {masks, plural, one {# mask} other {# masks}} were reduced to their boxes.',
      { polygons, masks },
    ),
  ]
}

/**
 * @param images all of the project, so that a name that is in it and not in the scope is no problem
 * @param scope the ids to work on
 */
export const planBoxes = (
  read: ReadLabels,
  images: readonly ImageItem[],
  scope: ReadonlySet<ImageId>,
  minScore: number,
): Plan => {
  const find = createImageFinder(images)
  const byImage = new Map<ImageId, BoxOfObject[]>()
  const problems = [...read.problems]
  const reduced = { polygon: 0, mask: 0 }
  for (const { name, isNumber, objects } of read.images) {
    const found = find(name, isNumber)
    if ('problem' in found) {
      if (objects.length > 0) problems.push(readProblem(name, found.problem))
      continue
    }
    const { id, path } = found.image
    if (!scope.has(id)) continue
    const good = objects.filter(({ score }) => score === null || score >= minScore)
    if (good.length < objects.length)
      problems.push(
        readProblem(
          path,
          said('{boxes, number} boxes have a score under {minScore}.', {
            boxes: objects.length - good.length,
            minScore,
          }),
        ),
      )
    for (const { shape } of good) {
      if (shape.type === 'mask' || shape.type === 'raster') reduced.mask++
      else if (shape.type !== 'box') reduced.polygon++
    }
    byImage.set(id, [...(byImage.get(id) ?? []), ...good.map(withoutShape)])
  }
  const planned = images.flatMap(({ id }) => {
    const boxes = byImage.get(id) ?? []
    return boxes.length > 0 ? [{ imageId: id, boxes }] : []
  })
  return { images: planned, problems, notes: reducedNotes(reduced.polygon, reduced.mask) }
}

/** Hundredths of a pixel: the same box read again is the same. */
const placeOf = ({ x0, y0, x1, y1 }: BoxPrompt) => [x0, y0, x1, y1].map((value) => value.toFixed(2)).join(' ')

const ID_START = 'box-'

/**
 * The id of the object that a box becomes. It tells the box, so that a run that was cut off knows what it made,
 * whatever has become of the object's class, shape or prompts since.
 */
const idOf = (start: string, imageId: ImageId, label: string, prompt: BoxPrompt): AnnotationId =>
  start +
  createHash('sha256')
    .update(JSON.stringify([imageId, label, placeOf(prompt)]))
    .digest('hex')
    .slice(0, 40)

export interface WantedBox {
  /** Of the annotation that it becomes. */
  readonly id: AnnotationId
  readonly label: string
  readonly prompt: BoxPrompt
  /** Of the detector; null when it tells none. */
  readonly score: number | null
  /** What the labels say of it beside class and box. */
  readonly extras: ReadExtras
}

/**
 * Boxes of an image that no object was made of yet. An object that was made otherwise, with the same box as its first
 * prompt, stands for one of the boxes in this place; two classes may share a place.
 */
export const wantedBoxes = (
  boxes: readonly BoxOfObject[],
  image: ImageItem & { readonly width: number; readonly height: number },
  annotations: readonly Annotation[],
  /** What the ids of all that are made begin with. */
  idStart = ID_START,
): { wanted: WantedBox[]; problems: Problem[] } => {
  const taken = new Set(annotations.map(({ id }) => id))
  const others = new Map<string, number>()
  for (const { id, prompts } of annotations) {
    const [first] = prompts
    if (first?.type !== 'box' || id.startsWith(ID_START)) continue
    others.set(placeOf(first), (others.get(placeOf(first)) ?? 0) + 1)
  }
  const wanted: WantedBox[] = []
  const problems: Problem[] = []
  for (const box of boxes) {
    const made = promptOfBox(box, image)
    if ('problem' in made) {
      problems.push(readProblem(image.path, `${box.where}: ${made.problem}`))
      continue
    }
    const { label, score, extras = {} } = box
    const { prompt } = made
    const id = idOf(idStart, image.id, label, prompt)
    if (taken.has(id)) continue
    taken.add(id)
    const left = others.get(placeOf(prompt)) ?? 0
    if (left > 0) others.set(placeOf(prompt), left - 1)
    else wanted.push({ id, label, prompt, score, extras })
  }
  return { wanted, problems }
}
