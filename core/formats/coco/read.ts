/** Reads the files of COCO: a results list or an instances JSON, and what gives names to its numbers. */
import { basename, dirname, extname } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { CodedError } from '../../../common/errors.ts'
import { shortened } from '../../../common/printable.ts'
import { said } from '../../../common/said.ts'
import { openBytes } from '../../files/byte-source.ts'
import { loadRecords, readCocoApart, sourceOf, type Categories, type CocoApartImage } from './read-apart.ts'
import { findNames, NAMELESS_NOTE, readGivenNames, type FoundNames } from '../../import/class-names.ts'
import { readProblem, type LabelledImage, type LabelSet } from '../../import/objects.ts'
import { joinSets } from '../../import/label-set.ts'
import type { LabelReader, LabelSource } from '../../import/reader.ts'
import { checkIds } from './check-ids.ts'
import { lookThroughCoco, type CocoOutline, type RecordPlaces } from './look-through.ts'

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
  readonly categories: Categories
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

const nowhere: RecordPlaces = { numbers: [], starts: [], lengths: [] }

/** Images without records, of which the file says something all the same. */
const markedAlone = ({
  images,
  records,
}: Pick<CocoOutline, 'records'> & Pick<Known, 'images'>): CocoApartImage[] =>
  [...images].flatMap(([key, image]) =>
    image.marks === null || records.has(key) ? [] : [{ places: nowhere, image, name: image.name }],
  )

const openFile = async (file: string, given: LabelSource): Promise<LabelSet> => {
  const source = openBytes(file, given.encoding)
  try {
    const outline = await lookThroughCoco(source, pause)
    const known = await knownOf(file, outline, given)
    const apart = sourceOf(file, given.encoding, source, known.categories)
    const images: LabelledImage[] = []
    const take = (image: CocoApartImage, isNumber: boolean) =>
      images.push({
        name: image.name,
        isNumber,
        isReviewed: false,
        apart: { source: apart, image },
        load: () => Promise.resolve(loadRecords(source, known.categories, image)),
      })
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
      take({ places, image, name }, image === null && !isName)
    }
    for (const one of markedAlone({ images: known.images, records: outline.records })) take(one, false)
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
  openApart: readCocoApart,
}
