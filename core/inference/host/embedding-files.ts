/**
 * Embeddings on disk, shared by every process of this user (app, CLI). A file is written beside its place and
 * renamed, and ends in a checksum: a damaged one is deleted and made again. The least recently used go when the
 * budget is full. That the disk can't be written is noted once; each next one is tried again, and inference goes on
 * without.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTake, decodeEmbedding, encodeEmbedding, readSummed } from './embedding-bytes.ts'
import type { Embedding } from './embeddings.ts'
import { CodedError, messageOf } from '../../../common/errors.ts'
import { said } from '../../../common/said.ts'
import { isDiskFull, systemCode } from '../../files/system-code.ts'

const EXTENSION = '.emb'
/** A file of a write that was cut off is swept away after this long. */
const STALE_MS = 10 * 60_000
/** What other processes wrote, used and deleted is looked up again after this long. */
const SCAN_MS = 10_000

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
  /** Why the last write failed; null when it did not, or when the budget has no place for it. */
  problem(): CodedError | null
  /** Applies another budget, bytes; 0 keeps none. */
  limit(budget: number): Promise<void>
}

interface Entry {
  bytes: number
  usedAt: number
}

const failureOf = (thrown: unknown, folder: string): CodedError => {
  const code = systemCode(thrown)
  const options = { cause: thrown }
  if (isDiskFull(code))
    return new CodedError(
      'disk-full',
      said(
        'The disk of {folder} is full: prepared images are not kept until there is room. Labelling goes on.',
        { folder },
      ),
      options,
    )
  const why = messageOf(thrown)
  return new CodedError(
    'not-writable',
    said('Prepared images are not kept in {folder}: {why}. Labelling goes on.', { folder, why }),
    options,
  )
}

/**
 * @param folder made if absent; each key is one file in it. Keys are letters, digits, ".", "_", "-"
 * @param notice called once when the disk can't be written, and with null when it can again
 */
export const createEmbeddingFiles = (
  folder: string,
  budget: number,
  notice: (message: string | null) => void,
): EmbeddingFiles => {
  const entries = new Map<string, Entry>()
  let total = 0
  let limit = budget
  let problem: CodedError | null = null
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
  const makeSpace = async (incoming: number) => {
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
      if (limit === 0) return false
      const bytes = encodeEmbedding(embedding)
      if (bytes.length > limit) return false
      const file = fileOf(key)
      const draft = `${file}.${randomUUID()}.tmp`
      try {
        await mkdir(folder, { recursive: true })
        await makeSpace(bytes.length)
        await writeFile(draft, bytes)
        await rename(draft, file)
        remember(key, bytes.length, Date.now())
        if (problem !== null) notice(null)
        problem = null
        return true
      } catch (thrown) {
        await rm(draft, { force: true }).catch(() => undefined)
        const known = problem
        problem = failureOf(thrown, folder)
        if (problem.message !== known?.message) notice(problem.message)
        return false
      }
    },
    problem: () => problem,
    async limit(next) {
      limit = next
      scanned = null
      await makeSpace(0)
    },
  }
}
