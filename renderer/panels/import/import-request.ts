/** What the dialog of imports holds, and the requests that it makes. Pure. */
import type { ImportRequest } from '../../../common/contract/import.ts'
import type { Quality } from '../../../common/segmentation.ts'
import { pathOf } from '../paths.ts'

export interface ImportForm {
  readonly path: string
  /** The id of a format; empty: as it is recognised. */
  readonly as: string
  /** Where the class names are; empty when they lie beside the labels. */
  readonly names: string
  /** The id of an encoding; empty: UTF-8, or what the files say. */
  readonly encoding: string
  /** Null: as it is taken from the numbers that occur. */
  readonly firstClass: 0 | 1 | null
  /** Whether each connected part of a map of classes is an object, or all that an image has of a class. */
  readonly parts: 'apart' | 'together'
  readonly existing: ImportRequest['existing']
  /** Masks are made of the boxes, in place of rectangles. */
  readonly turnsBoxes: boolean
}

export const emptyImport = (path: string): ImportForm => ({
  path,
  as: '',
  names: '',
  encoding: '',
  firstClass: null,
  parts: 'apart',
  existing: 'keep',
  turnsBoxes: false,
})

const sourceOf = ({ path, as, names, encoding }: ImportForm) => ({
  path: pathOf(path),
  ...(as === '' ? {} : { as }),
  ...(pathOf(names) === '' ? {} : { names: pathOf(names) }),
  ...(encoding === '' ? {} : { encoding }),
})

/** @param quality how hard the model looks at boxes that become masks */
export const importRequestOf = (form: ImportForm, quality: Quality = 'good'): ImportRequest => ({
  source: {
    ...sourceOf(form),
    parts: form.parts,
    ...(form.firstClass === null ? {} : { firstClass: form.firstClass }),
  },
  existing: form.existing,
  boxes: form.turnsBoxes ? 'masks' : 'rectangles',
  quality,
})
