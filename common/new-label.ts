/** A class as it is made: with a name, a colour and a place, and nothing else said of it yet. */
import type { Label } from './model.ts'

export const newLabel = (given: Pick<Label, 'id' | 'name' | 'color' | 'position'>): Label => ({
  ...given,
  locked: false,
  key: null,
  supercategory: null,
  description: null,
  attributes: [],
})
