/**
 * Embeddings on disk, shared by every process of this user (app, CLI). A file is written beside its place and
 * renamed, and ends in a checksum: a damaged one is deleted and made again. The least recently used go when the
 * budget is full. A disk that can't be written is noted once and then left alone: inference goes on without.
 *
 * File: "MWEMB2\n", uint32 LE length of the JSON head, the head {width, height, dims} with spaces behind it, float16
 * LE data from an even place on, CRC-32 of all before it (LE).
 */
import { randomUUID } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { z } from 'zod'
import type { Embedding } from './embeddings.ts'

const MAGIC = Buffer.from('MWEMB2\n', 'latin1')
/** Magic and length. */
const HEAD_START = MAGIC.length + 4
const SUM_BYTES = 4
const EXTENSION = '.emb'
/** A file of a write that was cut off is swept away after this long. */
const STALE_MS = 10 * 60_000
/** What other processes wrote, used and deleted is looked up again after this long. */
const SCAN_MS = 10_000

const headSchema = z.object({
  width: z.int().positive(),
  height: z.int().positive(),
  dims: z.array(z.int().positive()).min(1),
})

export const encodeEmbedding = ({ width, height, dims, data }: Embedding): Buffer => {
  const text = JSON.stringify({ width, height, dims })
  const head = Buffer.from(text + ' '.repeat((HEAD_START + text.length) % 2))
  const start = HEAD_START + head.length
  const file = Buffer.alloc(start + data.byteLength + SUM_BYTES)
  MAGIC.copy(file)
  file.writeUInt32LE(head.length, MAGIC.length)
  head.copy(file, HEAD_START)
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start)
  file.writeUInt32LE(crc32(file.subarray(0, -SUM_BYTES)), file.length - SUM_BYTES)
  return file
}

/** So long after a read the memory for the next one is made ready, ms: its answer is out by then. */
const READY_MS = 200
const PAGE_BYTES = 4096

type TakeBytes = (size: number) => Buffer

/**
 * Memory for files of about the same size, each time one that is there already: asking the system for the pages of
 * 2 MB takes .3 to .7 ms of a read.
 */
const createTake = (): TakeBytes => {
  let spare: Buffer | null = null
  let later: NodeJS.Timeout | undefined
  return (size) => {
    const found = spare
    spare = null
    clearTimeout(later)
    // Filled, so that its pages are there.
    later = setTimeout(() => (spare = Buffer.allocUnsafeSlow(size + PAGE_BYTES).fill(0)), READY_MS)
    later.unref()
    const fits = found !== null && found.length >= size && found.length <= size + 2 * PAGE_BYTES
    return fits ? found.subarray(0, size) : Buffer.allocUnsafeSlow(size)
  }
}

/** Bytes that are read and summed at once: small enough to be in the processor's cache still. */
const PIECE_BYTES = 2 ** 18

/**
 * A file's bytes and the CRC-32 of all but the last four. At once, since the process has nothing else to do: `readFile`
 * takes 3 ms for its pieces. Summed piece by piece: 1.4 ms for 2 MB, against 1.9 when the sum comes after.
 */
const readSummed = (file: string, take: TakeBytes): { bytes: Buffer; sum: number } => {
  const opened = openSync(file, 'r')
  try {
    const bytes = take(fstatSync(opened).size)
    const end = Math.max(0, bytes.length - SUM_BYTES)
    let sum = 0
    for (let at = 0; at < bytes.length;) {
      const read = readSync(opened, bytes, at, Math.min(PIECE_BYTES, bytes.length - at), at)
      if (read === 0) throw new Error(`${file} became shorter while it was read.`)
      sum = crc32(bytes.subarray(Math.min(at, end), Math.min(at + read, end)), sum)
      at += read
    }
    return { bytes, sum }
  } finally {
    closeSync(opened)
  }
}

/**
 * Null when the bytes are damaged or of another version. The embedding's data are in `bytes`.
 * @param sum CRC-32 of all bytes but the last four
 */
export const decodeEmbedding = (
  bytes: Buffer,
  sum = crc32(bytes.subarray(0, Math.max(0, bytes.length - SUM_BYTES))),
): Embedding | null => {
  const end = bytes.length - SUM_BYTES
  if (end < HEAD_START || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return null
  if (sum !== bytes.readUInt32LE(end)) return null
  const headEnd = HEAD_START + bytes.readUInt32LE(MAGIC.length)
  const head = headSchema.safeParse(JSON.parse(bytes.toString('utf8', HEAD_START, headEnd)))
  if (!head.success) return null
  const length = head.data.dims.reduce((product, side) => product * side, 1)
  if (end - headEnd !== length * 2) return null
  return { ...head.data, data: new Uint16Array(bytes.buffer, bytes.byteOffset + headEnd, length) }
}

export interface EmbeddingFiles {
  /** Null when there is none or it is damaged. Never rejects. */
  read(key: string): Promise<Embedding | null>
  /** Is there one? Then it counts as used now. It is not read: a damaged one is found by `read`. Never rejects. */
  touch(key: string): Promise<boolean>
  /**
   * Never rejects: a failure is noted and the embedding is made again some other time.
   * @returns true when it is on disk
   */
  write(key: string, embedding: Embedding): Promise<boolean>
  /** Takes another budget up, bytes; 0 keeps none. */
  limit(budget: number): Promise<void>
}

interface Entry {
  bytes: number
  usedAt: number
}

const codeOf = (thrown: unknown) =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : null

const failureOf = (thrown: unknown, folder: string) => {
  switch (codeOf(thrown)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'The disk is full: prepared images are not kept. Labelling goes on.'
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return `Prepared images are not kept: ${folder} can't be written. Labelling goes on.`
    default:
      return `Prepared images are not kept: ${thrown instanceof Error ? thrown.message : String(thrown)}`
  }
}

/**
 * @param folder made if absent; each key is one file in it. Keys are letters, digits, ".", "_", "-"
 * @param notice called once when the disk can't be written
 */
export const createEmbeddingFiles = (
  folder: string,
  budget: number,
  notice: (message: string) => void,
): EmbeddingFiles => {
  const entries = new Map<string, Entry>()
  let total = 0
  let limit = budget
  let writable = true
  const take = createTake()

  const fileOf = (key: string) => join(folder, key + EXTENSION)

  const forget = (key: string) => {
    total -= entries.get(key)?.bytes ?? 0
    entries.delete(key)
  }

  const remember = (key: string, bytes: number, usedAt: number) => {
    forget(key)
    entries.set(key, { bytes, usedAt })
    total += bytes
  }

  const scan = async () => {
    const before = [...entries.keys()]
    const names = await readdir(folder).catch(() => [])
    const there = new Set(names)
    for (const key of before) if (!there.has(key + EXTENSION)) forget(key)
    for (const name of names) {
      const file = join(folder, name)
      const found = await stat(file).catch(() => null)
      if (found === null) continue
      if (name.endsWith(EXTENSION)) {
        remember(name.slice(0, -EXTENSION.length), found.size, found.mtimeMs)
      } else if (name.endsWith('.tmp') && Date.now() - found.mtimeMs > STALE_MS) {
        await rm(file, { force: true }).catch(() => undefined)
      }
    }
  }
  let scanned: { at: number; done: Promise<void> } | null = null

  const look = () => {
    const now = Date.now()
    if (scanned === null || now - scanned.at >= SCAN_MS) scanned = { at: now, done: scan() }
    return scanned.done
  }

  /** Deletes the least recently used until `incoming` bytes more fit the budget. */
  const makeRoom = async (incoming: number) => {
    await look()
    if (total + incoming <= limit) return
    const oldest = [...entries].sort(([, a], [, b]) => a.usedAt - b.usedAt)
    for (const [key] of oldest) {
      if (total + incoming <= limit) return
      await rm(fileOf(key), { force: true }).catch(() => undefined)
      forget(key)
    }
  }

  return {
    async read(key) {
      const file = fileOf(key)
      try {
        const { bytes, sum } = readSummed(file, take)
        const embedding = decodeEmbedding(bytes, sum)
        if (embedding === null) {
          await rm(file, { force: true })
          forget(key)
          return null
        }
        const now = new Date()
        remember(key, bytes.length, now.getTime())
        // A click waits for the embedding, not for this; on a read-only disk it is good all the same.
        void utimes(file, now, now).catch(() => undefined)
        return embedding
      } catch {
        return null
      }
    },
    async touch(key) {
      const file = fileOf(key)
      const found = await stat(file).catch(() => null)
      if (found === null) return false
      const now = new Date()
      remember(key, found.size, now.getTime())
      // On a read-only disk it is there all the same.
      await utimes(file, now, now).catch(() => undefined)
      return true
    },
    async write(key, embedding) {
      if (limit === 0 || !writable) return false
      const bytes = encodeEmbedding(embedding)
      if (bytes.length > limit) return false
      const file = fileOf(key)
      const draft = `${file}.${randomUUID()}.tmp`
      try {
        await mkdir(folder, { recursive: true })
        await makeRoom(bytes.length)
        await writeFile(draft, bytes)
        await rename(draft, file)
        remember(key, bytes.length, Date.now())
        return true
      } catch (thrown) {
        await rm(draft, { force: true }).catch(() => undefined)
        writable = false
        notice(failureOf(thrown, folder))
        return false
      }
    },
    async limit(next) {
      limit = next
      writable = true
      scanned = null
      await makeRoom(0)
    },
  }
}
