/** Names of classes from classes.txt, obj.names and data.yaml, and where such a file lies when none is given. */
import { stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { CodedError } from '../../common/errors.ts'
import { cleanLabelNames, namesOfLines, type CleanNames } from '../../common/label-name.ts'
import { isTooDeep } from '../files/depth.ts'
import { readSmallText } from '../files/small-file.ts'

const namesFiles = ['classes.txt', 'obj.names', 'data.yaml', 'data.yml', 'dataset.yaml']

/** Bytes. Text that only looks like YAML keeps its reader busy for 2 s a MB; ImageNet's 21,000 names take 0.6 MB. */
const limits = { lines: 8e6, yaml: 1e6 } as const

/** One name a line; the line's number, from 0, is the class. */
const readClassesText = (text: string): CleanNames => cleanLabelNames(namesOfLines(text))

/** What YAML makes of a name without quotes: 1, yes, nothing. */
const yamlName = z.union([z.string(), z.number(), z.boolean()]).transform(String).catch('')
const namesSchema = z.object({ names: z.union([z.array(yamlName), z.record(z.string(), yamlName)]) })

/** Classes beyond this number are none: a list is made up to the greatest one. */
const MOST = 100_000

/** `names` of a data.yaml: a list, or names by index. Null when it has none. */
export const readYamlNames = (text: string): CleanNames | null => {
  if (isTooDeep(text)) return null
  let value: unknown
  try {
    // Pretty errors look through the whole text for each of them: 126 s for 2 MB.
    // Looking for a key that is there twice takes the square of their number: the last one counts, as in Python's reader.
    value = parse(text, { prettyErrors: false, uniqueKeys: false })
  } catch {
    return null
  }
  const read = namesSchema.safeParse(value)
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
const readNames = async (file: string): Promise<CleanNames | null> => {
  const isYaml = /\.ya?ml$/i.test(file)
  const text = await readSmallText(file, { limit: isYaml ? limits.yaml : limits.lines })
  const read = isYaml ? readYamlNames(text) : readClassesText(text)
  return read === null || read.names.length === 0 ? null : read
}

export interface FoundNames extends CleanNames {
  readonly file: string
}

/** @throws CodedError bad-input when the file has no names, or can't be read */
export const readGivenNames = async (file: string): Promise<FoundNames> => {
  const read = await readNames(file)
  if (read === null) throw new CodedError('bad-input', `${file} holds no names of classes.`)
  return { ...read, file }
}

/** Folders of a dataset that hold labels; its names lie above them (dataset/labels/train, dataset/data.yaml). */
const datasetFolder = /^(labels|train|val|valid|test)$/i

const placesOfNames = (folder: string): string[] =>
  datasetFolder.test(basename(folder)) ? [folder, ...placesOfNames(dirname(folder))] : [folder]

/** @throws CodedError bad-input when a file of names is there and can't be read: without them the classes would be wrong */
export const findNames = async (folder: string): Promise<FoundNames | null> => {
  for (const place of placesOfNames(folder)) {
    for (const name of namesFiles) {
      const file = join(place, name)
      const found = await stat(file).catch(() => null)
      if (found?.isFile() !== true) continue
      const names = await readNames(file)
      if (names !== null) return { ...names, file }
    }
  }
  return null
}

export const NAMELESS_NOTE =
  'No names of the classes were found (classes.txt or data.yaml): they are called by their numbers.'
