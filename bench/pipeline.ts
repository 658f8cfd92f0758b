/** Our own pipeline as the app runs it: the core's client, the host in a process of its own, the shipped model. */
import { readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Quality, SegmentAnswer } from '../common/segmentation.ts'
import { polygonOfLogits } from '../common/geometry/mask-to-polygon.ts'
import { createScratch } from '../common/geometry/scratch.ts'
import type { Polygon, Prompt } from '../common/model.ts'
import { probeImage } from '../core/images/read-file.ts'
import { createInference } from '../core/inference/client/client.ts'
import { forkInferenceProcess } from '../core/inference/client/fork.ts'
import { contentHashOf } from '../core/inference/host/images.ts'
import type { Inference } from '../core/inference/client/inference.ts'
import type { InferenceImage } from '../core/inference/image.ts'
import { modifiedAtOf } from '../core/files/facts.ts'
import { defaultSettings, inferenceOptionsOf } from '../core/settings.ts'

const root = resolve(import.meta.dirname, '..')

/** @param embeddingBytes 0 keeps nothing on disk */
export const startInference = (dataFolder: string, embeddingBytes: number): Inference =>
  createInference({
    startProcess: () => forkInferenceProcess(),
    modelFolders: [join(root, 'models')],
    dataFolder,
    options: { ...inferenceOptionsOf(defaultSettings), embeddingBytes },
  })

/** A file of which nothing is known. */
export const unread = (file: string): InferenceImage => ({ id: 1, file, contentHash: null })

/** A file as the project knows it once it was opened or prepared. */
export const readBefore = async (file: string): Promise<InferenceImage> => {
  const { width, height } = await probeImage(file)
  const stats = statSync(file)
  const read = { bytes: stats.size, modifiedAt: modifiedAtOf(stats), width, height }
  return { id: 1, file, contentHash: contentHashOf(readFileSync(file)), read }
}

let revision = 0

/** One question as the app asks it: `shown` is the answer before, null at first; `onFirst` when mask 0 is there. */
export const ask = (
  inference: Inference,
  image: InferenceImage,
  prompts: readonly Prompt[],
  shown: SegmentAnswer | null,
  onFirst?: (first: SegmentAnswer) => void,
  quality: Quality = 'fast',
): Promise<SegmentAnswer> =>
  inference.segment(
    image,
    {
      imageId: 1,
      revision: ++revision,
      prompts: [...prompts],
      maskInput: shown?.candidates[0]?.logits ?? null,
      crop: shown?.crop ?? null,
      zoom: false,
      purpose: 'prompt',
      quality,
    },
    onFirst,
  )

/** Kept, as the app's worker keeps one. */
const scratch = createScratch()

/** The polygons of all that is offered, with the settings a user starts with. */
export const polygonsOf = ({ candidates, crop, width, height }: SegmentAnswer): (Polygon | null)[] =>
  candidates.map(({ logits }) =>
    polygonOfLogits(logits, { crop, imageWidth: width, imageHeight: height }, defaultSettings, [], scratch),
  )
