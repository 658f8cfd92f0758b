/** Reads the files of COCO: a results list or an instances JSON, and what gives names to its numbers. */
import { recordOf } from '../../import/places.ts'
import { basename, dirname, extname } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { CodedError } from '../../../common/errors.ts'
import { namelessClass } from '../../../common/label-name.ts'
import type { Problem } from '../../../common/contract/work.ts'
import { shortened } from '../../../common/printable.ts'
import { said } from '../../../common/said.ts'
import { openBytes, type ByteSource } from '../../files/byte-source.ts'
import { findNames, NAMELESS_NOTE, readGivenNames, type FoundNames } from '../../import/class-names.ts'
import {
  readProblem,
  type LabelledImage,
  type LabelSet,
  type LoadedObjects,
  type ReadObject,
} from '../../import/objects.ts'
import { joinSets } from '../../import/label-set.ts'
import type { LabelReader, LabelSource } from '../../import/reader.ts'
import { checkIds } from './check-ids.ts'
import { lookThroughCoco, type CocoOutline, type RecordPlaces } from './look-through.ts'
import { isCrowd, objectOfRecord, readRecord, valueOfElement, type CocoImageRecord } from './record.ts'

const pause = async (): Promise<void> => {
  await setImmediate()
}

const outlineOf = async (file: string, encoding: string | null): Promise<CocoOutline> => {
  const source = openBytes(file, encoding)
  try {
    return await lookThroughCoco(source, pause)
  } finally {
    source.close()
  }
}

interface Known {
  readonly images: CocoOutline['images']
  readonly categories: ReadonlyMap<number, string>
  readonly notes: readonly string[]
  readonly namesFrom: string | null
  readonly firstClass: 0 | 1 | null
}

const startNote = (first: 0 | 1, names: readonly string[], isAsked: boolean) =>
  isAsked || names.length === 0
    ? []
    : [
        first === 0
          ? said('Classes are counted from 0, since there are objects of class 0: 0 is {name}.', {
              name: names[0]!,
            })
          : said('Classes are counted from 1, since there are no objects of class 0: 1 is {name}.', {
              name: names[0]!,
            }),
      ]

/** Detectors that know class numbers alone count from 0, COCO from 1: the numbers that occur show which, unless said. */
const ofNames = (
  names: FoundNames | null,
  { classes }: CocoOutline,
  asked: LabelSource['firstClass'],
): Known => {
  const first = asked ?? (classes.has(0) ? 0 : 1)
  const list = names?.names ?? []
  return {
    images: new Map(),
    categories: new Map(list.map((name, index) => [index + first, name])),
    notes: names === null ? [NAMELESS_NOTE] : [...names.notes, ...startNote(first, list, asked !== null)],
    namesFrom: names?.file ?? null,
    firstClass: names === null ? null : first,
  }
}

/** What gives names to the numbers of a file: itself, an instances JSON, or a list of names. */
const knownOf = async (file: string, outline: CocoOutline, source: LabelSource): Promise<Known> => {
  const { namesFile, encoding } = source
  const isJson = namesFile !== null && extname(namesFile).toLowerCase() === '.json'
  if (isJson) {
    const index = await outlineOf(namesFile, encoding)
    if (index.isResults)
      throw new CodedError(
        'bad-input',
        said('{namesFile} is no COCO JSON with images and categories.', { namesFile }),
      )
    const own = outline.isResults ? index : outline
    const { names, notes } = own.categories
    const from = outline.isResults ? namesFile : file
    return { images: own.images, categories: names, notes, namesFrom: from, firstClass: null }
  }
  if (outline.isResults) {
    const names =
      namesFile === null
        ? await findNames(dirname(file), encoding)
        : await readGivenNames(namesFile, encoding)
    return ofNames(names, outline, source.firstClass)
  }
  const { names, notes } = outline.categories
  return { images: outline.images, categories: names, notes, namesFrom: file, firstClass: null }
}

const load = (
  source: ByteSource,
  { numbers, starts, lengths }: RecordPlaces,
  { categories }: Known,
  image: CocoImageRecord | null,
  name: string,
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

/** Images without records, of which the file says something all the same. */
const markedAlone = ({
  images,
  records,
}: Pick<CocoOutline, 'records'> & Pick<Known, 'images'>): LabelledImage[] =>
  [...images].flatMap(([key, { name, marks }]) =>
    marks === null || records.has(key)
      ? []
      : [
          {
            name,
            isNumber: false,
            isReviewed: false,
            load: () => Promise.resolve({ objects: [], problems: [], marks }),
          },
        ],
  )

const openFile = async (file: string, given: LabelSource): Promise<LabelSet> => {
  const source = openBytes(file, given.encoding)
  try {
    const outline = await lookThroughCoco(source, pause)
    const known = await knownOf(file, outline, given)
    const images: LabelledImage[] = []
    const problems = [...outline.problems]
    for (const [key, places] of outline.records) {
      const image = known.images.get(key) ?? null
      const isName = key.startsWith('file:')
      if (image === null && !isName && known.images.size > 0) {
        const count = places.numbers.length
        problems.push(
          readProblem(
            null,
            count === 1
              ? said(
                  '{name}: record {number} is of an image {key}, which the file does not have; left out.',
                  {
                    name: source.name,
                    number: places.numbers[0]! + 1,
                    key: shortened(key),
                  },
                )
              : said(
                  '{name}: {count, number} records are of an image {key}, which the file does not have; left out.',
                  {
                    name: source.name,
                    count,
                    key: shortened(key),
                  },
                ),
          ),
        )
        continue
      }
      const name = image?.name ?? (isName ? key.slice('file:'.length) : key)
      images.push({
        name,
        isNumber: image === null && !isName,
        isReviewed: false,
        load: () => Promise.resolve(load(source, places, known, image, name)),
      })
    }
    images.push(...markedAlone({ images: known.images, records: outline.records }))
    return {
      format: outline.isResults ? 'COCO results' : 'COCO instances',
      images,
      classes: [...known.categories.values()],
      problems,
      notes: known.notes,
      namesFrom: known.namesFrom,
      firstClass: known.firstClass,
      parts: null,
      check: () => (outline.isResults ? [] : checkIds(source, outline.records.values(), known.categories)),
      close: () => source.close(),
    }
  } catch (thrown) {
    source.close()
    throw thrown
  }
}

/** COCO's own folder has captions and key points of the same images beside its instances. */
const meantOf = (files: readonly string[]): readonly string[] => {
  const instances = files.filter((file) => /^instances/i.test(basename(file)))
  return instances.length > 0 ? instances : files
}

const listed = (files: readonly string[]) => files.map((file) => basename(file)).join(', ')

/** What the user should know where a folder holds several files. */
const filesNote = (files: readonly string[], meant: readonly string[]): string => {
  const left = files.filter((file) => !meant.includes(file))
  const read = said('Read together: {files}.', { files: listed(meant) })
  return left.length === 0 ? read : `${read} ${said('Left out: {files}.', { files: listed(left) })}`
}

/** The files of a folder together: training and validation of one data set lie side by side. */
const openCoco = async (given: LabelSource): Promise<LabelSet> => {
  const meant = meantOf(given.files)
  const sets: LabelSet[] = []
  try {
    for (const file of meant) sets.push(await openFile(file, given))
  } catch (thrown) {
    for (const set of sets) set.close()
    throw thrown
  }
  const [first, ...rest] = sets
  if (first === undefined) throw new CodedError('bad-input', said('There is no file to read.'))
  const joined = rest.length === 0 ? first : joinSets([first, ...rest])
  if (given.files.length === 1) return joined
  return { ...joined, notes: [filesNote(given.files, meant), ...joined.notes] }
}

/** A list, or an object with one of the lists that only COCO has. */
const marks = /^[\s\xef\xbb\xbf]*\[|"(?:images|annotations|categories)"\s*:\s*\[/

export const readCoco: LabelReader = {
  knows: (head) => marks.test(head),
  open: openCoco,
}
