/**
 * Reads small files that are kept in memory whole: names of classes, labels, manifests, settings, markers. Only regular
 * files, and only up to a size: a pipe would be waited for without end, a device may give bytes without end.
 */
import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { CodedError, messageOf } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { decodeText } from './decode-text.ts'
import { openFlags } from './inside.ts'
import { systemCode } from './system-code.ts'

export interface SmallFileOptions {
  /** Largest size that is read, bytes. */
  readonly limit: number
  /** The last name of the path may be a link; true when left out. */
  readonly follow?: boolean
  /** Of a text, as the user says it; without one it is UTF-8, or what its byte order mark says. */
  readonly encoding?: string | null
}

const notRegular = (file: string) =>
  new CodedError(
    'bad-input',
    said('{file} is not a file (a folder, a pipe or a device): it is not read.', { file }),
  )

const inBytes = (count: number) =>
  count >= 1e6 ? `${Math.round(count / 1e5) / 10} MB` : `${Math.ceil(count / 1e3)} kB`

const tooLarge = (file: string, size: number, limit: number) =>
  new CodedError(
    'bad-input',
    said('{file} is too large to be what it should be: {size}, where at most {limit} are read.', {
      file,
      size: inBytes(size),
      limit: inBytes(limit),
    }),
  )

const failureOf = (file: string, thrown: unknown): CodedError => {
  if (thrown instanceof CodedError) return thrown
  const code = systemCode(thrown)
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new CodedError('not-found', said('There is no file {file}.', { file }), { cause: thrown })
  if (code === 'ELOOP')
    return new CodedError('bad-input', said('{file} is a link: it is not followed.', { file }), {
      cause: thrown,
    })
  if (code === 'EACCES' || code === 'EPERM')
    return new CodedError('bad-input', said("{file} can't be read: there is no permission.", { file }), {
      cause: thrown,
    })
  return new CodedError('bad-input', said("{file} can't be read: {why}", { file, why: messageOf(thrown) }), {
    cause: thrown,
  })
}

const check = (file: string, stats: { isFile(): boolean; size: number }, limit: number) => {
  if (!stats.isFile()) throw notRegular(file)
  if (stats.size > limit) throw tooLarge(file, stats.size, limit)
}

const flagsOf = (follow: boolean) => constants.O_RDONLY | openFlags.noWait | (follow ? 0 : openFlags.noFollow)

/** A byte more than there should be: a file that has grown, or has no size of its own (/proc), is noticed. */
const bufferFor = (size: number, limit: number) =>
  Buffer.allocUnsafe(Math.min(limit + 1, Math.max(size + 1, 1 << 16)))

/**
 * The bytes of a small file.
 * @throws CodedError not-found when there is none; bad-input when it is no regular file, too large, or can't be read
 */
export const readSmallFile = async (
  file: string,
  { limit, follow = true }: SmallFileOptions,
): Promise<Buffer> => {
  try {
    // Before it is opened too: opening a device can do something already.
    if (follow) check(file, await stat(file), limit)
    const handle = await open(file, flagsOf(follow))
    try {
      const stats = await handle.stat()
      check(file, stats, limit)
      const parts: Buffer[] = []
      for (let total = 0; ;) {
        const bytes = bufferFor(stats.size - total, limit - total)
        const { bytesRead } = await handle.read(bytes, 0, bytes.length)
        if (bytesRead === 0) return Buffer.concat(parts)
        total += bytesRead
        if (total > limit) throw tooLarge(file, total, limit)
        parts.push(bytes.subarray(0, bytesRead))
      }
    } finally {
      await handle.close()
    }
  } catch (thrown) {
    throw failureOf(file, thrown)
  }
}

/** As `readSmallFile`, at once. @throws as `readSmallFile` */
export const readSmallFileSync = (file: string, { limit, follow = true }: SmallFileOptions): Buffer => {
  try {
    if (follow) check(file, statSync(file), limit)
    const handle = openSync(file, flagsOf(follow))
    try {
      const stats = fstatSync(handle)
      check(file, stats, limit)
      const parts: Buffer[] = []
      for (let total = 0; ;) {
        const bytes = bufferFor(stats.size - total, limit - total)
        const count = readSync(handle, bytes, 0, bytes.length, null)
        if (count === 0) return Buffer.concat(parts)
        total += count
        if (total > limit) throw tooLarge(file, total, limit)
        parts.push(bytes.subarray(0, count))
      }
    } finally {
      closeSync(handle)
    }
  } catch (thrown) {
    throw failureOf(file, thrown)
  }
}

/** The text of a small file. @throws as `readSmallFile`, and bad-input when its encoding can't be recognised */
export const readSmallText = async (file: string, options: SmallFileOptions): Promise<string> =>
  decodeText(await readSmallFile(file, options), file, options.encoding)

/** As `readSmallText`, at once. */
export const readSmallTextSync = (file: string, options: SmallFileOptions): string =>
  decodeText(readSmallFileSync(file, options), file, options.encoding)
