/** Finds out which format's labels lie at a path, and their files. */
import { open, readdir, stat } from 'node:fs/promises'
import { constants } from 'node:fs'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { CodedError } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { openFlags } from '../files/inside.ts'
import type { LabelReader, Readable } from './reader.ts'

/** One way to read: formats that are read in one way share it. */
interface Way {
  readonly ids: readonly string[]
  readonly name: string
  readonly reader: LabelReader
  readonly endings: readonly string[]
  readonly folder: boolean
}

export interface FoundFiles {
  readonly reader: LabelReader
  readonly files: readonly string[]
  /** What else lies there and is not read, in a sentence; null when there is nothing. */
  readonly note: string | null
}

const waysOf = (formats: readonly Readable[]): Way[] => {
  const ways = new Map<LabelReader, Way>()
  for (const { about, read: reader } of formats) {
    if (about.reads === null || reader === null) continue
    const { endings, folder, what } = about.reads
    const known = ways.get(reader)
    if (known === undefined) ways.set(reader, { ids: [about.id], name: what, reader, endings, folder })
    else ways.set(reader, { ...known, ids: [...known.ids, about.id] })
  }
  return [...ways.values()]
}

const endingOf = (file: string) => extname(file).slice(1).toLowerCase()

const endingsText = (ways: readonly Way[]) =>
  [...new Set(ways.flatMap(({ endings }) => endings.map((ending) => `.${ending}`)))].join(', ')

/** Bytes of a file that tell whose it is. */
const HEAD = 64 * 1024

const headOf = async (file: string): Promise<string> => {
  const handle = await open(file, constants.O_RDONLY | openFlags.noWait).catch(() => null)
  if (handle === null) return ''
  try {
    if (!(await handle.stat()).isFile()) return ''
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0)
    const bytes = buffer.subarray(0, bytesRead)
    // A byte order mark of UTF-16: the marks that are looked for are ASCII.
    const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
    const head = bytes.toString('latin1')
    return isWide ? head.replaceAll('\0', '').slice(2) : head
  } catch {
    return ''
  } finally {
    await handle.close()
  }
}

/** Whose a file is; where several formats have its ending, its first bytes tell. */
const wayOfFile = async (file: string, ways: readonly Way[]): Promise<Way | null> => {
  const name = basename(file).toLowerCase()
  const possible = ways.filter(
    ({ endings, reader }) => endings.includes(endingOf(file)) && reader.others?.has(name) !== true,
  )
  if (possible.length === 1 && possible[0]!.reader.knows === undefined) return possible[0]!
  const head = possible.length === 0 ? '' : await headOf(file)
  return possible.find(({ reader }) => reader.knows?.(head, file) ?? true) ?? null
}

/** Files of each ending in a folder that are looked into, to find out whose they are; the others there are as those. */
const LOOKED = 500

const filesOfFolder = async (folder: string, ways: readonly Way[]): Promise<Map<Way, string[]>> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile() && ways.some(({ endings }) => endings.includes(endingOf(entry.name))))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const byWay = new Map<Way, string[]>()
  const looked = new Map<string, { count: number; way: Way | null }>()
  for (const file of files) {
    const kind = join(dirname(file), endingOf(file))
    const before = looked.get(kind) ?? { count: 0, way: null }
    const isOther = before.way?.reader.others?.has(basename(file).toLowerCase()) === true
    const way = before.count < LOOKED ? await wayOfFile(file, ways) : isOther ? null : before.way
    looked.set(kind, { count: before.count + 1, way: way ?? before.way })
    if (way === null) continue
    const known = byWay.get(way)
    if (known === undefined) byWay.set(way, [file])
    else known.push(file)
  }
  return byWay
}

const nothingIn = (folder: string, ways: readonly Way[]) =>
  new CodedError(
    'bad-input',
    said('{folder} holds no label files ({ways}). Give the folder that they lie in, or one file.', {
      folder,
      ways: endingsText(ways),
    }),
  )

/** A file that holds all labels weighs more than one of many; what may be something else, next to nothing. */
const weightOf = ([{ folder, reader }, files]: readonly [Way, readonly string[]]) =>
  files.length * (reader.isWeak === true ? 1e-9 : folder ? 1 : 1000)

const ofFolder = async (folder: string, ways: readonly Way[]): Promise<FoundFiles> => {
  const found = [...(await filesOfFolder(folder, ways))].sort((a, b) => weightOf(b) - weightOf(a))
  const [best, ...rest] = found
  if (best === undefined) throw nothingIn(folder, ways)
  const others = rest
    .filter(([{ reader }]) => reader.isWeak !== true)
    .map(([way, files]) => `${files.length} of ${way.name}`)
  const note =
    others.length === 0
      ? null
      : said('There are other labels too, which are not read: {others}.', { others: others.join(', ') })
  return { reader: best[0].reader, files: best[1], note }
}

const ofFile = async (file: string, ways: readonly Way[]): Promise<FoundFiles> => {
  const isOurs = ways.filter(({ endings }) => endings.includes(endingOf(file)))
  // What no reader knows is refused by the first of them, which says what it looked for.
  const way = (await wayOfFile(file, ways)) ?? isOurs[0] ?? null
  if (way !== null) return { reader: way.reader, files: [file], note: null }
  throw new CodedError(
    'bad-input',
    said('{file} is no file of labels: those end in {ways}.', { file, ways: endingsText(ways) }),
  )
}

/**
 * @param as the id of a format: only its files are looked for; null for any
 * @throws CodedError not-found when there is nothing at the path, bad-input when there are no labels, or no such format
 */
export const findFiles = async (
  formats: readonly Readable[],
  path: string,
  as: string | null,
): Promise<FoundFiles & { readonly isFolder: boolean }> => {
  const place = resolve(path)
  const found = await stat(place).catch((cause: unknown) => {
    throw new CodedError('not-found', said('There is no file or folder {place}.', { place }), { cause })
  })
  const all = waysOf(formats)
  const ways = as === null ? all : all.filter(({ ids }) => ids.includes(as))
  if (ways.length === 0)
    throw new CodedError(
      'bad-input',
      said('Labels of the format "{as}" can\'t be read. There are {all}.', {
        as: String(as),
        all: all.flatMap(({ ids }) => ids).join(', '),
      }),
    )
  const isFolder = found.isDirectory()
  return { ...(isFolder ? await ofFolder(place, ways) : await ofFile(place, ways)), isFolder }
}
