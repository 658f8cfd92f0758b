/** Asks for objects in another image, and makes proposals of what is found. Stores nothing. */
import { randomUUID } from 'node:crypto'
import { polygonOfLogits, type PolygonOptions } from '../../../common/geometry/mask-to-polygon.ts'
import { wholeImage } from '../../../common/geometry/letterbox.ts'
import { createScratch } from '../../../common/geometry/scratch.ts'
import type { KeptMask } from '../../../common/kept-mask.ts'
import { CodedError } from '../../../common/errors.ts'
import type { Annotation, ImageId } from '../../../common/model.ts'
import { newObject } from '../../../common/new-records.ts'
import { said } from '../../../common/said.ts'
import type { Inference } from '../../inference/client/inference.ts'
import type { CarriedMask, Followed } from '../../inference/follow.ts'
import { inferenceImageOf, type InferenceImage } from '../../inference/image.ts'
import type { Project } from '../../project/project.ts'
import { keepingLogits, nothingKept } from '../keep-mask.ts'
import { asBefore } from './track.ts'

/** An object as it is to be found again. */
export interface Sought {
  /** Where it was seen last. */
  readonly previous: Annotation
  /** Where a person last confirmed it. */
  readonly keyframe: Annotation
}

export interface Found {
  readonly object: Annotation
  /** What stays with it. */
  readonly kept: readonly KeptMask[]
}

interface CarryParts {
  readonly project: Project
  readonly inference: Pick<Inference, 'aside'>
  readonly polygonOptions: () => PolygonOptions
  readonly keepMasks: () => boolean
}

/** @returns asks for objects in an image; null where one has left it. Rejects as `Inference.aside`, and with not-found */
export const createCarry = ({ project, inference, polygonOptions, keepMasks }: CarryParts) => {
  const scratch = createScratch()

  const imageOf = (imageId: ImageId): InferenceImage => {
    const item = project.store.images.get(imageId)
    if (item === null) throw new CodedError('not-found', said('An image is not in the project any more.'))
    return inferenceImageOf(project.folder, item)
  }

  const objectOf = (
    { previous, keyframe }: Sought,
    mask: CarriedMask,
    { width, height, modelId }: Followed,
    imageId: ImageId,
  ): Found | null => {
    const frame = { crop: wholeImage({ width, height }), imageWidth: width, imageHeight: height }
    const options = polygonOptions()
    const polygon = polygonOfLogits(mask.logits, frame, options, [mask.prompt], scratch)
    if (polygon === null) return null
    const shape = asBefore(keyframe.shape, polygon)
    const { said, kept } = keepMasks() ? keepingLogits(mask.logits, frame, options, shape) : nothingKept
    const now = Date.now()
    const object: Annotation = {
      ...said,
      ...newObject,
      id: randomUUID(),
      imageId,
      labelId: previous.labelId,
      shape,
      source: 'model',
      modelId,
      score: mask.confidence,
      prompts: [mask.prompt],
      candidate: mask.candidate,
      proposed: true,
      groupId: keyframe.groupId,
      trackId: keyframe.trackId,
      attributes: keyframe.attributes,
      createdAt: now,
      updatedAt: now,
    }
    return { object, kept }
  }

  return async (imageId: ImageId, sought: readonly Sought[]): Promise<(Found | null)[]> => {
    const ids = [...new Set(sought.flatMap(({ previous, keyframe }) => [previous.imageId, keyframe.imageId]))]
    const known = ({ imageId: id, shape }: Annotation) => ({ image: ids.indexOf(id), shape })
    const answer = await inference.aside(
      imageOf(imageId),
      {
        kind: 'follow',
        images: ids.map(imageOf),
        objects: sought.map(({ previous, keyframe }) => ({
          previous: known(previous),
          keyframe: keyframe.imageId === previous.imageId ? null : known(keyframe),
        })),
      },
      'everything',
    )
    return sought.map((one, index) => {
      const mask = answer.masks[index] ?? null
      return mask === null ? null : objectOf(one, mask, answer, imageId)
    })
  }
}

export type Carry = ReturnType<typeof createCarry>
