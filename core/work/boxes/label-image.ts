/** Boxes of one image -> masks -> polygons -> one edit. */
import type { Problem } from '../../../common/contract/work.ts'
import { diffOf } from '../../../common/diff.ts'
import { CodedError } from '../../../common/errors.ts'
import { polygonOfLogits, type PolygonOptions } from '../../../common/geometry/mask-to-polygon.ts'
import { createScratch } from '../../../common/geometry/scratch.ts'
import type { Annotation, ImageId, ImageItem } from '../../../common/model.ts'
import type { BoxOfObject } from '../../import/objects.ts'
import { readProblem } from '../../import/objects.ts'
import type { Inference } from '../../inference/client/inference.ts'
import { inferenceImageOf } from '../../inference/image.ts'
import type { Project } from '../../project/project.ts'
import { ensureLabels } from './labels.ts'
import { wantedBoxes, type WantedBox } from './plan.ts'

export interface LabelImageOptions {
  readonly project: Project
  readonly inference: Pick<Inference, 'segmentLater'>
  readonly polygonOptions: () => PolygonOptions
  readonly signal: AbortSignal
  /** The run that all edits belong to. */
  readonly run: string
}

export interface LabelledImage {
  /** Annotations stored. */
  readonly written: number
  /** False when there was nothing to ask the model. */
  readonly worked: boolean
  readonly problems: readonly Problem[]
}

type Mask = Pick<Annotation, 'shape' | 'modelId' | 'score' | 'prompts' | 'candidate'>

interface MadeMask {
  readonly box: WantedBox
  readonly mask: Mask
}

const isMeasured = (image: ImageItem): image is ImageItem & { width: number; height: number } =>
  image.width !== null && image.height !== null

/** @throws CodedError image-unreadable, and what inference and commits throw; then nothing of the image is stored */
export const createLabelImage = ({ project, inference, polygonOptions, signal, run }: LabelImageOptions) => {
  const { store, editing, facts, folder } = project
  const scratch = createScratch()

  const maskOf = async (image: ImageItem, { prompt }: WantedBox, revision: number): Promise<Mask | null> => {
    const answer = await inference.segmentLater(
      inferenceImageOf(folder, image),
      {
        imageId: image.id,
        revision,
        prompts: [prompt],
        maskInput: null,
        crop: null,
        zoom: false,
        purpose: 'prompt',
        quality: 'good',
      },
      'boxes',
    )
    const [first] = answer.candidates
    if (first === undefined) return null
    const frame = { crop: answer.crop, imageWidth: answer.width, imageHeight: answer.height }
    const shape = polygonOfLogits(first.logits, frame, polygonOptions(), [prompt], scratch)
    if (shape === null) return null
    return { shape, modelId: answer.modelId, score: first.score, prompts: [prompt], candidate: first.index }
  }

  const commitMasks = (imageId: ImageId, masks: readonly MadeMask[]) => {
    if (masks.length === 0) return
    // With the first mask of a class: one that was renamed since its boxes were taken is not made again.
    ensureLabels(
      project,
      masks.map(({ box }) => box.label),
      run,
    )
    const idOf = new Map(store.labels.list().map(({ id, name }) => [name, id]))
    const now = Date.now()
    const added = masks.map(({ box, mask }): Annotation => ({
      ...mask,
      id: box.id,
      imageId,
      labelId: idOf.get(box.label)!,
      source: 'model',
      locked: false,
      createdAt: now,
      updatedAt: now,
    }))
    editing.commit(diffOf({ annotations: { added } }), run)
  }

  return async (imageId: ImageId, boxes: readonly BoxOfObject[]): Promise<LabelledImage> => {
    const image = await facts.refresh(imageId)
    if (image.problem !== null || !isMeasured(image))
      throw new CodedError('image-unreadable', image.problem ?? 'The image has no size.')
    const { wanted, problems } = wantedBoxes(boxes, image, store.annotations.ofImage(imageId))
    const masks: MadeMask[] = []
    for (const [revision, box] of wanted.entries()) {
      const mask = await maskOf(image, box, revision)
      if (signal.aborted) return { written: 0, worked: true, problems }
      if (mask !== null) masks.push({ box, mask })
      else problems.push(readProblem(image.path, `The model found nothing in a box of ${box.label}.`))
    }
    commitMasks(imageId, masks)
    return { written: masks.length, worked: wanted.length > 0, problems }
  }
}
