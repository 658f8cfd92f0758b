/** Reads folders of YOLO label files, one text file an image, as trainers, detectors and people write them. */
import { readSmallText } from '../../files/small-file.ts'
import {
  findNames,
  NAMELESS_NOTE,
  noHints,
  readGivenNames,
  topOfDataset,
  type DatasetHints,
} from '../../import/class-names.ts'
import { setOfFiles } from '../../import/label-set.ts'
import type { LabelSet } from '../../import/objects.ts'
import type { LabelReader, LabelSource } from '../../import/reader.ts'
import { createLineCounter, kindOfLines, type LineKind } from './kinds.ts'
import { countLines, readYoloLines } from './read-lines.ts'
import { said } from '../../../common/said.ts'

/** Bytes of a label file: 8,000 polygons of 100 points. */
const LIMIT = 16e6

/** Files that are looked through to find out what the lines are, and letters of them altogether. */
const LOOKED_FILES = 2000
const LOOKED_LETTERS = 32e6

/** Text files in a folder of labels that hold no labels. */
const notLabels = new Set([
  'classes.txt',
  'obj.names.txt',
  'train.txt',
  'val.txt',
  'trainval.txt',
  'labelmap.txt',
  'valid.txt',
  'test.txt',
  'sources.txt',
  'predefined_classes.txt',
  'readme.txt',
  'readme.dataset.txt',
  'readme.roboflow.txt',
  'license.txt',
  'requirements.txt',
])

const byOrderNote = (names: readonly string[]) =>
  names.length > 1
    ? said(
        'No names of the classes were found (classes.txt or data.yaml): the numbers are taken as the classes of the project in their order, 0 as {first}, 1 as {second}.',
        { first: names[0]!, second: names[1]! },
      )
    : said(
        'No names of the classes were found (classes.txt or data.yaml): the numbers are taken as the classes of the project in their order, 0 as {first}.',
        { first: names[0]! },
      )

const kindNames: Readonly<Record<LineKind['type'], string>> = {
  boxes: 'YOLO detection',
  polygons: 'YOLO segmentation',
  corners: 'YOLO oriented boxes',
  pose: 'YOLO pose',
  tracks: 'YOLO tracks',
}

/** What the user may say that they are, by the id of the format. */
const kindsAsked: Readonly<Record<string, LineKind>> = {
  'yolo-seg': { type: 'polygons' },
  'yolo-obb': { type: 'corners' },
}

/** The kind of the lines in these files, of which many are looked at from the first to the last. */
const findKind = async (files: readonly string[], hints: DatasetHints): Promise<LineKind> => {
  const counter = createLineCounter()
  const step = Math.max(1, files.length / LOOKED_FILES)
  let letters = 0
  for (let at = 0; at < files.length && letters < LOOKED_LETTERS; at += step) {
    // What can't be read is said when its turn comes.
    const text = await readSmallText(files[Math.floor(at)]!, { limit: LIMIT }).catch(() => '')
    letters += text.length
    countLines(text, counter)
  }
  return kindOfLines(counter.counts(), hints)
}

const namesOf = ({ folder, files, namesFile, encoding }: LabelSource) =>
  namesFile === null ? findNames(folder, encoding, files[0] ?? null) : readGivenNames(namesFile, encoding)

const openYolo = async (source: LabelSource): Promise<LabelSet> => {
  const { folder, files, order } = source
  const found = await namesOf(source)
  const names = found?.names ?? order
  const kind = kindsAsked[source.as ?? ''] ?? (await findKind(files, found?.hints ?? noHints))
  const note = order.length > 0 ? byOrderNote(order) : NAMELESS_NOTE
  return setOfFiles(
    {
      format: kindNames[kind.type],
      classes: found?.names ?? [],
      notes: found === null && files.length > 0 ? [note] : (found?.notes ?? []),
      namesFrom: found?.file ?? null,
      // A file without lines says that there is nothing on its image.
      isReviewed: true,
    },
    // labels/train is given alone, and there is an image of that name in val too.
    topOfDataset(folder),
    files,
    async (file, where) => readYoloLines(await readSmallText(file, { limit: LIMIT }), names, where, kind),
    (where) => where.replace(/\.txt$/i, ''),
  )
}

export const readYolo: LabelReader = { others: notLabels, open: openYolo }
