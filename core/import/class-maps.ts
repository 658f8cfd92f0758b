/**
 * Pictures of which each value is a class: what the values mean, by a list of classes or by colours, and the objects that
 * they hold. All that an image has of a class is one object, or each of its connected parts is.
 */
import { partOf, valueOf } from './places.ts'
import { dirname, join } from 'node:path'
import { cleanLabelName, namelessClass } from '../../common/label-name.ts'
import { limits } from '../../common/limits.ts'
import { said } from '../../common/said.ts'
import { readSmallText } from '../files/small-file.ts'
import { topOfDataset, type FoundNames } from './class-names.ts'
import { connectedParts } from './connected.ts'
import { readProblem, type LoadedObjects, type ReadObject } from './objects.ts'
import { rasterWhere, type PngSamples } from './png-samples.ts'
import type { LabelSource } from './reader.ts'

/** The value of borders and of what training leaves out, in maps of 8 bits. */
const VOID = 255

/** Bytes of a list of classes or objects. */
export const LIST_LIMIT = 32e6

/** Names of what is no object. */
const background = /^_*(background|ignore|unlabeled|unlabelled)_*$/i

/** What a value means; null: nothing, or no object. */
export type ClassOf = (value: number, samples: PngSamples) => string | null

export interface Meaning {
  readonly classOf: ClassOf
  readonly classes: readonly string[]
  readonly namesFrom: string | null
  readonly notes: readonly string[]
}

export const isVoid = (value: number, { data }: PngSamples): boolean =>
  value === VOID && data instanceof Uint8Array

/** CVAT's and Datumaro's list, labelmap.txt: name:r,g,b:parts:actions */
const coloursOf = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text.split(/\r\n|\r|\n/).flatMap((line): [string, string][] => {
      const [, name, color] = /^([^#:][^:]*):(\d+,\d+,\d+):/.exec(line) ?? []
      return name === undefined || color === undefined ? [] : [[color, cleanLabelName(name)]]
    }),
  )

/** The colour of a value as labelmap.txt writes it; null where the map has no colours. */
export const colourOf = (value: number, { palette }: PngSamples): string | null =>
  palette?.[value]?.slice(0, 3).join(',') ?? null

const byColours = (colours: ReadonlyMap<string, string>, file: string): Meaning => {
  const order = [...colours.values()]
  const classOf: ClassOf = (value, samples) => {
    const colour = colourOf(value, samples)
    const name = colour === null ? order[value] : colours.get(colour)
    return name === undefined || background.test(name) ? null : name
  }
  return { classOf, classes: order.filter((name) => !background.test(name)), namesFrom: file, notes: [] }
}

/** By the labelmap.txt of the data set; null when it has none, or another list is given. */
export const findColours = async ({ folder, namesFile, encoding }: LabelSource): Promise<Meaning | null> => {
  if (namesFile !== null) return null
  for (const place of [folder, topOfDataset(folder), dirname(folder)]) {
    const file = join(place, 'labelmap.txt')
    const text = await readSmallText(file, { limit: LIST_LIMIT, encoding }).catch(() => null)
    const colours = text === null ? null : coloursOf(text)
    if (colours !== null && colours.size > 0) return byColours(colours, file)
  }
  return null
}

/** A value is a line of the list, counted from 0 where the first one is the background, else from 1. */
export const byList = ({ names, file, notes }: Pick<FoundNames, 'names' | 'file' | 'notes'>): Meaning => {
  const hasBackground = background.test(names[0] ?? '')
  const list = hasBackground ? names.slice(1) : names
  const note = said('The list of classes has no line for the background: the value 1 is {name}.', {
    name: names[0]!,
  })
  const classOf: ClassOf = (value, samples) => {
    if (value === 0 || (isVoid(value, samples) && list.length < VOID)) return null
    return list[value - 1] ?? namelessClass(value)
  }
  return { classOf, classes: list, namesFrom: file, notes: hasBackground ? notes : [...notes, note] }
}

/** Values of one map: each takes a look at all of its pixels. */
const MOST_VALUES = 2000

/** The values that occur, ascending, with their pixels. */
export const rastersOf = function* (samples: PngSamples, isWanted: (value: number) => boolean) {
  for (const value of [...new Set<number>(samples.data)].sort((a, b) => a - b)) {
    const raster = isWanted(value) ? rasterWhere(samples, (one) => one === value) : null
    if (raster !== null) yield { value, raster }
  }
}

/**
 * The objects of one map.
 * @param where the file, for reports
 * @param parts 'together': all of a value is one object; 'apart': each connected part is
 */
export const objectsOfMap = (
  samples: PngSamples,
  where: string,
  classOf: ClassOf,
  parts: LabelSource['parts'],
): LoadedObjects => {
  const { width, height } = samples
  const objects: ReadObject[] = []
  const problems: LoadedObjects['problems'][number][] = []
  const leaveOut = (message: string) => problems.push(readProblem(null, message))
  let [values, lost] = [0, 0]
  for (const { value, raster } of rastersOf(samples, (one) => classOf(one, samples) !== null)) {
    if (++values > MOST_VALUES) {
      leaveOut(
        said('{where} has more than {most, number} values; the others are left out.', {
          where,
          most: MOST_VALUES,
        }),
      )
      break
    }
    const label = cleanLabelName(classOf(value, samples) ?? '') || namelessClass(value)
    const found =
      parts === 'together'
        ? { parts: [raster], lost: 0 }
        : connectedParts(raster, limits.objectsOfImage - objects.length)
    lost += found.lost
    for (const [index, part] of found.parts.entries())
      objects.push({
        label,
        box: [part.x, part.y, part.x + part.width, part.y + part.height],
        unit: 'pixel',
        shape: { type: 'raster', raster: part },
        score: null,
        size: { width, height },
        where: found.parts.length > 1 ? partOf(valueOf(where, value), index + 1) : valueOf(where, value),
      })
  }
  if (lost > 0)
    leaveOut(
      said(
        '{where} has {lost, number} parts more than the {most, number} objects that an image can have; they are left out. Take all of a class as one object instead.',
        { where, lost, most: limits.objectsOfImage },
      ),
    )
  return { objects, problems }
}
