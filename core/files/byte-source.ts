/**
 * The bytes of a text file of any size, read in pieces; as UTF-8, whatever encoding it has. Only regular files, as in
 * small-file.ts. What is not UTF-8 is small enough to be kept in memory.
 */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { basename } from 'node:path'
import { CodedError, messageOf } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { decodeText, markOf } from './decode-text.ts'
import { openFlags } from './inside.ts'
import { systemCode } from './system-code.ts'

export interface ByteSource {
  /** Of the file, for messages. */
  readonly name: string
  /** Tells the file, as it was opened, from what it becomes later and from another that takes its place. */
  readonly state: string
  /** The first byte after a byte order mark. */
  readonly start: number
  /** The byte after the last. */
  readonly size: number
  /** The bytes from `from` to `to`, exclusive: fewer when the file has become shorter. */
  read(from: number, to: number): Buffer
  close(): void
}

/** Bytes of a file that has to be changed to UTF-8 as a whole. */
const LARGEST_OTHER = 256e6

const failureOf = (file: string, thrown: unknown): CodedError => {
  if (thrown instanceof CodedError) return thrown
  if (systemCode(thrown) === 'ENOENT')
    return new CodedError('not-found', said('There is no file {file}.', { file }), { cause: thrown })
  return new CodedError('bad-input', said("{file} can't be read: {why}", { file, why: messageOf(thrown) }), {
    cause: thrown,
  })
}

const readAt = (handle: number, from: number, to: number): Buffer => {
  const bytes = Buffer.allocUnsafe(Math.max(0, to - from))
  let count = 0
  while (count < bytes.length) {
    const read = readSync(handle, bytes, count, bytes.length - count, from + count)
    if (read === 0) break
    count += read
  }
  return bytes.subarray(0, count)
}

/** Read ahead of small pieces that lie one behind the other, bytes. */
const AHEAD = 256 * 1024
/** What lies between two such pieces, bytes: a comma and a line end. */
const GAP = 64

/** Reads more than is asked for while pieces are asked for in their order: a call of the system for each would tell. */
const createReading = (handle: number, size: number) => {
  let held: { readonly from: number; readonly bytes: Buffer } = { from: 0, bytes: Buffer.alloc(0) }
  let end = -1
  return (from: number, to: number): Buffer => {
    const isNext = from >= end && from - end <= GAP
    end = to
    const at = from - held.from
    if (at >= 0 && to - held.from <= held.bytes.length) return held.bytes.subarray(at, to - held.from)
    if (!isNext || to - from >= AHEAD) return readAt(handle, from, to)
    // What was given out before keeps its own bytes.
    held = { from, bytes: readAt(handle, from, Math.min(size, from + AHEAD)) }
    return held.bytes.subarray(0, to - from)
  }
}

const inMemory = (bytes: Buffer, name: string, state: string): ByteSource => ({
  name,
  state,
  start: 0,
  size: bytes.length,
  read: (from, to) => bytes.subarray(from, to),
  close: () => undefined,
})

/**
 * @param encoding as the user says it; null: UTF-8, or what the byte order mark says
 * @throws CodedError not-found, bad-input when it is no regular file, can't be read, or is too large for its encoding
 */
export const openBytes = (file: string, encoding: string | null): ByteSource => {
  let handle: number | null = null
  try {
    const opened = openSync(file, constants.O_RDONLY | openFlags.noWait)
    handle = opened
    const stats = fstatSync(opened)
    if (!stats.isFile())
      throw new CodedError(
        'bad-input',
        said('{file} is not a file (a folder, a pipe or a device): it is not read.', { file }),
      )
    const state = [stats.ino, stats.size, stats.mtimeMs].join(' ')
    const mark = markOf(readAt(opened, 0, 3))
    const isPlain = encoding === null && (mark === null || mark.encoding === 'utf-8')
    if (!isPlain) {
      if (stats.size > LARGEST_OTHER)
        throw new CodedError(
          'bad-input',
          said('{file} is too large for its encoding. Save it as UTF-8.', { file }),
        )
      const text = decodeText(readAt(opened, 0, stats.size), file, encoding)
      closeSync(opened)
      return inMemory(Buffer.from(text), basename(file), state)
    }
    let isOpen = true
    const reading = createReading(opened, stats.size)
    return {
      name: basename(file),
      state,
      start: mark?.bytes.length ?? 0,
      size: stats.size,
      read(from, to) {
        try {
          return reading(from, to)
        } catch (thrown) {
          throw failureOf(file, thrown)
        }
      },
      close() {
        if (isOpen) closeSync(opened)
        isOpen = false
      },
    }
  } catch (thrown) {
    if (handle !== null) closeSync(handle)
    throw failureOf(file, thrown)
  }
}
