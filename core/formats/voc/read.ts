/**
 * Reads Pascal VOC's XML, one file an image: boxes, as VOC, LabelImg, CVAT and Roboflow write them, and with the masks
 * of SegmentationObject where there are such; pictures with masks alone too (read-maps.ts).
 */
import { objectOf } from '../../import/places.ts'
import { posix } from 'node:path'
import { XMLParser } from 'fast-xml-parser'
import { z } from 'zod'
import { CodedError, messageOf } from '../../../common/errors.ts'
import { cleanLabelName } from '../../../common/label-name.ts'
import { checkValue } from '../../../common/plain-faults.ts'
import { boxOfRing, cornersOfRotated } from '../../../common/geometry/measure.ts'
import { said } from '../../../common/said.ts'
import { readSmallText } from '../../files/small-file.ts'
import { findColours } from '../../import/class-maps.ts'
import { joinSets, setOfFiles } from '../../import/label-set.ts'
import { readProblem, type LabelSet, type LoadedObjects, type ReadObject } from '../../import/objects.ts'
import type { LabelReader, LabelSource } from '../../import/reader.ts'
import { extrasFields, readVocExtras } from './extras.ts'
import { isVocMap, openMaps, pictureOfMap } from './read-maps.ts'
import { withMasks } from './read-masks.ts'
import { VOC_SOURCE } from './xml.ts'

/** Bytes of a file: some 20,000 objects. */
const LIMIT = 16e6

/** Everything as text; what a document type declares is never looked at, and a file that declares any is refused. */
const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  processEntities: false,
  trimValues: true,
  isArray: (name) => name === 'object' || name === 'part' || name === 'attribute',
})

/** Elements inside each other; VOC has five. More than this is nobody's file. */
const DEEPEST = 50

const isTooDeep = (text: string): boolean => {
  let depth = 0
  for (let at = text.indexOf('<'); at !== -1;) {
    const end = text.indexOf('>', at)
    if (end === -1) return false
    const next = text[at + 1]
    if (next === '/') depth = Math.max(0, depth - 1)
    else if (next !== '?' && next !== '!' && text[end - 1] !== '/' && ++depth > DEEPEST) return true
    at = text.indexOf('<', end)
  }
  return false
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** The five names that XML itself has, and numbers of characters. */
const unescaped = (text: string): string =>
  text.replace(
    /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));/g,
    (whole, name?: string, decimal?: string, hex?: string) => {
      if (name !== undefined) return entities[name]!
      const code = decimal === undefined ? parseInt(hex!, 16) : Number(decimal)
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )

const number = z
  .string()
  .refine((text) => text !== '' && Number.isFinite(Number(text)), 'must be a number')
  .transform(Number)

const objectSchema = z.object({
  name: z.string().optional(),
  bndbox: z.object({ xmin: number, ymin: number, xmax: number, ymax: number }),
  confidence: number.optional().catch(undefined),
  score: number.optional().catch(undefined),
  ...extrasFields,
})

const side = z
  .string()
  .regex(/^\d+(\.0*)?$/)
  .transform(Number)
  .optional()
  .catch(undefined)
const sizeSchema = z.object({ width: side, height: side }).catch({ width: undefined, height: undefined })
const annotationSchema = z.object({
  annotation: z.object({
    size: sizeSchema.optional(),
    source: z.object({ annotation: z.string().optional() }).optional().catch(undefined),
    object: z.array(z.unknown()).optional(),
  }),
})

const parseXml = (text: string, where: string): unknown => {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text))
    throw new CodedError(
      'bad-input',
      said('{where} has a document type of its own, which no label file needs: it is not read.', { where }),
    )
  if (isTooDeep(text))
    throw new CodedError(
      'bad-input',
      said('{where} nests deeper than any label file: it is damaged.', { where }),
    )
  try {
    return parser.parse(text)
  } catch (cause) {
    throw new CodedError('bad-input', said('{where} is no XML: {why}', { where, why: messageOf(cause) }), {
      cause,
    })
  }
}

/** What a class without a name is called. */
const NAMELESS = 'unnamed'

/**
 * Whole pixels from 1, both ends inside, are VOC's own (a box of the first pixel is 1, 1, 1, 1), and so ours; programs that write
 * fractions count from the corner of the first pixel. One number with a fraction, or a 0, tells which the file has.
 */
const countsFromOne = (boxes: readonly z.infer<typeof objectSchema>['bndbox'][]): boolean =>
  boxes.every(({ xmin, ymin, xmax, ymax }) =>
    [xmin, ymin, xmax, ymax].every((value) => Number.isInteger(value) && value >= 1),
  )

/** CVAT has the box of a turned rectangle as it is before the turn. */
const turnedBox = (box: ReadObject['box'], degrees: number): Pick<ReadObject, 'box' | 'shape'> => {
  if (degrees === 0) return { box, shape: { type: 'box' } }
  const [x0, y0, x1, y1] = box
  const corners = cornersOfRotated({
    type: 'rotated-rectangle',
    cx: (x0 + x1) / 2,
    cy: (y0 + y1) / 2,
    width: x1 - x0,
    height: y1 - y0,
    angle: (degrees * Math.PI) / 180,
  })
  const around = boxOfRing(corners)
  return {
    box: [around.x, around.y, around.x + around.width, around.y + around.height],
    shape: { type: 'rotated', corners },
  }
}

/** @param where the file, for reports */
export const readVocText = (text: string, where: string): LoadedObjects => {
  const checked = checkValue(annotationSchema, withoutEmpty(parseXml(text, where)))
  if ('fault' in checked)
    throw new CodedError(
      'bad-input',
      said('{where} is no file of Pascal VOC: {fault}.', { where, fault: checked.fault }),
    )
  const { object: records = [], size: sides, source } = checked.data.annotation
  const size = sides?.width && sides.height ? { width: sides.width, height: sides.height } : null
  const problems: LoadedObjects['problems'][number][] = []
  const read = records.flatMap((value, index) => {
    const place = objectOf(where, index + 1)
    const one = checkValue(objectSchema, value)
    if ('data' in one) return [{ ...one.data, place }]
    problems.push(
      readProblem(
        null,
        said('{where} is no box ({fault}); it is left out.', { where: place, fault: one.fault }),
      ),
    )
    return []
  })
  const first = countsFromOne(read.map(({ bndbox }) => bndbox)) ? 1 : 0
  const objects = read.map(({ name, bndbox, confidence, score, place, ...rest }): ReadObject => {
    const { turn, extras, lost } = readVocExtras(rest, unescaped, source?.annotation === VOC_SOURCE)
    const upright = [bndbox.xmin - first, bndbox.ymin - first, bndbox.xmax, bndbox.ymax] as const
    return {
      label: cleanLabelName(unescaped(name ?? '')) || NAMELESS,
      ...turnedBox(upright, turn),
      unit: 'pixel',
      score: confidence ?? score ?? null,
      size,
      where: place,
      ...(extras === undefined ? {} : { extras }),
      ...(lost === undefined ? {} : { lost }),
    }
  })
  return { objects, problems }
}

/** An element without content is an empty text where an object may be expected. */
const withoutEmpty = (value: unknown): unknown => {
  const { annotation } = (value ?? {}) as { annotation?: unknown }
  return annotation === '' ? { annotation: {} } : value
}

const nameOf = (where: string) => where.replace(/\.xml$/i, '').replace(/(^|\/)Annotations\//, '$1JPEGImages/')

const openXml = async (source: LabelSource, files: readonly string[]): Promise<LabelSet> => {
  const { folder, encoding } = source
  // The names are in the XML; the list beside it, where there is one, has their order, and those that are not used.
  const classes = (await findColours(source))?.classes ?? []
  return setOfFiles(
    // A file without objects says that there is nothing on its image.
    { format: 'Pascal VOC', isReviewed: true, classes },
    folder,
    files,
    async (file, where) =>
      withMasks(readVocText(await readSmallText(file, { limit: LIMIT, encoding }), where), file, where),
    nameOf,
  )
}

const isXml = (file: string) => /\.xml$/i.test(file)

/** The maps of pictures that have no XML. */
const mapsAlone = (files: readonly string[]): string[] => {
  const stems = files.filter(isXml).map((file) => file.slice(0, -'.xml'.length).replaceAll('\\', '/'))
  const inFolder = new Set(stems.map((stem) => /(?:^|\/)Annotations\/(.+)$/i.exec(stem)?.[1]))
  const elsewhere = new Set(
    stems.filter((stem) => !/(?:^|\/)Annotations\//i.test(stem)).map((stem) => posix.basename(stem)),
  )
  return files.filter((file) => {
    const picture = pictureOfMap(file)
    return !isXml(file) && !inFolder.has(picture) && !elsewhere.has(posix.basename(picture))
  })
}

const open = async (source: LabelSource): Promise<LabelSet> => {
  const xml = source.files.filter(isXml)
  const maps = mapsAlone(source.files)
  if (maps.length === 0) return openXml(source, xml)
  const alone = await openMaps(source, maps)
  return xml.length === 0 ? alone : joinSets([await openXml(source, xml), alone])
}

export const readVoc: LabelReader = {
  knows: (head, file) => (isXml(file) ? /<annotation[\s>]/.test(head) : isVocMap(file)),
  open,
}
