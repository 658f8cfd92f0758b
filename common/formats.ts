/**
 * The formats of datasets as data: what each is called, what it keeps and what it is asked, a file a kind in formats/.
 * The export form, the terminal's help, the request's schema and the table in docs/formats.md come from this list; the
 * code of a format is its folder in core/formats/, entered in core/formats/all-formats.ts.
 */
import type { OptionValues } from './format-options.ts'
import { coco } from './formats/coco.ts'
import { csv } from './formats/csv.ts'
import type { FormatDescription, Reads } from './formats/description.ts'
import { labelme } from './formats/labelme.ts'
import { maskPng } from './formats/mask-png.ts'
import { voc } from './formats/voc.ts'
import { yoloDetection, yoloOriented, yoloSegmentation } from './formats/yolo.ts'

export type { FormatDescription, Keeps, Reads } from './formats/description.ts'

/** Every format, by a name for the code that writes it, in the order in which they are offered. */
export const formats = {
  coco,
  yoloSegmentation,
  yoloDetection,
  yoloOriented,
  voc,
  labelme,
  maskPng,
  csv,
} as const

export const formatList: readonly FormatDescription[] = Object.values(formats)

/** Those whose files can lie beside the photos. */
export const besideFormats = formatList.filter(({ liesBeside }) => liesBeside !== undefined)

/** @throws RangeError for an id that no format has */
export const formatOf = (id: string): FormatDescription => {
  const found = formatList.find((format) => format.id === id)
  if (found === undefined) throw new RangeError(`There is no format "${id}".`)
  return found
}

/** Whether an export with these options divides its images. */
export const dividesWith = ({ divides, options }: FormatDescription, given: OptionValues = {}): boolean => {
  if (typeof divides === 'boolean') return divides
  const usual = options.find(({ id }) => id === divides.option)?.default
  return (given[divides.option] ?? usual) === divides.value
}

const distinct = <T>(items: readonly T[]): T[] => [...new Set(items)]

/** 'COCO, YOLO or CSV' */
export const formatKinds = distinct(formatList.map(({ kindName }) => kindName))
  .join(', ')
  .replace(/, (?=[^,]*$)/, ' or ')

/** How labels can be given; formats that are read in one way share one entry. */
export const readableFormats: readonly Reads[] = distinct(formatList.flatMap(({ reads }) => reads ?? []))

/** The ids of the formats that can be read. */
export const readableIds = formatList.filter(({ reads }) => reads !== null).map(({ id }) => id)

/** 'a COCO JSON (results or instances), or YOLO txt files (a folder or one)' */
export const readableText = readableFormats.map(({ what }) => what).join(', or ')

/** 'classes.txt or data.yaml, or for COCO results an instances JSON' */
export const namesText = readableFormats
  .flatMap(({ names }) => names ?? [])
  .reverse()
  .join(', or ')
