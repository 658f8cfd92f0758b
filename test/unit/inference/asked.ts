/** Requests and images for the inference tests. */
import type { MaskQuestion } from '../../../common/segmentation.ts'
import type { Prompt } from '../../../common/model.ts'
import type { InferenceImage } from '../../../core/inference/image.ts'

export const imageOf = (id: number, file = `/photos/${id}.jpg`): InferenceImage => ({
  id,
  file,
  contentHash: null,
})

export const point = (x: number, y: number, positive = true): Prompt => ({ type: 'point', x, y, positive })

export const box = (x0: number, y0: number, x1: number, y1: number): Prompt => ({
  type: 'box',
  x0,
  y0,
  x1,
  y1,
})

export const requestOf = (change: Partial<MaskQuestion> = {}): MaskQuestion => ({
  imageId: 1,
  revision: 1,
  prompts: [point(10, 10)],
  maskInput: null,
  crop: null,
  zoom: false,
  purpose: 'prompt',
  quality: 'fast',
  ...change,
})
