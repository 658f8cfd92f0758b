/** Reads the labels that lie at a path: finds out which format's they are, and its files. */
import { readdir, stat } from 'node:fs/promises'
import { dirname, extname, join, resolve } from 'node:path'
import { CodedError } from '../../common/errors.ts'
import type { ReadLabels } from './objects.ts'
import type { LabelReader, Readable } from './reader.ts'

type Way = { readonly reader: LabelReader; readonly endings: readonly string[]; readonly folder: boolean }

const waysOf = (formats: readonly Readable[]): Way[] =>
  formats.flatMap(({ about: { reads }, read: reader }) =>
    reads === null || reader === null ? [] : [{ reader, endings: reads.endings, folder: reads.folder }],
  )

const endingOf = (file: string) => extname(file).slice(1).toLowerCase()

const isTaken = ({ reader, endings }: Way, name: string) =>
  endings.includes(endingOf(name)) && reader.others?.has(name.toLowerCase()) !== true

const filesUnder = async (folder: string, way: Way): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && isTaken(way, entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

const endingsText = (ways: readonly Way[]) =>
  [...new Set(ways.flatMap(({ endings }) => endings.map((ending) => `.${ending}`)))].join(', ')

const ofFolder = async (folder: string, ways: readonly Way[]) => {
  const whole = ways.filter((way) => way.folder)
  for (const { reader, ...way } of whole) {
    const files = await filesUnder(folder, { reader, ...way })
    if (files.length > 0) return { reader, files }
  }
  const single = ways.filter((way) => !way.folder)
  throw new CodedError(
    'bad-input',
    `${folder} holds no label files (${endingsText(whole)}). Give a file that holds all labels (` +
      `${endingsText(single)}) by its own name.`,
  )
}

const ofFile = (file: string, ways: readonly Way[]) => {
  const way = ways.find(({ endings }) => endings.includes(endingOf(file)))
  if (way !== undefined) return { reader: way.reader, files: [file] }
  throw new CodedError('bad-input', `${file} is no file of labels: those end in ${endingsText(ways)}.`)
}

/**
 * Reads the labels at `path`: a folder of label files, or one file.
 * @param formats asked in their order whether the files are theirs
 * @param names the file with the names of the classes; looked for beside the labels when absent
 * @param order the project's classes in their order, for numbers without names
 * @throws CodedError not-found when a path is not there, bad-input when there are no labels in it
 */
export const readLabels = async (
  formats: readonly Readable[],
  path: string,
  names?: string,
  order: readonly string[] = [],
): Promise<ReadLabels> => {
  const place = resolve(path)
  const found = await stat(place).catch((cause: unknown) => {
    throw new CodedError('not-found', `There is no file or folder ${place}.`, { cause })
  })
  const ways = waysOf(formats)
  const { reader, files } = found.isDirectory() ? await ofFolder(place, ways) : ofFile(place, ways)
  return reader.read({
    folder: found.isDirectory() ? place : dirname(place),
    files,
    namesFile: names === undefined ? null : resolve(names),
    order,
  })
}
