/** Boxes of one image -> masks -> polygons -> an edit every few seconds, so that little is lost when a run is cut off. */
import type { Problem } from '../../../common/contract/work.ts'
import { diffOf } from '../../../common/diff.ts'
import { CodedError } from '../../../common/errors.ts'
import { keepToBox } from '../../../common/geometry/keep-to-box.ts'
import { polygonOfLogits, type PolygonOptions } from '../../../common/geometry/mask-to-polygon.ts'
import { createScratch } from '../../../common/geometry/scratch.ts'
import { shareCrops } from '../../../common/geometry/crop.ts'
import { boxOfCorners } from '../../../common/geometry/measure.ts'
import type { KeptMask } from '../../../common/kept-mask.ts'
import type { Annotation, ImageId, ImageItem } from '../../../common/model.ts'
import { newObject } from '../../../common/new-records.ts'
import type { Crop, Quality, SegmentAnswer } from '../../../common/segmentation.ts'
import { said } from '../../../common/said.ts'
import type { BoxOfObject } from '../../import/objects.ts'
import { readProblem } from '../../import/objects.ts'
import type { Inference } from '../../inference/client/inference.ts'
import { inferenceImageOf } from '../../inference/image.ts'
import type { Project } from '../../project/project.ts'
import { makeClasses } from '../classes.ts'
import { keepingLogits, nothingKept } from '../keep-mask.ts'
import { wantedBoxes, type WantedBox } from './plan.ts'
import { alwaysThere, type Turn } from './turns.ts'

export interface LabelImageOptions {
  readonly project: Project
  readonly inference: Pick<Inference, 'segmentLater'>
  readonly polygonOptions: () => PolygonOptions
  readonly keepMasks: () => boolean
  readonly signal: AbortSignal
  /** The run that all edits belong to. */
  readonly run: string
  readonly quality: Quality
  /** Of finds of a detector, not of boxes of a file: an image's are stored together, with the detector's scores. */
  readonly made?: { readonly idStart: string; readonly proposed: boolean }
  /** So many objects more are stored. */
  readonly onStored: (objects: number) => void
}

interface ImageAmongOthers {
  /** A new class is made when everything before the image is over. */
  readonly turn: Turn
  /** A box is done. @param workedMs null when there was nothing to do for it */
  readonly onBox: (workedMs: number | null) => void
}

/** @returns the image, begun; rejects with CodedError image-unreadable */
export type BeginImage = (
  imageId: ImageId,
  boxes: readonly BoxOfObject[],
  among?: ImageAmongOthers,
) => Promise<LabellingImage>

const alone: ImageAmongOthers = { turn: alwaysThere, onBox: () => undefined }

/** An image whose first boxes the model has been asked about. */
export interface LabellingImage {
  /**
   * Goes through the boxes. `whenAllAsked` is called when the model is to be given the next image, at the latest at the
   * end: it decodes that while the last polygons of this one are made and stored.
   * @throws CodedError as what inference and commits throw; what was stored until then stays
   */
  finish(whenAllAsked: () => void): Promise<LabelledImage>
}

interface LabelledImage {
  /** False when there was nothing to ask the model. */
  readonly worked: boolean
  readonly problems: readonly Problem[]
}

type Mask = Pick<Annotation, 'shape' | 'modelId' | 'score' | 'prompts' | 'candidate' | 'consistency' | 'mask'>

interface MadeMask {
  /** Among the boxes of its image. */
  readonly index: number
  readonly box: WantedBox
  readonly mask: Mask
  /** What stays with the object. */
  readonly kept: readonly KeptMask[]
}

const isMeasured = (image: ImageItem): image is ImageItem & { width: number; height: number } =>
  image.width !== null && image.height !== null

/** What was made is stored after this, ms. */
const PORTION_MS = 2000
/** Boxes that the model knows of at a time: it goes on with the next while the last one's polygon is made. */
const ASKED_AHEAD = 2

/** Boxes that share a crop one after the other, the whole image's first: no crop is encoded twice. */
const orderOf = (crops: readonly (Crop | null)[]): number[] => {
  const groups = new Map<Crop | null, number[]>([[null, []]])
  crops.forEach((crop, index) => groups.set(crop, [...(groups.get(crop) ?? []), index]))
  return [...groups.values()].flat()
}

/** @returns begins with an image */
export const createLabelImage = ({
  project,
  inference,
  polygonOptions,
  keepMasks,
  signal,
  run,
  quality,
  made: own,
  onStored,
}: LabelImageOptions): BeginImage => {
  const { store, editing, facts, folder } = project
  const scratch = createScratch()

  const ask = (image: ImageItem, { prompt }: WantedBox, crop: Crop | null, revision: number) =>
    inference.segmentLater(
      inferenceImageOf(folder, image),
      {
        imageId: image.id,
        revision,
        prompts: [prompt],
        maskInput: null,
        crop: quality === 'fast' ? null : crop,
        zoom: false,
        purpose: 'prompt',
        quality,
      },
      'boxes',
    )

  const maskOf = (answer: SegmentAnswer, { prompt }: WantedBox): Pick<MadeMask, 'mask' | 'kept'> | null => {
    const [first] = answer.candidates
    if (first === undefined) return null
    const frame = { crop: answer.crop, imageWidth: answer.width, imageHeight: answer.height }
    const options = polygonOptions()
    // A detector's boxes are guesses.
    const logits = own === undefined ? keepToBox(first.logits, frame, prompt) : first.logits
    const shape = polygonOfLogits(logits, frame, options, [prompt], scratch)
    if (shape === null) return null
    const { modelId } = answer
    const { said, kept } = keepMasks() ? keepingLogits(logits, frame, options, shape) : nothingKept
    const { score, index: candidate, consistency } = first
    const about = { score, prompts: [prompt], candidate, ...(consistency && { consistency }) }
    const mask = { shape, modelId, ...about, ...said }
    return { mask, kept }
  }

  const commitMasks = (imageId: ImageId, masks: readonly MadeMask[]) => {
    if (masks.length === 0) return
    // With the first mask of a class: one that was renamed since its boxes were taken is not made again.
    makeClasses(
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
      ...newObject,
      ...box.extras,
      ...(own !== undefined && { proposed: own.proposed, score: box.score }),
      createdAt: now,
      updatedAt: now,
    }))
    const kept = masks.flatMap((made) => made.kept)
    editing.commit(diffOf({ annotations: { added } }), run, kept)
  }

  const bringClass = (masks: readonly MadeMask[]) => {
    const known = new Set(store.labels.list().map(({ name }) => name))
    return masks.some(({ box }) => !known.has(box.label))
  }

  return async (imageId, boxes, { turn, onBox } = alone) => {
    const image = await facts.refresh(imageId)
    if (image.problem !== null || !isMeasured(image))
      throw new CodedError('image-unreadable', image.problem ?? said('The image has no size.'))
    const { wanted, problems } = wantedBoxes(boxes, image, store.annotations.ofImage(imageId), own?.idStart)
    const crops = shareCrops(
      wanted.map(({ prompt }) => boxOfCorners(prompt)),
      image,
    )
    const order = orderOf(crops)
    const asked: Promise<SegmentAnswer>[] = []
    const askUpTo = (count: number) => {
      for (const index of order.slice(asked.length, count)) {
        const answer = ask(image, wanted[index]!, crops[index]!, index)
        // One that fails after an earlier one is nobody's news.
        answer.catch(() => undefined)
        asked.push(answer)
      }
    }
    askUpTo(ASKED_AHEAD)

    let made: MadeMask[] = []
    let storedAt = 0
    const commit = () => {
      const masks = made.toSorted((a, b) => a.index - b.index)
      made = []
      commitMasks(imageId, masks)
      onStored(masks.length)
      storedAt = performance.now()
    }
    const goThrough = async (whenAllAsked: () => void) => {
      for (const [place, index] of order.entries()) {
        const start = performance.now()
        askUpTo(place + ASKED_AHEAD)
        if (place + ASKED_AHEAD >= order.length) whenAllAsked()
        const box = wanted[index]!
        const found = maskOf(await asked[place]!, box)
        if (signal.aborted) return
        if (found !== null) made.push({ index, box, ...found })
        else
          problems.push(
            readProblem(
              image.path,
              said('The model found nothing in a box of {label}.', { label: box.label }),
            ),
          )
        onBox(performance.now() - start)
        if (own !== undefined || performance.now() - storedAt <= PORTION_MS) continue
        if (turn.isThere() || !bringClass(made)) commit()
      }
      whenAllAsked()
    }
    return {
      async finish(whenAllAsked) {
        for (let taken = wanted.length; taken < boxes.length; taken++) onBox(null)
        storedAt = performance.now()
        try {
          await goThrough(whenAllAsked)
        } finally {
          if (!turn.isThere() && bringClass(made)) await turn.comes
          commit()
        }
        return { worked: wanted.length > 0, problems }
      },
    }
  }
}
