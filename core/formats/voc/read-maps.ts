/**
 * The segmentation of Pascal VOC where no XML lies beside it: SegmentationObject with an object a value, SegmentationClass
 * with its class; in the colours of VOC's palette, or, as CVAT writes both, in the colours of labelmap.txt.
 */
import { valueOf } from '../../import/places.ts'
import { existsSync } from 'node:fs'
import { cleanLabelName, namelessClass } from '../../../common/label-name.ts'
import { said } from '../../../common/said.ts'
import { readSmallFile } from '../../files/small-file.ts'
import {
  byList,
  colourOf,
  findColours,
  isVoid,
  objectsOfMap,
  rastersOf,
  type ClassOf,
  type Meaning,
} from '../../import/class-maps.ts'
import { findNames, readGivenNames, topOfDataset } from '../../import/class-names.ts'
import { setOfFiles } from '../../import/label-set.ts'
import { readProblem, type LabelSet, type LoadedObjects, type ReadObject } from '../../import/objects.ts'
import { readPngColours, type PngSamples } from '../../import/png-samples.ts'
import type { LabelSource } from '../../import/reader.ts'
import { VOID, vocPalette } from './masks.ts'

/** Bytes of a map. */
const LIMIT = 64e6

/** The classes of VOC2012 in the order of their values, from 1. */
const vocClasses = [
  ...['aeroplane', 'bicycle', 'bird', 'boat', 'bottle', 'bus', 'car', 'cat', 'chair', 'cow', 'diningtable'],
  ...['dog', 'horse', 'motorbike', 'person', 'pottedplant', 'sheep', 'sofa', 'train', 'tvmonitor'],
]

const inFolders = /^(.*[\\/])?Segmentation(Class|Object)[\\/](.+)\.png$/i

/** Whether a file lies where VOC has its segmentation. */
export const isVocMap = (file: string): boolean => inFolders.test(file)

/** The other map of the same picture: of its objects, or of its classes. */
const mapOf = (file: string, kind: 'Class' | 'Object'): string | null => {
  const [, top = '', , rest = ''] = inFolders.exec(file) ?? []
  const path = `${top}Segmentation${kind}/${rest}.png`
  return existsSync(path) ? path : null
}

/** The picture that a map is of, without its ending. */
export const pictureOfMap = (file: string): string => inFolders.exec(file)?.[3]?.replaceAll('\\', '/') ?? file

/** VOC's value of each of its colours. */
const valueByColour = (): ReadonlyMap<string, number> => {
  const palette = vocPalette()
  return new Map(
    Array.from({ length: 256 }, (_, value) => [
      [...palette.subarray(3 * value, 3 * value + 3)].join(','),
      value,
    ]),
  )
}

/** Maps in colours have numbers of their own; in VOC's colours they have VOC's. */
const inVocColours = (classOf: ClassOf): ClassOf => {
  const values = valueByColour()
  return (value, samples) => {
    if (samples.data instanceof Uint8Array) return classOf(value, samples)
    const colour = colourOf(value, samples)
    const known = colour === null ? value : values.get(colour)
    if (known === VOID) return null
    return known === undefined ? `colour ${colour}` : classOf(known, samples)
  }
}

const meaningOf = async (source: LabelSource): Promise<Meaning> => {
  const { folder, namesFile, encoding } = source
  const colours = await findColours(source)
  if (colours !== null) return colours
  const found =
    namesFile === null ? await findNames(folder, encoding) : await readGivenNames(namesFile, encoding)
  if (found !== null) {
    const listed = byList(found)
    return { ...listed, classOf: inVocColours(listed.classOf) }
  }
  const classOf: ClassOf = (value, samples) =>
    value === 0 || isVoid(value, samples) ? null : (vocClasses[value - 1] ?? namelessClass(value))
  return {
    classOf: inVocColours(classOf),
    classes: [],
    namesFrom: null,
    notes: [
      said(
        'No list of classes was found (labelmap.txt, class_names.txt): the values are taken for the classes of VOC2012.',
      ),
    ],
  }
}

/** What an object without a map of classes is called. */
const NAMELESS = 'unnamed'

/** The class of the most pixels of an object. */
const labelOf = (
  classes: { readonly samples: PngSamples; readonly classOf: ClassOf } | null,
  { x, y, width, height, data }: Extract<ReadObject['shape'], { readonly type: 'raster' }>['raster'],
): string => {
  if (classes === null) return NAMELESS
  const counts = new Map<number, number>()
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      if (data[row * width + column] === 0) continue
      const value = classes.samples.data[(y + row) * classes.samples.width + x + column]!
      counts.set(value, (counts.get(value) ?? 0) + 1)
    }
  const [most] = [...counts]
    .flatMap(([value, count]) => {
      const name = classes.classOf(value, classes.samples)
      return name === null ? [] : [{ name, count }]
    })
    .sort((a, b) => b.count - a.count)
  return cleanLabelName(most?.name ?? '') || NAMELESS
}

const read = async (file: string, where: string) =>
  readPngColours(await readSmallFile(file, { limit: LIMIT }), where)

const isNothing = (value: number, samples: PngSamples) =>
  value === 0 || isVoid(value, samples) || colourOf(value, samples) === '224,224,192'

const objectsOf = (
  samples: PngSamples,
  where: string,
  classes: Parameters<typeof labelOf>[0],
): LoadedObjects => {
  const { width, height } = samples
  const objects = Array.from(
    rastersOf(samples, (value) => !isNothing(value, samples)),
    ({ value, raster }): ReadObject => ({
      label: labelOf(classes, raster),
      box: [raster.x, raster.y, raster.x + raster.width, raster.y + raster.height],
      unit: 'pixel',
      shape: { type: 'raster', raster },
      score: null,
      size: { width, height },
      where: valueOf(where, value),
    }),
  )
  return { objects, problems: [] }
}

/** The objects of one picture, of whichever of its maps lies there. */
const load = async (
  file: string,
  where: string,
  classOf: ClassOf,
  parts: LabelSource['parts'],
): Promise<LoadedObjects> => {
  const [classFile, objectFile] = [mapOf(file, 'Class'), mapOf(file, 'Object')]
  const classes = classFile === null ? null : { samples: await read(classFile, where), classOf }
  const objects = objectFile === null ? null : await read(objectFile, where)
  if (objects === null) return objectsOfMap(classes!.samples, where, classOf, parts)
  if (
    classes !== null &&
    (classes.samples.width !== objects.width || classes.samples.height !== objects.height)
  ) {
    const read = objectsOfMap(classes.samples, where, classOf, parts)
    const problem = readProblem(
      null,
      said('{where}: its objects and its classes have other sizes; its classes are read.', { where }),
    )
    return { objects: read.objects, problems: [...read.problems, problem] }
  }
  return objectsOf(objects, where, classes)
}

/** @param files maps that lie in SegmentationClass or SegmentationObject; of two of one picture the first is taken */
export const openMaps = async (source: LabelSource, files: readonly string[]): Promise<LabelSet> => {
  const meaning = await meaningOf(source)
  const byPicture = new Map<string, string>()
  for (const file of files) {
    const key = `${inFolders.exec(file)?.[1] ?? ''}${pictureOfMap(file)}`
    if (!byPicture.has(key)) byPicture.set(key, file)
  }
  const own = [...byPicture.values()]
  const hasClassesAlone = own.some((file) => mapOf(file, 'Object') === null)
  const hasObjectsAlone = own.some((file) => mapOf(file, 'Class') === null)
  const notes = hasObjectsAlone
    ? [
        said('Where no SegmentationClass lies beside SegmentationObject, objects are called "{nameless}".', {
          nameless: NAMELESS,
        }),
      ]
    : []
  return setOfFiles(
    {
      format: said('Pascal VOC masks'),
      classes: meaning.classes,
      notes: [...meaning.notes, ...notes],
      namesFrom: meaning.namesFrom,
      parts: hasClassesAlone ? source.parts : null,
      isReviewed: true,
    },
    topOfDataset(source.folder),
    own,
    (file, where) => load(file, where, meaning.classOf, source.parts),
    pictureOfMap,
  )
}
