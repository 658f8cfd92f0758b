/** Reads the files of COCO: a results list or an instances JSON, and what gives names to its numbers. */
import { basename, dirname, extname } from 'node:path'
import { CodedError } from '../../../common/errors.ts'
import { parseJson } from '../../files/json.ts'
import { readSmallText } from '../../files/small-file.ts'
import { findNames, NAMELESS_NOTE, readGivenNames } from '../../import/class-names.ts'
import type { ReadLabels } from '../../import/objects.ts'
import type { LabelReader } from '../../import/reader.ts'
import { readCocoIndex, readCocoRecords } from './read-records.ts'

/** Bytes. JSON is one string in memory, and V8 makes none of more than some 500 MB. */
const LIMIT = 500e6

const readJsonFile = async (file: string): Promise<unknown> =>
  parseJson(await readSmallText(file, { limit: LIMIT }), file)

const readCocoFile = async (file: string, namesFile: string | null): Promise<ReadLabels> => {
  const json = await readJsonFile(file)
  const isJson = namesFile !== null && extname(namesFile).toLowerCase() === '.json'
  const index = isJson ? readCocoIndex(await readJsonFile(namesFile)) : null
  if (isJson && index === null)
    throw new CodedError('bad-input', `${namesFile} is no COCO JSON with images and categories.`)
  const isResults = Array.isArray(json)
  const names =
    namesFile !== null && !isJson
      ? await readGivenNames(namesFile)
      : isResults && index === null
        ? await findNames(dirname(file))
        : null
  const records = readCocoRecords(json, index, names?.names ?? [], basename(file))
  if (records === null)
    throw new CodedError('bad-input', `${file} is neither a COCO results list nor a COCO instances JSON.`)
  // Of an instances JSON the names are its own.
  const read = { ...records, namesFrom: names?.file ?? (isResults ? (isJson ? namesFile : null) : file) }
  if (isResults && index === null && names === null) return { ...read, notes: [NAMELESS_NOTE] }
  return names === null ? read : { ...read, notes: [...read.notes, ...names.notes] }
}

export const readCoco: LabelReader = {
  async read({ files, namesFile }) {
    const [file] = files
    if (file === undefined) throw new CodedError('bad-input', 'There is no file to read.')
    return readCocoFile(file, namesFile)
  },
}
