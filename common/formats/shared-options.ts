/** What several formats are asked in the same way. */
import { msg } from '../said.ts'
import type { FlagOption } from '../format-options.ts'

export const attributesOption: FlagOption = {
  kind: 'flag',
  id: 'attributes',
  label: msg('Write attributes, groups and tags'),
  hint: msg(
    'Adds what is said of objects (attributes, group, track) and of images (tags, flag, review) as extra fields.',
  ),
  default: false,
}

export const scoreOption: FlagOption = {
  kind: 'flag',
  id: 'score',
  label: msg('Write scores'),
  hint: msg(
    "Adds the model's own estimate of each mask, 0 to 1, as an extra field; objects drawn by hand have none.",
  ),
  default: false,
}
