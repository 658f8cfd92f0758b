/**
 * Goes through JSON of any size by its bytes: calls back with each element of its top-level lists, so that the whole is
 * neither one string nor one value in memory. What is broken in one element is that element's own affair.
 */
import { CodedError } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import type { ByteSource } from './byte-source.ts'

/** An element of a list: of the root itself (`list` null), or of the list that the root object has under that name. */
export interface JsonElement {
  readonly list: string | null
  /** Its place in that list, from 0. */
  readonly index: number
  /** Where it lies in the file, bytes. */
  readonly start: number
  readonly length: number
  /** Valid until the callback returns; null when it is too long or nests too deep to be anybody's record. */
  readonly bytes: Buffer | null
}

export interface JsonShape {
  readonly root: 'list' | 'object' | 'other'
  /** Names of the root object's lists. */
  readonly lists: ReadonlySet<string>
  /** It ends before it is closed. */
  readonly isCut: boolean
}

/** Bytes read at a time, and of one element at most: a record of 200,000 points has 8 MB. */
const CHUNK = 4 * 1024 * 1024
const LONGEST = 64 * 1024 * 1024
/** No label file nests deeper than ten. */
const DEEPEST = 1000

/** Blanks and line ends, and all that is below. */
const BLANK = 0x20
const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_LIST = 0x5b
const BACKSLASH = 0x5c
const CLOSE_LIST = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

/** Bytes that mean something inside an element; the commas of its own lists do not. */
const marks = new Uint8Array(256)
for (const byte of [QUOTE, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT]) marks[byte] = 1

/** Bytes of a name, which end sooner than a search for their end begins. */
const SHORT = 32

/** Where a string that is open at `from` ends: the place of its closing quote, -1 when that is not in the buffer. */
const endOfString = (buffer: Buffer, from: number): number => {
  const near = buffer[from - 1] === BACKSLASH ? from : Math.min(buffer.length, from + SHORT)
  for (let at = from; at < near && buffer[at] !== BACKSLASH; at++) if (buffer[at] === QUOTE) return at
  for (let at = from; ;) {
    const end = buffer.indexOf(QUOTE, at)
    if (end === -1 || slashesBefore(buffer, end) % 2 === 0) return end
    at = end + 1
  }
}

const slashesBefore = (buffer: Buffer, end: number): number => {
  let count = 0
  while (count < end && buffer[end - 1 - count] === BACKSLASH) count++
  return count
}

const textOf = (bytes: Buffer): string => {
  try {
    return String(JSON.parse(`"${bytes.toString()}"`))
  } catch {
    return bytes.toString()
  }
}

/** Where the walk stands, and what it keeps of the chunks before. */
const createWalk = (found: (element: JsonElement) => void) => {
  let root: JsonShape['root'] = 'other'
  const lists = new Set<string>()
  let depth = 0
  /** Depth inside the list whose elements are told of; 0 outside of one. */
  let listDepth = 0
  let list: string | null = null
  let index = 0
  let key = ''
  let isInString = false
  let isClosed = false
  /** In the file: where the open element and the open key begin; -1 when there is none. */
  let [start, keyStart] = [-1, -1]
  /** How deep the open element nests, and whether it is longer than is kept. */
  let deepest = 0
  let isLong = false
  let kept = Buffer.alloc(0)

  const begin = (place: number) => {
    if (start === -1 && listDepth !== 0 && depth === listDepth) start = place
  }
  const end = (buffer: Buffer, base: number, at: number) => {
    if (start === -1) return
    let last = at
    while (last > 0 && start < base + last && buffer[last - 1]! <= BLANK) last--
    const bytes = isLong || deepest >= DEEPEST ? null : buffer.subarray(start - base, last)
    found({ list, index: index++, start, length: base + last - start, bytes })
    start = -1
    deepest = 0
    isLong = false
  }
  const open = (byte: number, place: number) => {
    begin(place)
    depth++
    deepest = Math.max(deepest, depth - listDepth)
    if (depth === 1) root = byte === OPEN_LIST ? 'list' : 'object'
    const isList = byte === OPEN_LIST && (depth === 1 || (depth === 2 && root === 'object'))
    if (!isList) return
    list = depth === 1 ? null : key
    if (list !== null) lists.add(list)
    listDepth = depth
    index = 0
    deepest = 0
  }
  const close = (buffer: Buffer, base: number, at: number) => {
    if (listDepth !== 0 && depth === listDepth) {
      end(buffer, base, at)
      listDepth = 0
    }
    depth--
    isClosed = depth <= 0
  }

  /** Goes on from `from` to the end of the buffer, which lies at `base` in the file. */
  const walk = (buffer: Buffer, base: number, from: number) => {
    for (let at = from; at < buffer.length && !isClosed; at++) {
      if (isInString) {
        at = endOfString(buffer, at)
        if (at === -1) return
        isInString = false
        if (keyStart !== -1) key = isLong ? '' : textOf(buffer.subarray(keyStart - base, at))
        keyStart = -1
        continue
      }
      // Most bytes are the digits of an element.
      if (start !== -1 && depth > listDepth) {
        while (at < buffer.length && marks[buffer[at]!] === 0) at++
        if (at === buffer.length) return
      }
      const byte = buffer[at]!
      if (byte <= BLANK || byte === COLON) continue
      if (byte === QUOTE) {
        begin(base + at)
        isInString = true
        if (depth === 1 && root === 'object') keyStart = base + at + 1
      } else if (byte === OPEN_LIST || byte === OPEN_OBJECT) open(byte, base + at)
      else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) close(buffer, base, at)
      else if (byte === COMMA) {
        if (listDepth !== 0 && depth === listDepth) end(buffer, base, at)
      } else if (start === -1) begin(base + at)
    }
  }

  return {
    /** @param offset of the chunk in the file. @returns whether the walk is over */
    take(chunk: Buffer, offset: number): boolean {
      const base = offset - kept.length
      const buffer = kept.length === 0 ? chunk : Buffer.concat([kept, chunk])
      walk(buffer, base, kept.length)
      if (depth === 0) return true
      const held = start !== -1 ? start : keyStart
      const isTooLong = held !== -1 && base + buffer.length - held > LONGEST
      if (isTooLong) isLong = true
      // A backslash at the very end belongs to the next chunk's first letter.
      const least = isInString ? slashesBefore(buffer, buffer.length) % 2 : 0
      kept = Buffer.from(
        buffer.subarray(held === -1 || isLong ? buffer.length - least : Math.max(0, held - base)),
      )
      return false
    },
    shape: (): JsonShape => ({ root, lists, isCut: !isClosed }),
  }
}

/**
 * @param found called with each element, in the order of the file
 * @param pause called between two chunks: others get their turn, and what it throws ends the walk
 * @throws CodedError bad-input when it is no JSON of lists or objects; what `found` and `pause` throw
 */
export const eachJsonElement = async (
  source: ByteSource,
  found: (element: JsonElement) => void,
  pause: () => Promise<void> = () => Promise.resolve(),
): Promise<JsonShape> => {
  const walk = createWalk(found)
  for (let offset = source.start; offset < source.size;) {
    const chunk = source.read(offset, Math.min(source.size, offset + CHUNK))
    if (chunk.length === 0 || walk.take(chunk, offset)) break
    offset += chunk.length
    await pause()
  }
  const shape = walk.shape()
  if (shape.root === 'other')
    throw new CodedError(
      'bad-input',
      said('{name} is no JSON: it is damaged, or something else.', { name: source.name }),
    )
  return shape
}
