/** Names of classes from classes.txt, obj.names and data.yaml, and where such a file lies when none is given. */
import { stat } from 'node:fs/promises'
import { basename, dirname, join, sep } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { CodedError } from '../../common/errors.ts'
import { cleanLabelNames, namelessClass, namesOfLines, type CleanNames } from '../../common/label-name.ts'
import { said } from '../../common/said.ts'
import { isTooDeep } from '../files/depth.ts'
import { readSmallText } from '../files/small-file.ts'

const namesFiles = [
  'classes.txt',
  'obj.names',
  'data.yaml',
  'data.yml',
  'dataset.yaml',
  '_darknet.labels',
  'class_names.txt',
]

/** Bytes. Text that only looks like YAML keeps its reader busy for 2 s a MB; ImageNet's 21,000 names take 0.6 MB. */
const limits = { lines: 8e6, yaml: 1e6 } as const

/** One name a line; the line's number, from 0, is the class. */
const readClassesText = (text: string): CleanNames => cleanLabelNames(namesOfLines(text))

/** What YAML makes of a name without quotes: 1, yes, nothing. */
const yamlName = z.union([z.string(), z.number(), z.boolean()]).transform(String).catch('')
const namesSchema = z.object({ names: z.union([z.array(yamlName), z.record(z.string(), yamlName)]) })

/** Classes beyond this number are none: a list is made up to the greatest one. */
const MOST = 100_000

const valueOfYaml = (text: string): unknown => {
  if (isTooDeep(text)) return null
  try {
    // Pretty errors look through the whole text for each of them: 126 s for 2 MB.
    // Looking for a key that is there twice takes the square of their number: the last one counts, as in Python's reader.
    return parse(text, { prettyErrors: false, uniqueKeys: false })
  } catch {
    return null
  }
}

/** What a data.yaml says of the lines of its labels. */
export interface DatasetHints {
  /** `kpt_shape`: how many key points each object has, and how many numbers each of them; null when it has none. */
  readonly keyPoints: readonly [points: number, numbers: number] | null
  /** `task`, as Ultralytics' converter and our export write it; null when it has none. */
  readonly task: string | null
}

export const noHints: DatasetHints = { keyPoints: null, task: null }

const hintsSchema = z.object({
  kpt_shape: z
    .tuple([z.int().min(1).max(1000), z.int().min(2).max(3)])
    .nullable()
    .catch(null),
  task: z.string().nullable().catch(null),
})

const readHints = (text: string): DatasetHints => {
  const read = hintsSchema.safeParse(valueOfYaml(text)).data
  return read === undefined ? noHints : { keyPoints: read.kpt_shape, task: read.task }
}

/** `names` of a data.yaml: a list, or names by index. Null when it has none. */
export const readYamlNames = (text: string): CleanNames | null => {
  const read = namesSchema.safeParse(valueOfYaml(text))
  if (!read.success) return null
  if (Array.isArray(read.data.names)) return cleanLabelNames(read.data.names.slice(0, MOST))
  const names: (string | undefined)[] = []
  for (const [key, name] of Object.entries(read.data.names)) {
    const index = Number(key)
    if (Number.isInteger(index) && index >= 0 && index < MOST) names[index] = name
  }
  return cleanLabelNames(names)
}

/** Null when the file has no names. @throws CodedError of `readSmallText` */
const readNames = async (
  file: string,
  encoding: string | null,
): Promise<(CleanNames & Pick<FoundNames, 'hints'>) | null> => {
  const isYaml = /\.ya?ml$/i.test(file)
  const text = await readSmallText(file, { limit: isYaml ? limits.yaml : limits.lines, encoding })
  const read = isYaml ? readYamlNames(text) : readClassesText(text)
  if (read === null || read.names.length === 0) return null
  return { ...read, hints: isYaml ? readHints(text) : noHints }
}

export interface FoundNames extends CleanNames {
  readonly file: string
  readonly hints: DatasetHints
}

/** @throws CodedError bad-input when the file has no names, or can't be read */
export const readGivenNames = async (file: string, encoding: string | null = null): Promise<FoundNames> => {
  const read = await readNames(file, encoding)
  if (read === null)
    throw new CodedError('bad-input', said('{name} holds no names of classes.', { name: file }))
  return { ...read, file }
}

/** Folders of a dataset that hold labels; its names lie above them (dataset/labels/train, dataset/data.yaml). */
const datasetFolder =
  /^(labels|labels?_.*|images|train\d*|val\d*|valid|validation|test\d*|obj(?:_.*_data)?|annotations|masks|segmentation(?:class|object))$/i

/** The folder of the whole dataset that `folder` is a part of: dataset/labels/train is part of dataset. */
export const topOfDataset = (folder: string): string =>
  datasetFolder.test(basename(folder)) ? topOfDataset(dirname(folder)) : folder

const placesOfNames = (folder: string): string[] =>
  datasetFolder.test(basename(folder)) ? [folder, ...placesOfNames(dirname(folder))] : [folder]

/** Folders within `folder` that lead to the file, the nearest to the file first. */
const placesOnTheWay = (folder: string, file: string): string[] => {
  const way: string[] = []
  for (let place = dirname(file); place.startsWith(folder + sep); place = dirname(place)) way.push(place)
  return way
}

/**
 * @param labels one of the files of labels: Darknet's names lie beneath its top, beside the folder of these (data/obj.names)
 * @throws CodedError bad-input when a file of names is there and can't be read: without them the classes would be wrong
 */
export const findNames = async (
  folder: string,
  encoding: string | null = null,
  labels: string | null = null,
): Promise<FoundNames | null> => {
  for (const place of [
    ...placesOfNames(folder),
    ...(labels === null ? [] : placesOnTheWay(folder, labels)),
  ]) {
    for (const name of namesFiles) {
      const file = join(place, name)
      const found = await stat(file).catch(() => null)
      if (found?.isFile() !== true) continue
      const names = await readNames(file, encoding)
      if (names !== null)
        return { ...names, hints: /\.ya?ml$/.test(name) ? names.hints : await findHints(place), file }
    }
  }
  return null
}

/** Of a data.yaml that lies beside another list of names. */
const findHints = async (place: string): Promise<DatasetHints> => {
  for (const name of namesFiles.filter((one) => /\.ya?ml$/.test(one))) {
    const text = await readSmallText(join(place, name), { limit: limits.yaml }).catch(() => null)
    if (text !== null) return readHints(text)
  }
  return noHints
}

export const NAMELESS_NOTE = said(
  'No names of the classes were found (classes.txt or data.yaml): they are called by their numbers.',
)

const nameless = /^class \d+$/

/**
 * What numbers mean when no names are found: the classes of the project in their order, as our own export numbers them.
 * A class that is called by its number is that number, wherever it stands in the list: an import of before made it.
 */
export const orderOfClasses = (names: readonly string[]): string[] => {
  const known = new Set(names)
  return names
    .filter((name) => !nameless.test(name))
    .map((name, index) => (known.has(namelessClass(index)) ? namelessClass(index) : name))
}
