/**
 * Reads masks as pictures of numbers: each value a class, by a list of classes, by a palette and CVAT's labelmap.txt,
 * or each value (or file) an object, by an objects.csv.
 */
import { basename, dirname, join, relative, sep } from 'node:path'
import { parse } from 'csv-parse/sync'
import { CodedError } from '../../../common/errors.ts'
import { cleanLabelName, namelessClass } from '../../../common/label-name.ts'
import { readSmallFile, readSmallText } from '../../files/small-file.ts'
import { findNames, readGivenNames, topOfDataset } from '../../import/class-names.ts'
import { setOfFiles } from '../../import/label-set.ts'
import { readProblem, type LabelSet, type LoadedObjects, type ReadObject } from '../../import/objects.ts'
import { rasterWhere, readPngSamples, type PngSamples } from '../../import/png-samples.ts'
import type { LabelReader, LabelSource } from '../../import/reader.ts'

/** Bytes of a mask. */
const LIMIT = 64e6

/** Bytes of a list of classes or objects. */
const LIST_LIMIT = 32e6

/** The value of borders and of what training leaves out, in masks of 8 bits. */
const VOID = 255

const background = /^_*(background|ignore|unlabeled|unlabelled)_*$/i

/** What a value means; null: nothing, or no object. */
type ClassOf = (value: number, samples: PngSamples) => string | null

interface Meaning {
  readonly classOf: ClassOf
  readonly classes: readonly string[]
  readonly namesFrom: string | null
  readonly notes: readonly string[]
}

/** CVAT's and Datumaro's list: name:r,g,b:parts:actions */
const labelMapOf = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text.split(/\r\n|\r|\n/).flatMap((line): [string, string][] => {
      const [, name, color] = /^([^#:][^:]*):(\d+,\d+,\d+):/.exec(line) ?? []
      return name === undefined || color === undefined ? [] : [[color, cleanLabelName(name)]]
    }),
  )

const byColours = (colours: ReadonlyMap<string, string>, file: string): Meaning => {
  const order = [...colours.values()]
  const classOf: ClassOf = (value, { palette }) => {
    const colour = palette?.[value]?.slice(0, 3).join(',')
    const name = colour === undefined ? order[value] : colours.get(colour)
    return name === undefined || background.test(name) ? null : name
  }
  return { classOf, classes: order.filter((name) => !background.test(name)), namesFrom: file, notes: [] }
}

/** A value is a line of the list, counted from 0 where the first one is the background, else from 1. */
const byList = (names: readonly string[], file: string, notes: readonly string[]): Meaning => {
  const hasBackground = background.test(names[0] ?? '')
  const list = hasBackground ? names.slice(1) : names
  const note = `The list of classes has no line for the background: the value 1 is ${names[0]}.`
  const classOf: ClassOf = (value, { data }) => {
    if (value === 0 || (value === VOID && data instanceof Uint8Array && list.length < VOID)) return null
    return list[value - 1] ?? namelessClass(value)
  }
  return { classOf, classes: list, namesFrom: file, notes: hasBackground ? notes : [...notes, note] }
}

const meaningOf = async ({ folder, namesFile, encoding, as }: LabelSource): Promise<Meaning> => {
  for (const place of [folder, topOfDataset(folder), dirname(folder)]) {
    const file = join(place, 'labelmap.txt')
    const text =
      namesFile === null ? await readSmallText(file, { limit: LIST_LIMIT, encoding }).catch(() => null) : null
    const colours = text === null ? null : labelMapOf(text)
    if (colours !== null && colours.size > 0) return byColours(colours, file)
  }
  const found =
    namesFile !== null
      ? await readGivenNames(namesFile, encoding)
      : ((await findNames(folder, encoding)) ?? (await findNames(dirname(folder), encoding)))
  if (found !== null) return byList(found.names, found.file, found.notes)
  if (as === null)
    throw new CodedError(
      'bad-input',
      `There are PNG files in ${folder}, and no list of classes (classes.txt, labelmap.txt) that would make masks of them. ` +
        'Choose the format of masks to read them all the same.',
    )
  const classOf: ClassOf = (value, { data }) =>
    value === 0 || (value === VOID && data instanceof Uint8Array) ? null : namelessClass(value)
  return {
    classOf,
    classes: [],
    namesFrom: null,
    notes: ['No list of classes was found: they are called by their values.'],
  }
}

/** Objects by mask and value, as an export lists them. */
interface ObjectTable {
  readonly top: string
  readonly classOf: ReadonlyMap<string, string>
  /** Masks of one object each. */
  readonly single: ReadonlySet<string>
}

const readObjects = async (folder: string): Promise<ObjectTable | null> => {
  for (const top of [folder, dirname(folder), dirname(dirname(folder))]) {
    const text = await readSmallText(join(top, 'objects.csv'), { limit: LIST_LIMIT }).catch(() => null)
    if (text === null || !/^\uFEFF?mask,value,class_value,class\b/.test(text)) continue
    const rows: Record<string, string | undefined>[] = parse(text, {
      columns: true,
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
    })
    const plain = (value = '') => value.replace(/^'(?=[=+\-@])/, '')
    const classOf = new Map(rows.map((row) => [`${plain(row.mask)} ${row.value ?? ''}`, plain(row.class)]))
    const single = new Set(rows.flatMap((row) => (row.value === '255' ? [plain(row.mask)] : [])))
    return { top, classOf, single }
  }
  return null
}

const load = async (file: string, where: string, classOf: ClassOf): Promise<LoadedObjects> => {
  const samples = readPngSamples(await readSmallFile(file, { limit: LIMIT }), where)
  const { width, height } = samples
  const objects: ReadObject[] = []
  const problems: LoadedObjects['problems'][number][] = []
  for (const value of [...new Set<number>(samples.data)].sort((a, b) => a - b)) {
    const label = classOf(value, samples)
    if (label === null) continue
    const raster = rasterWhere(samples, (one) => one === value)
    if (raster === null) continue
    if (objects.length >= MOST_VALUES) {
      problems.push(
        readProblem(null, `${where} has more than ${MOST_VALUES} values; the others are left out.`),
      )
      break
    }
    objects.push({
      label: cleanLabelName(label) || namelessClass(value),
      box: [raster.x, raster.y, raster.x + raster.width, raster.y + raster.height],
      unit: 'pixel',
      shape: { type: 'raster', raster },
      score: null,
      size: { width, height },
      where: `${where}, value ${value}`,
    })
  }
  return { objects, problems }
}

/** Values of one mask: each takes a look at all of its pixels. */
const MOST_VALUES = 2000

const open = async (source: LabelSource): Promise<LabelSet> => {
  const { folder, files } = source
  const table = await readObjects(folder)
  const meaning = table === null ? await meaningOf(source) : null
  const keyOf = (file: string) =>
    relative(table?.top ?? folder, file)
      .split(sep)
      .join('/')
  const classesOf =
    (file: string): ClassOf =>
    (value, samples) =>
      meaning === null
        ? (table?.classOf.get(`${keyOf(file)} ${value}`) ?? null)
        : meaning.classOf(value, samples)
  const masks = files.filter(
    (file) => table === null || table.classOf.size === 0 || isListed(table, keyOf(file)),
  )
  const singles = new Set(
    masks.filter((file) => table?.single.has(keyOf(file)) === true).map((file) => basename(file)),
  )
  return setOfFiles(
    {
      format: table === null ? 'Masks of classes' : 'Masks of objects',
      classes: meaning?.classes ?? [],
      notes: meaning === null ? [] : [...meaning.notes, 'All that an image has of a class is one object.'],
      namesFrom: meaning?.namesFrom ?? null,
      isReviewed: true,
    },
    topOfDataset(folder),
    masks,
    (file, where) => load(file, where, classesOf(file)),
    (where) =>
      singles.has(basename(where)) ? where.replace(/\.\d+\.png$/i, '') : where.replace(/\.png$/i, ''),
  )
}

/** An image without objects has a mask of zeros, which no line tells of; a photo beside it is no mask. */
const isListed = ({ classOf }: ObjectTable, key: string): boolean =>
  key.startsWith('masks/') || [...classOf.keys()].some((known) => known.startsWith(`${key} `))

/** The colour type stands at this byte: one channel, or a palette. */
const COLOUR_TYPE = 25

export const readMaskPng: LabelReader = {
  isWeak: true,
  knows: (head) => head.charCodeAt(COLOUR_TYPE) === 0 || head.charCodeAt(COLOUR_TYPE) === 3,
  open,
}
