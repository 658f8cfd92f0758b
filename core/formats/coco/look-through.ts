/**
 * Goes once through a COCO JSON of any size: which images and categories it has, and where the record of each
 * annotation lies in the file. The records are read when their image's turn comes.
 */
import { imageOf, recordOf } from '../../import/places.ts'
import type { Problem } from '../../../common/contract/work.ts'
import { CodedError } from '../../../common/errors.ts'
import { shortened } from '../../../common/printable.ts'
import { said } from '../../../common/said.ts'
import type { ByteSource } from '../../files/byte-source.ts'
import { eachJsonElement, type JsonElement } from '../../files/json-elements.ts'
import { readProblem } from '../../import/objects.ts'
import {
  keyOfId,
  readCategories,
  readImageRecord,
  valueOfElement,
  type CocoCategories,
  type CocoImageRecord,
} from './record.ts'

/** The records of one image: their places in the list, from 0, and where they lie in the file. */
export interface RecordPlaces {
  readonly numbers: number[]
  readonly starts: number[]
  readonly lengths: number[]
}

export interface CocoOutline {
  /** A results list has no images and categories of its own. */
  readonly isResults: boolean
  /** By `keyOfId`. */
  readonly images: ReadonlyMap<string, CocoImageRecord>
  readonly categories: CocoCategories
  /** By the image that they say they are of: its id, or `file:` and a name. */
  readonly records: ReadonlyMap<string, RecordPlaces>
  readonly count: number
  /** Of results: the classes that occur. */
  readonly classes: ReadonlySet<number>
  readonly problems: readonly Problem[]
  /** The file ends before it should. */
  readonly isCut: boolean
}

const IMAGE_ID = Buffer.from('"image_id"')
const isPartOfNumber = /^\s*:\s*(-?\d{1,15}|"[^"\\]{0,512}")\s*[,}]/

/** Letters after the key in which a usual id ends. */
const ID_LETTERS = 600

const ZERO = 0x30
const COMMA = 0x2c
const COLON = 0x3a
const CLOSE_OBJECT = 0x7d
/** Digits that a number holds without loss. */
const MOST_DIGITS = 15

/** The whole number that stands behind a key, as `: 12,`; null when something else stands there. */
const numberAfter = (bytes: Buffer, key: number): number | null => {
  let at = key
  const skipBlanks = () => {
    while (bytes[at] === 0x20) at++
  }
  skipBlanks()
  if (bytes[at++] !== COLON) return null
  skipBlanks()
  const first = at
  let value = 0
  for (let digit = bytes[at]! - ZERO; digit >= 0 && digit <= 9; digit = bytes[++at]! - ZERO)
    value = 10 * value + digit
  if (at === first || at - first > MOST_DIGITS) return null
  skipBlanks()
  return bytes[at] === COMMA || bytes[at] === CLOSE_OBJECT ? value : null
}

/** The image that a record says it is of, without reading its points; null when it has to be read as a whole. */
const quickKey = (bytes: Buffer): string | null => {
  const at = bytes.indexOf(IMAGE_ID)
  if (at === -1 || bytes.indexOf(IMAGE_ID, at + 1) !== -1) return null
  const number = numberAfter(bytes, at + IMAGE_ID.length)
  if (number !== null) return String(number)
  const after = bytes.toString('latin1', at + IMAGE_ID.length, at + IMAGE_ID.length + ID_LETTERS)
  const found = isPartOfNumber.exec(after)?.[1]
  if (found === undefined) return null
  if (!found.startsWith('"')) return String(Number(found))
  // Other letters than ASCII's are read with their encoding.
  return /^[\x20-\x7e]*$/.test(found) ? found.slice(1, -1) : null
}

const keyOfValue = (value: unknown): string | null => {
  const { image_id: id, file_name: name } = (value ?? {}) as { image_id?: unknown; file_name?: unknown }
  if (typeof id === 'number' || typeof id === 'string') return keyOfId(id)
  return typeof name === 'string' ? `file:${name}` : null
}

/** Problems of a file that are named. */
const NAMED = 1000

/** @throws CodedError bad-input when it is no COCO JSON */
export const lookThroughCoco = async (
  source: ByteSource,
  pause?: () => Promise<void>,
): Promise<CocoOutline> => {
  const images = new Map<string, CocoImageRecord>()
  const categories: unknown[] = []
  const records = new Map<string, RecordPlaces>()
  const classes = new Set<number>()
  const problems: Problem[] = []
  let count = 0
  const leaveOut = (placeOf: typeof recordOf, index: number, why: (place: string) => string) => {
    if (problems.length < NAMED) problems.push(readProblem(null, why(placeOf(source.name, index + 1))))
  }
  const keep = (key: string, { index, start, length }: JsonElement) => {
    const known = records.get(key)
    if (known) {
      known.numbers.push(index)
      known.starts.push(start)
      known.lengths.push(length)
    } else records.set(key, { numbers: [index], starts: [start], lengths: [length] })
  }
  const takeRecord = (element: JsonElement, isResult: boolean) => {
    count++
    const { bytes, index } = element
    if (bytes === null)
      return leaveOut(recordOf, index, (place) =>
        said('{place} is larger than any object; it is left out.', { place }),
      )
    const quick = isResult ? null : quickKey(bytes)
    if (quick !== null) return keep(quick, element)
    const value = valueOfElement(bytes.toString())
    if (value === undefined)
      return leaveOut(recordOf, index, (place) => said('{place} is no JSON; it is left out.', { place }))
    const { category_id: category } = (value ?? {}) as { category_id?: unknown }
    if (isResult && typeof category === 'number') classes.add(category)
    const key = keyOfValue(value)
    if (key === null)
      return leaveOut(recordOf, index, (place) =>
        said('{place} does not say which image it is of; it is left out.', { place }),
      )
    keep(key, element)
  }
  const takeImage = ({ bytes, index }: JsonElement) => {
    const image =
      bytes === null ? { fault: said('it is too large') } : readImageRecord(valueOfElement(bytes.toString()))
    if ('fault' in image) {
      const { fault } = image
      leaveOut(imageOf, index, (place) =>
        said('{place} is none ({fault}); it is left out.', { place, fault }),
      )
    } else {
      if (images.has(image.id))
        problems.push(
          readProblem(
            image.name,
            said('{name}: two images have the id {id}; the later one counts.', {
              name: source.name,
              id: shortened(image.id),
            }),
          ),
        )
      images.set(image.id, image)
    }
  }
  const { root, lists, isCut } = await eachJsonElement(
    source,
    (element) => {
      if (element.list === null || element.list === 'annotations') takeRecord(element, element.list === null)
      else if (element.list === 'images') takeImage(element)
      else if (element.list === 'categories' && element.bytes !== null)
        categories.push(valueOfElement(element.bytes.toString()))
    },
    pause,
  )
  const isResults = root === 'list'
  if (!isResults && !(lists.has('images') && (lists.has('annotations') || lists.has('categories'))))
    throw new CodedError(
      'bad-input',
      said('{name} is neither a COCO results list nor a COCO instances JSON.', { name: source.name }),
    )
  if (isCut && count + images.size === 0)
    throw new CodedError(
      'bad-input',
      said('{name} ends before its first record: it is damaged.', { name: source.name }),
    )
  if (isCut)
    problems.unshift(
      readProblem(
        null,
        said('{name} ends too early: it is damaged. What stands before that is read.', { name: source.name }),
      ),
    )
  const classesOfFile = readCategories(categories)
  for (const id of classesOfFile.twice)
    problems.push(
      readProblem(
        null,
        said('{name}: two classes have the id {id}; the later one counts, {label}.', {
          name: source.name,
          id: String(id),
          label: classesOfFile.names.get(id)!,
        }),
      ),
    )
  return {
    isResults,
    images,
    categories: classesOfFile,
    records,
    count,
    classes,
    problems,
    isCut,
  }
}
