/** Objects as the tools that draw by hand make them. */
import type { Annotation, Shape } from '../../common/model.ts'
import { newObject } from '../../common/new-records.ts'

/** On image 1 and of the class cat, unless `change` says otherwise. */
export const objectByHand = (id: string, shape: Shape, change: Partial<Annotation> = {}): Annotation => ({
  id,
  imageId: 1,
  labelId: 'cat',
  shape,
  source: 'hand',
  modelId: null,
  score: null,
  prompts: [],
  candidate: null,
  ...newObject,
  createdAt: 0,
  updatedAt: 0,
  ...change,
})
