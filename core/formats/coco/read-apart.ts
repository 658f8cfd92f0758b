/**
 * The records of an image of a COCO file, once it is known where they lie: read here, or by another thread that opens the
 * file itself and is told the places.
 */
import type { Problem } from '../../../common/contract/work.ts'
import { CodedError } from '../../../common/errors.ts'
import { namelessClass } from '../../../common/label-name.ts'
import { said } from '../../../common/said.ts'
import { openBytes, type ByteSource } from '../../files/byte-source.ts'
import { readProblem, type ApartSource, type LoadedObjects, type ReadObject } from '../../import/objects.ts'
import { recordOf } from '../../import/places.ts'
import type { ApartLabels } from '../../import/reader.ts'
import type { RecordPlaces } from './look-through.ts'
import { isCrowd, objectOfRecord, readRecord, valueOfElement, type CocoImageRecord } from './record.ts'

/** Names of classes by their id. */
export type Categories = ReadonlyMap<number, string>

/** Plain data. */
export interface CocoApartImage {
  readonly places: RecordPlaces
  /** Null where the file has no record of it. */
  readonly image: CocoImageRecord | null
  readonly name: string
}

interface CocoApartSource extends ApartSource {
  readonly file: string
  readonly encoding: string | null
  /** As of the `ByteSource` that was looked through. */
  readonly state: string
  readonly categories: Categories
}

/** Of a file that is open: so that another thread can open it as well. */
export const sourceOf = (
  file: string,
  encoding: string | null,
  { state }: ByteSource,
  categories: Categories,
): CocoApartSource => ({ format: 'coco', file, encoding, state, categories })

/** The objects of one image, and its records that are none. */
export const loadRecords = (
  source: ByteSource,
  categories: Categories,
  { places: { numbers, starts, lengths }, image, name }: CocoApartImage,
): LoadedObjects => {
  const objects: ReadObject[] = []
  const problems: Problem[] = []
  for (const [at, number] of numbers.entries()) {
    const start = starts[at]!
    const where = recordOf(source.name, number + 1)
    const leaveOut = (message: string) => problems.push(readProblem(name, message))
    const record = readRecord(valueOfElement(source.read(start, start + lengths[at]!).toString()))
    if ('fault' in record) {
      leaveOut(said('{where} is no object ({fault}); it is left out.', { where, fault: record.fault }))
      continue
    }
    const { data } = record
    if (isCrowd(data)) {
      leaveOut(said('{where} is a crowd, not one object; it is left out.', { where }))
      continue
    }
    const label = categories.get(data.category_id) ?? namelessClass(data.category_id)
    const object = objectOfRecord(data, label, image?.size ?? null, where)
    if ('fault' in object)
      leaveOut(said('{where} is no object ({fault}); it is left out.', { where, fault: object.fault }))
    else objects.push(object)
  }
  return { objects, problems, marks: image?.marks ?? null }
}

/** @throws CodedError as `LabelReader.openApart` */
export const readCocoApart = (given: ApartSource): ApartLabels => {
  const { file, encoding, state, categories } = given as CocoApartSource
  const source = openBytes(file, encoding)
  if (source.state !== state) {
    source.close()
    throw new CodedError('bad-input', said('{file} has changed while it was read.', { file }))
  }
  return {
    load: (image) => loadRecords(source, categories, image as CocoApartImage),
    close: () => source.close(),
  }
}
