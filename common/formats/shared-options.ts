/** What several formats are asked in the same way. */
import type { FlagOption } from '../format-options.ts'

export const attributesOption: FlagOption = {
  kind: 'flag',
  id: 'attributes',
  label: 'Write attributes, groups and tags',
  hint: 'Adds what is said of objects (attributes, group, track) and of images (tags, flag, review) as extra fields.',
  default: false,
}

export const scoreOption: FlagOption = {
  kind: 'flag',
  id: 'score',
  label: 'Write scores',
  hint: "Adds the model's own estimate of each mask, 0 to 1, as an extra field; objects drawn by hand have none.",
  default: false,
}
