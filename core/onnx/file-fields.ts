/**
 * Walks a protobuf file on disk and leaves out what is long: a model of 500 MB is read in some kilobytes. The file may
 * come from anyone: every length is held against its end, and what is counted has a limit.
 */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { CodedError, messageOf } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { openFlags } from '../files/inside.ts'
import { systemCode } from '../files/system-code.ts'

/** What is read at once, bytes. */
const WINDOW = 65_536
/** Fields of one file that are looked at; a graph of 100,000 nodes and weights has some 200,000. */
const MOST_FIELDS = 2_000_000

/** A field, its body in the file from `from` to `to`. */
export interface FileField {
  readonly number: number
  /** 0: a number; 1 and 5: 8 and 4 bytes; 2: a body with a length. */
  readonly wire: number
  /** Of a number; else 0. */
  readonly value: number
  readonly from: number
  readonly to: number
}

export interface FieldsFile {
  readonly size: number
  /** The fields of the message between two places. @throws CodedError bad-input */
  fields(from: number, to: number): Generator<FileField>
  /** @throws CodedError bad-input when it is longer than `limit` bytes */
  text(field: FileField, limit: number): string
  close(): void
}

const broken = (why: string) => new CodedError('bad-input', said('This is no ONNX model: {why}.', { why }))

const openRegular = (file: string): { handle: number; size: number } => {
  let handle: number
  try {
    handle = openSync(file, constants.O_RDONLY | openFlags.noWait)
  } catch (thrown) {
    const gone = systemCode(thrown) === 'ENOENT'
    const why = gone
      ? said('There is no file {file}.', { file })
      : said("{file} can't be read: {why}", { file, why: messageOf(thrown) })
    throw new CodedError(gone ? 'not-found' : 'bad-input', why, { cause: thrown })
  }
  const stats = fstatSync(handle)
  if (stats.isFile()) return { handle, size: stats.size }
  closeSync(handle)
  throw new CodedError(
    'bad-input',
    said('{file} is not a file (a folder, a pipe or a device): it is not read.', { file }),
  )
}

/** @throws CodedError not-found, bad-input when it is no regular file or can't be read */
export const openFields = (file: string): FieldsFile => {
  const { handle, size } = openRegular(file)
  const window = Buffer.alloc(WINDOW)
  let [start, end] = [0, 0]
  let count = 0

  const byteAt = (at: number): number => {
    if (at < start || at >= end) {
      start = at
      end = at + readSync(handle, window, 0, WINDOW, at)
      if (at >= end) throw broken(said('it ends too early'))
    }
    return window[at - start]!
  }
  const varintAt = (at: number): [value: number, end: number] => {
    let [value, factor] = [0, 1]
    // Ten bytes hold 64 bits.
    for (let place = at; place < at + 10; place++) {
      const byte = byteAt(place)
      value += (byte & 127) * factor
      factor *= 128
      if (byte < 128) return [value, place + 1]
    }
    throw broken(said('a number has no end'))
  }
  const bodyAt = (wire: number, at: number): Omit<FileField, 'number' | 'wire'> => {
    if (wire === 0) {
      const [value, to] = varintAt(at)
      return { value, from: at, to }
    }
    if (wire === 2) {
      const [length, from] = varintAt(at)
      return { value: 0, from, to: from + length }
    }
    if (wire !== 1 && wire !== 5) throw broken(said('it has fields that no such file has'))
    return { value: 0, from: at, to: at + (wire === 1 ? 8 : 4) }
  }

  return {
    size,
    *fields(from, to) {
      for (let at = from; at < to;) {
        if (++count > MOST_FIELDS) throw broken(said('it has more parts than any model'))
        const [tag, start] = varintAt(at)
        const wire = tag % 8
        const body = bodyAt(wire, start)
        if (body.to > to) throw broken(said('it ends too early'))
        yield { number: Math.floor(tag / 8), wire, ...body }
        at = body.to
      }
    },
    text({ wire, from, to }, limit) {
      if (wire !== 2) throw broken(said('a text is a number'))
      if (to - from > limit) throw broken(said('a text in it is too long'))
      const bytes = Buffer.alloc(to - from)
      if (readSync(handle, bytes, 0, bytes.length, from) < bytes.length)
        throw broken(said('it ends too early'))
      return bytes.toString()
    },
    close: () => closeSync(handle),
  }
}
