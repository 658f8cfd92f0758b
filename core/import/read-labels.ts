/** Reads the files of a detector's boxes: finds the label files, the names of their classes, and tells what they are. */
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path'
import { CodedError } from '../../common/errors.ts'
import type { CleanNames } from '../../common/label-name.ts'
import { parseJson } from '../files/json.ts'
import { readSmallText } from '../files/small-file.ts'
import { boxProblem, type ImageBoxes, type ReadBoxes } from './objects.ts'
import { readCocoBoxes, readCocoIndex } from '../formats/coco/read.ts'
import { readClassesText, readYamlNames, readYoloBoxes } from '../formats/yolo/read.ts'

/** Text files in a folder of labels that hold no boxes. */
const notLabels = new Set(['classes.txt', 'obj.names.txt', 'train.txt', 'val.txt', 'test.txt', 'sources.txt'])
const namesFiles = ['classes.txt', 'obj.names', 'data.yaml', 'data.yml', 'dataset.yaml']

/**
 * Bytes. JSON is one string in memory, and V8 makes none of more than some 500 MB. Text that only looks like YAML keeps
 * its reader busy for 2 s a MB; ImageNet's 21,000 names take 0.6 MB.
 */
const limits = { names: 8e6, yaml: 1e6, labels: 64e6, json: 500e6 } as const

const readJsonFile = async (file: string): Promise<unknown> =>
  parseJson(await readSmallText(file, { limit: limits.json }), file)

/** Null when the file has no names. @throws CodedError of `readSmallText` */
const readNames = async (file: string): Promise<CleanNames | null> => {
  const isYaml = /\.ya?ml$/i.test(file)
  const text = await readSmallText(file, { limit: isYaml ? limits.yaml : limits.names })
  const read = isYaml ? readYamlNames(text) : readClassesText(text)
  return read === null || read.names.length === 0 ? null : read
}

/** @throws CodedError bad-input when the file has no names, or can't be read */
const readGivenNames = async (file: string): Promise<CleanNames> => {
  const read = await readNames(file)
  if (read === null) throw new CodedError('bad-input', `${file} holds no names of classes.`)
  return read
}

/** Folders of a dataset that hold labels; its names lie above them (dataset/labels/train, dataset/data.yaml). */
const datasetFolder = /^(labels|train|val|valid|test)$/i

const placesOfNames = (folder: string): string[] =>
  datasetFolder.test(basename(folder)) ? [folder, ...placesOfNames(dirname(folder))] : [folder]

/** @throws CodedError bad-input when a file of names is there and can't be read: without them the classes would be wrong */
const findNames = async (folder: string): Promise<CleanNames | null> => {
  for (const place of placesOfNames(folder)) {
    for (const name of namesFiles) {
      const file = join(place, name)
      const found = await stat(file).catch(() => null)
      if (found?.isFile() !== true) continue
      const names = await readNames(file)
      if (names !== null) return names
    }
  }
  return null
}

const labelFilesOf = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter(
      (entry) => entry.isFile() && entry.name.endsWith('.txt') && !notLabels.has(entry.name.toLowerCase()),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

const namelessNote =
  'No names of the classes were found (classes.txt or data.yaml): they are called by their numbers.'
const byOrderNote = (names: readonly string[]) =>
  'No names of the classes were found (classes.txt or data.yaml): the numbers are taken as the classes of the ' +
  `project in their order, 0 as ${names[0]}${names.length > 1 ? `, 1 as ${names[1]}` : ''}.`

const readYolo = async (
  root: string,
  files: readonly string[],
  given: CleanNames | null,
  order: readonly string[],
): Promise<ReadBoxes> => {
  const found = given ?? (await findNames(root))
  const names = found?.names ?? order
  const images: ImageBoxes[] = []
  const problems: ReadBoxes['problems'][number][] = []
  for (const file of files) {
    const name = relative(root, file).split(sep).join('/')
    try {
      const read = readYoloBoxes(await readSmallText(file, { limit: limits.labels }), names, name)
      images.push({ name: name.replace(/\.txt$/i, ''), boxes: read.boxes })
      for (const problem of read.problems) problems.push(problem)
    } catch (thrown) {
      if (!(thrown instanceof CodedError)) throw thrown
      problems.push(boxProblem(null, thrown.message))
    }
  }
  const note = order.length > 0 ? byOrderNote(order) : namelessNote
  return { images, problems, notes: found === null && images.length > 0 ? [note] : (found?.notes ?? []) }
}

const readCoco = async (file: string, namesFile: string | undefined): Promise<ReadBoxes> => {
  const json = await readJsonFile(file)
  const isJson = namesFile !== undefined && extname(namesFile).toLowerCase() === '.json'
  const index = isJson ? readCocoIndex(await readJsonFile(namesFile)) : null
  if (isJson && index === null)
    throw new CodedError('bad-input', `${namesFile} is no COCO JSON with images and categories.`)
  const isResults = Array.isArray(json)
  const names =
    namesFile !== undefined && !isJson
      ? await readGivenNames(namesFile)
      : isResults && index === null
        ? await findNames(dirname(file))
        : null
  const read = readCocoBoxes(json, index, names?.names ?? [], basename(file))
  if (read === null)
    throw new CodedError('bad-input', `${file} is neither a COCO results list nor a COCO instances JSON.`)
  if (isResults && index === null && names === null) return { ...read, notes: [namelessNote] }
  return names === null ? read : { ...read, notes: [...read.notes, ...names.notes] }
}

/**
 * Reads the boxes at `path`: a folder of YOLO label files, one such file, or a COCO JSON.
 * @param names classes.txt, data.yaml, or for COCO results an instances JSON; looked for beside the boxes when absent
 * @param order the project's classes: what YOLO's numbers mean when no names are found, as our own export numbers them
 * @throws CodedError not-found when a path is not there, bad-input when there are no boxes in it
 */
export const readBoxes = async (
  path: string,
  names?: string,
  order: readonly string[] = [],
): Promise<ReadBoxes> => {
  const place = resolve(path)
  const namesFile = names === undefined ? undefined : resolve(names)
  const found = await stat(place).catch((cause: unknown) => {
    throw new CodedError('not-found', `There is no file or folder ${place}.`, { cause })
  })
  if (!found.isDirectory() && extname(place).toLowerCase() === '.json') return readCoco(place, namesFile)
  const files = found.isDirectory() ? await labelFilesOf(place) : [place]
  if (files.length === 0)
    throw new CodedError(
      'bad-input',
      `${place} holds no label files (.txt). Give a COCO file by its own name.`,
    )
  const given = namesFile === undefined ? null : await readGivenNames(namesFile)
  return readYolo(found.isDirectory() ? place : dirname(place), files, given, order)
}
