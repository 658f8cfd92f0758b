/**
 * Reads masks as pictures of numbers: each value a class, by a list of classes, by a palette and CVAT's labelmap.txt,
 * or each value (or file) an object, by an objects.csv.
 */
import { basename, dirname, join, relative, sep } from 'node:path'
import { parse } from 'csv-parse/sync'
import { CodedError } from '../../../common/errors.ts'
import { namelessClass } from '../../../common/label-name.ts'
import { said } from '../../../common/said.ts'
import { readSmallFile, readSmallText } from '../../files/small-file.ts'
import {
  byList,
  findColours,
  isVoid,
  LIST_LIMIT,
  objectsOfMap,
  type ClassOf,
  type Meaning,
} from '../../import/class-maps.ts'
import { findNames, readGivenNames, topOfDataset } from '../../import/class-names.ts'
import { setOfFiles } from '../../import/label-set.ts'
import type { LabelSet } from '../../import/objects.ts'
import { readPngSamples } from '../../import/png-samples.ts'
import type { LabelReader, LabelSource } from '../../import/reader.ts'

/** Bytes of a mask. */
const LIMIT = 64e6

const meaningOf = async (source: LabelSource): Promise<Meaning> => {
  const { folder, namesFile, encoding, as } = source
  const colours = await findColours(source)
  if (colours !== null) return colours
  const found =
    namesFile !== null
      ? await readGivenNames(namesFile, encoding)
      : ((await findNames(folder, encoding)) ?? (await findNames(dirname(folder), encoding)))
  if (found !== null) return byList(found)
  if (as === null)
    throw new CodedError(
      'bad-input',
      said(
        'There are PNG files in {folder}, and no list of classes (classes.txt, labelmap.txt) that would make masks of them. Choose the format of masks to read them all the same.',
        { folder },
      ),
    )
  const classOf: ClassOf = (value, samples) =>
    value === 0 || isVoid(value, samples) ? null : namelessClass(value)
  return {
    classOf,
    classes: [],
    namesFrom: null,
    notes: [said('No list of classes was found: they are called by their values.')],
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

const open = async (source: LabelSource): Promise<LabelSet> => {
  const { folder, files } = source
  const table = await readObjects(folder)
  const meaning = table === null ? await meaningOf(source) : null
  const list = table === null ? null : await findNames(table.top, source.encoding).catch(() => null)
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
      format: table === null ? said('Masks of classes') : said('Masks of objects'),
      classes: meaning?.classes ?? (list === null ? [] : byList(list).classes),
      notes: meaning?.notes ?? [],
      namesFrom: meaning?.namesFrom ?? null,
      parts: meaning === null ? null : source.parts,
      isReviewed: true,
    },
    topOfDataset(folder),
    masks,
    async (file, where) =>
      objectsOfMap(
        readPngSamples(await readSmallFile(file, { limit: LIMIT }), where),
        where,
        classesOf(file),
        // By a table each value is an object as it is.
        meaning === null ? 'together' : source.parts,
      ),
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
