/** What a run of boxes to masks has to do: which boxes belong to which image, and which were taken already. Pure. */
import type { Problem } from '../../common/contract.ts'
import type { Annotation, BoxPrompt, ImageId, ImageItem, Label, LabelId } from '../../common/model.ts'
import {
  boxProblem,
  createImageFinder,
  promptOfBox,
  type DetectedBox,
  type ReadBoxes,
} from '../formats/boxes.ts'

export interface Plan {
  /** Images of the scope that have boxes, in the order of the project. */
  readonly images: readonly { readonly imageId: ImageId; readonly boxes: readonly DetectedBox[] }[]
  readonly problems: readonly Problem[]
}

/**
 * @param images all of the project, so that a name that is in it and not in the scope is no problem
 * @param scope the ids to work on
 */
export const planBoxes = (
  read: ReadBoxes,
  images: readonly ImageItem[],
  scope: ReadonlySet<ImageId>,
  minScore: number,
): Plan => {
  const find = createImageFinder(images)
  const byImage = new Map<ImageId, DetectedBox[]>()
  const problems = [...read.problems]
  for (const { name, boxes } of read.images) {
    const found = find(name)
    if ('problem' in found) {
      if (boxes.length > 0) problems.push(boxProblem(name, found.problem))
      continue
    }
    const { id, path } = found.image
    if (!scope.has(id)) continue
    const good = boxes.filter(({ score }) => score === null || score >= minScore)
    if (good.length < boxes.length)
      problems.push(boxProblem(path, `${boxes.length - good.length} boxes have a score under ${minScore}.`))
    byImage.set(id, [...(byImage.get(id) ?? []), ...good])
  }
  const planned = images.flatMap(({ id }) => {
    const boxes = byImage.get(id) ?? []
    return boxes.length > 0 ? [{ imageId: id, boxes }] : []
  })
  return { images: planned, problems }
}

const keyOf = (label: string, { x0, y0, x1, y1 }: BoxPrompt) =>
  `${label} ${[x0, y0, x1, y1].map((value) => value.toFixed(2)).join(' ')}`

export interface WantedBox {
  readonly label: string
  readonly prompt: BoxPrompt
}

/** Boxes of an image that no annotation was made of yet: one with the same class and the same box as first prompt. */
export const wantedBoxes = (
  boxes: readonly DetectedBox[],
  image: ImageItem & { readonly width: number; readonly height: number },
  annotations: readonly Annotation[],
  labels: readonly Label[],
): { wanted: WantedBox[]; problems: Problem[] } => {
  const nameOf = new Map<LabelId, string>(labels.map(({ id, name }) => [id, name]))
  const taken = new Set(
    annotations.flatMap(({ labelId, prompts: [first] }) =>
      first?.type === 'box' ? [keyOf(nameOf.get(labelId) ?? '', first)] : [],
    ),
  )
  const wanted: WantedBox[] = []
  const problems: Problem[] = []
  for (const box of boxes) {
    const made = promptOfBox(box, image)
    if ('problem' in made) {
      problems.push(boxProblem(image.path, `${box.where}: ${made.problem}`))
      continue
    }
    const key = keyOf(box.label, made.prompt)
    if (taken.has(key)) continue
    taken.add(key)
    wanted.push({ label: box.label, prompt: made.prompt })
  }
  return { wanted, problems }
}
