/** What the tools that draw by hand have in common: the object they make, and what they say when there is no class. */
import type { LabelId, Shape } from '../../common/model.ts'
import type { NewObject, ToolEffect } from './events.ts'
import { msg } from '../../common/said.ts'

export const noLabel = {
  type: 'notice',
  level: 'warning',
  message: msg('There is no class yet. Add one in the class list, then draw the object.'),
} as const satisfies ToolEffect

/** An object drawn by hand. */
export const handMade = (shape: Shape, labelId: LabelId): NewObject => ({
  labelId,
  shape,
  source: 'hand',
  modelId: null,
  score: null,
  prompts: [],
  candidate: null,
})
