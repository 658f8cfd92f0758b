/**
 * Reads pages of a project file without SQLite, as SQLite would see them: those of the log (-wal) before those of the
 * file. Owns what is looked at before SQLite may parse anything: how much the schema holds. A schema of 100,000 tables
 * keeps SQLite busy for 24 s, and nothing stops it once it has begun.
 *
 * The layout is SQLite's file format 3 (https://www.sqlite.org/fileformat2.html); the log is its section 4.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { endianness } from 'node:os'

const WAL_HEADER_BYTES = 32
const FRAME_HEADER_BYTES = 24

interface Pages {
  readonly size: number
  /** From 1. Null when there is no such page. */
  read(number: number): Buffer | null
}

const readAt = (handle: number, length: number, position: number): Buffer | null => {
  const bytes = Buffer.alloc(length)
  return readSync(handle, bytes, 0, length, position) === length ? bytes : null
}

const isMachineBig = endianness() === 'BE'

/**
 * SQLite's running sum over pairs of 32-bit words. `bytes` are the same again when it returns.
 * @param bytes whole pairs, which begin at a multiple of 4 in their memory
 */
const addTo = (sum: [number, number], bytes: Buffer, isBig: boolean): void => {
  if (isBig !== isMachineBig) bytes.swap32()
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2)
  let [first, second] = sum
  for (let at = 0; at + 2 <= words.length; at += 2) {
    first = (first + words[at]! + second) | 0
    second = (second + words[at + 1]! + first) | 0
  }
  if (isBig !== isMachineBig) bytes.swap32()
  sum[0] = first
  sum[1] = second
}

const holds = (sum: readonly [number, number], bytes: Buffer, at: number): boolean =>
  bytes.readUInt32BE(at) === sum[0] >>> 0 && bytes.readUInt32BE(at + 4) === sum[1] >>> 0

const isPageSize = (size: number): boolean => size >= 512 && size <= 65536 && (size & (size - 1)) === 0

interface Log {
  readonly pageSize: number
  /** Page number -> where its newest committed content begins. */
  readonly pages: ReadonlyMap<number, number>
}

/** What the log holds up to its last whole commit; null when nothing in it counts. */
const readLog = (handle: number): Log | null => {
  const head = readAt(handle, WAL_HEADER_BYTES, 0)
  if (head === null || (head.readUInt32BE(0) & 0xfffffffe) !== 0x377f0682) return null
  const isBig = (head.readUInt32BE(0) & 1) === 1
  const pageSize = head.readUInt32BE(8)
  const sum: [number, number] = [0, 0]
  addTo(sum, head.subarray(0, 24), isBig)
  if (!isPageSize(pageSize) || !holds(sum, head, 24)) return null

  const pages = new Map<number, number>()
  const waiting = new Map<number, number>()
  const step = FRAME_HEADER_BYTES + pageSize
  const frame = Buffer.alloc(step)
  const salts = head.subarray(16, 24)
  for (let at = WAL_HEADER_BYTES; readSync(handle, frame, 0, step, at) === step; at += step) {
    if (!frame.subarray(8, 16).equals(salts)) break
    addTo(sum, frame.subarray(0, 8), isBig)
    addTo(sum, frame.subarray(FRAME_HEADER_BYTES), isBig)
    if (!holds(sum, frame, 16)) break
    waiting.set(frame.readUInt32BE(0), at + FRAME_HEADER_BYTES)
    if (frame.readUInt32BE(4) === 0) continue
    for (const [page, position] of waiting) pages.set(page, position)
    waiting.clear()
  }
  return pages.size > 0 ? { pageSize, pages } : null
}

const pageSizeOf = (first: Buffer | null): number | null => {
  if (first?.toString('latin1', 0, 16) !== 'SQLite format 3\0') return null
  const size = first.readUInt16BE(16)
  const real = size === 1 ? 65536 : size
  return isPageSize(real) ? real : null
}

const pagesOf = (main: number, wal: number | null): Pages | null => {
  const log = wal === null ? null : readLog(wal)
  const size = log?.pageSize ?? pageSizeOf(readAt(main, 100, 0))
  if (size === null) return null
  return {
    size,
    read(number) {
      if (number < 1) return null
      const inLog = log?.pages.get(number)
      return inLog !== undefined && wal !== null
        ? readAt(wal, size, inLog)
        : readAt(main, size, (number - 1) * size)
    },
  }
}

const TABLE_LEAF = 0x0d
const TABLE_INTERIOR = 0x05

/** A big-endian number of 7 bits a byte. Precise up to 2^53, which is beyond any file. */
const readVarint = (page: Buffer, at: number): number => {
  let value = 0
  for (let index = 0; index < 8; index += 1) {
    const byte = page[at + index] ?? 0
    value = value * 128 + (byte & 0x7f)
    if (byte < 0x80) return value
  }
  return Infinity
}

export interface SchemaSize {
  readonly entries: number
  readonly bytes: number
  /** It has tables of ANALYZE, which SQLite would read whole while it opens the file. */
  readonly hasStatistics: boolean
}

const MOST_PAGES = 256

const measure = (pages: Pages): SchemaSize | null => {
  let entries = 0
  let bytes = 0
  let hasStatistics = false
  const seen = new Set<number>()
  const waiting = [1]
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    const page = pages.read(number)
    if (page === null || seen.has(number)) return null
    if (seen.size >= MOST_PAGES) return { entries: Infinity, bytes, hasStatistics }
    seen.add(number)
    const at = number === 1 ? 100 : 0
    const type = page[at]
    const cells = page.readUInt16BE(at + 3)
    const isLeaf = type === TABLE_LEAF
    if (!isLeaf && type !== TABLE_INTERIOR) return null
    const pointers = at + (isLeaf ? 8 : 12)
    if (pointers + 2 * cells > page.length) return null
    for (let cell = 0; cell < cells; cell += 1) {
      const place = page.readUInt16BE(pointers + 2 * cell)
      if (place + 4 > page.length) return null
      if (isLeaf) bytes += readVarint(page, place)
      else waiting.push(page.readUInt32BE(place))
    }
    if (isLeaf) entries += cells
    else waiting.push(page.readUInt32BE(at + 8))
    hasStatistics ||= isLeaf && page.includes('sqlite_stat')
  }
  return { entries, bytes, hasStatistics }
}

/**
 * How much the schema of the database in `main` holds, with its log `wal` laid over it. Null when the pages that hold
 * it are damaged, or the file is no database. Both must not be open in this process: closing them here would drop the
 * locks that SQLite holds on them (https://www.sqlite.org/howtocorrupt.html, section 2.2).
 */
export const measureSchema = (main: string, wal: string | null): SchemaSize | null => {
  const handles: number[] = []
  const open = (file: string) => {
    const handle = openSync(file, 'r')
    handles.push(handle)
    return handle
  }
  try {
    const mainHandle = open(main)
    const pages = pagesOf(mainHandle, wal === null ? null : open(wal))
    if (pages === null || fstatSync(mainHandle).size === 0) return null
    return measure(pages)
  } finally {
    handles.forEach(closeSync)
  }
}

/** The newest committed first page in a log whose file is gone: what SQLite needs to read the rest of the log. */
export const readFirstPage = (wal: string): Buffer | null => {
  const handle = openSync(wal, 'r')
  try {
    const log = readLog(handle)
    const place = log?.pages.get(1)
    return log === null || place === undefined ? null : readAt(handle, log.pageSize, place)
  } finally {
    closeSync(handle)
  }
}
