/**
 * What the files tell of the images: size and orientation from the header, the content's hash later. Owns when files
 * are read again and when what they tell is stored: together, a moment later, since nothing is lost with it.
 */
import { realpath } from 'node:fs/promises'
import { CodedError } from '../../common/errors.ts'
import type { ImageId, ImageItem } from '../../common/model.ts'
import { said } from '../../common/said.ts'
import { modifiedAtOf } from '../files/facts.ts'
import { hashFile } from '../files/hash.ts'
import { findInside, findInsideSync } from '../files/inside.ts'
import { createPace, type Pace } from '../files/pace.ts'
import type { ImageFacts } from '../store/images-table.ts'
import type { FilesStore } from '../store/store.ts'
import { problemOfFault } from './image-file.ts'
import { probeFile, probeFileSync } from './read-file.ts'
import type { Refusals } from './refusals.ts'

export interface FactsReader {
  /**
   * The image with what its file tells now: width, height and orientation, or `problem`. Reads the header only when the
   * file was never read or has changed since.
   * @param item as it was just read, by whoever reads many at once
   * @throws CodedError not-found, cancelled when the project was closed meanwhile
   */
  refresh(imageId: ImageId, item?: ImageItem): Promise<ImageItem>
  /** As `refresh`, of a file that was just found unreadable: what it tells is read again. */
  recheck(imageId: ImageId): Promise<ImageItem>
  /** As `refresh`, and with the file's hash when its objects were made on a file of this size with another time. */
  compare(imageId: ImageId): Promise<ImageItem>
  /** Stores what waits, as far as the disk takes it. */
  store(): void
  /** Hashes the file when it has no hash yet, after those that were asked before. */
  hashLater(imageId: ImageId): void
  /** Stores what waits; then nothing is read any more. */
  close(): void
}

/** Facts are stored together after this, ms, or when this many wait: a commit to the disk for each would take longer. */
const STORE_AFTER = 200
const STORE_AT_ONCE = 500

/** How long it is taken for granted where a folder leads to, ms. */
const FOLDER_HOLDS = 100

interface FileFacts extends Pick<ImageFacts, 'bytes' | 'modifiedAt'> {
  readonly file: string
}

/** The hash of a file, and what tells whether the file is the same still. */
interface HashedFile extends Pick<ImageFacts, 'bytes' | 'modifiedAt'> {
  readonly hash: string
}

/** The file as it is now; or why there is none, in words. */
const statFile = async (
  folder: string,
  path: string,
  realFolder: () => Promise<string>,
  pace: Pace,
): Promise<FileFacts | string> => {
  const found = pace.isSwift()
    ? pace.timed(() => findInsideSync(folder, path))
    : await findInside(folder, path, realFolder())
  if ('fault' in found) return problemOfFault[found.fault]
  const { file, stats } = found
  return { file, bytes: stats.size, modifiedAt: modifiedAtOf(stats) }
}

const readFacts = async (
  { file, bytes, modifiedAt }: FileFacts,
  hash: string | null,
  refusals: Refusals,
  pace: Pace,
): Promise<ImageFacts> => {
  try {
    const known = pace.isSwift() ? pace.timed(() => probeFileSync(file)) : null
    const { size, bands, hash: found, stats } = known ?? (await probeFile(file))
    const isOfIt = stats.size === bytes && modifiedAtOf(stats) === modifiedAt
    const problem = await refusals.reasonOf(file, stats)
    return { bytes, modifiedAt, contentHash: hash ?? (isOfIt ? found : null), ...size, bands, problem }
  } catch (thrown) {
    if (!(thrown instanceof CodedError)) throw thrown
    const size = { width: null, height: null, orientation: null, bands: null }
    return { bytes, modifiedAt, contentHash: hash, ...size, problem: thrown.message }
  }
}

/**
 * @param refusals what is known of files that can't be decoded
 * @param onStored Called with the images whose facts were stored.
 */
export const createFactsReader = (
  folder: string,
  store: FilesStore,
  refusals: Refusals,
  onStored: (images: ImageItem[]) => void,
): FactsReader => {
  const pace = createPace()
  /** Facts, or why the file can't be had. */
  const waiting = new Map<ImageId, ImageFacts | string>()
  /** Hashes, each with the file that it is of. */
  const hashed = new Map<ImageId, HashedFile>()
  /** Images to be hashed, in their order, each once. */
  const hashes = new Set<ImageId>()
  let top: { readonly until: number; readonly real: Promise<string> } | null = null
  /** Where the folder leads to: asked once for files that are looked at together. */
  const realFolder = (): Promise<string> => {
    const now = performance.now()
    if (top === null || top.until < now) {
      top = { until: now + FOLDER_HOLDS, real: realpath(folder) }
      // Whoever waits for it hears of it.
      top.real.catch(() => undefined)
    }
    return top.real
  }
  let timer: NodeJS.Timeout | null = null
  let hashing = false
  let closed = false

  const write = () => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    if (waiting.size + hashed.size === 0) return
    store.transactSoon(() => {
      for (const [id, fact] of waiting) {
        if (typeof fact === 'string') store.scan.setMissing(id, fact)
        else store.images.setFacts(id, fact)
      }
      for (const [id, { hash, ...file }] of hashed) store.images.setContentHash(id, hash, file)
    })
    const ids = [...new Set([...waiting.keys(), ...hashed.keys()])]
    // Only now: what could not be stored is still shown.
    waiting.clear()
    hashed.clear()
    onStored(store.images.getMany(ids))
  }
  // A full disk or a file that is gone: what files tell is read again next time.
  const storeLater = () => {
    if ((waiting.size + hashed.size) % STORE_AT_ONCE === 0) ignoreFailure(write)
    else timer ??= setTimeout(() => ignoreFailure(write), STORE_AFTER)
  }
  const writeLater = (id: ImageId, facts: ImageFacts | string) => {
    // Size and hash of a file that is gone stay as they were read.
    if (typeof facts === 'string' && (waiting.has(id) || hashed.has(id))) ignoreFailure(write)
    waiting.set(id, facts)
    // Which of its bands are shown is read with its row: nobody may see it, or ask the model of it, otherwise before.
    const bands = typeof facts === 'string' ? null : facts.bands
    if (bands !== null && bands > 0 && store.images.choiceOf(bands) !== null) ignoreFailure(write)
    else storeLater()
  }

  const ensureOpen = () => {
    if (closed) throw new CodedError('cancelled', said('Another folder was opened.'))
  }
  const storedOf = (imageId: ImageId): ImageItem => {
    ensureOpen()
    const item = store.images.get(imageId)
    if (item === null) throw new CodedError('not-found', said('This image is not in the project.'))
    return item
  }
  /** With what was read and waits to be stored. */
  const itemOf = (imageId: ImageId, item = storedOf(imageId)): ImageItem => {
    const facts = waiting.get(imageId)
    if (typeof facts === 'string') return { ...item, problem: facts }
    const newest = facts === undefined ? item : { ...item, ...facts }
    const known = hashed.get(imageId)
    const isOfIt = known?.bytes === newest.bytes && known.modifiedAt === newest.modifiedAt
    return isOfIt ? { ...newest, contentHash: known.hash } : newest
  }

  const refresh = async (imageId: ImageId, again = false, given?: ImageItem): Promise<ImageItem> => {
    const before = itemOf(imageId, given)
    const now = await statFile(folder, before.path, realFolder, pace)
    if (typeof now === 'string') {
      if (itemOf(imageId).problem !== now) writeLater(imageId, now)
      return itemOf(imageId)
    }
    const same = now.bytes === before.bytes && now.modifiedAt === before.modifiedAt
    const isRead = before.width !== null && before.bands !== null
    if (same && isRead && before.problem === null && !again) return before
    const facts = await readFacts(now, same ? before.contentHash : null, refusals, pace)
    ensureOpen()
    const stored = given ?? storedOf(imageId)
    writeLater(imageId, facts)
    // Written at once, it is to be read anew.
    return waiting.has(imageId) ? itemOf(imageId, stored) : itemOf(imageId)
  }

  /** Nothing when the file has a hash, or can't be read, or changes meanwhile. */
  const hash = async (id: ImageId) => {
    const { path, bytes, modifiedAt, contentHash } = itemOf(id)
    if (contentHash !== null) return
    const found = await statFile(folder, path, realFolder, pace)
    const made = typeof found === 'string' ? null : await hashFile(found.file).catch(() => null)
    const now = await statFile(folder, path, realFolder, pace)
    if (made === null || typeof now === 'string' || now.bytes !== bytes || now.modifiedAt !== modifiedAt)
      return
    if (closed) return
    hashed.set(id, { hash: made, bytes, modifiedAt })
    storeLater()
  }
  const hashNext = async () => {
    // What is added meanwhile is visited too.
    for (const id of hashes) {
      hashes.delete(id)
      await hash(id)
    }
  }

  return {
    refresh: (imageId, item) => refresh(imageId, false, item),
    recheck: (imageId) => refresh(imageId, true),
    async compare(imageId) {
      const { madeOn, bytes, contentHash, problem } = await refresh(imageId)
      const isOpen = problem === null && contentHash === null && bytes === madeOn?.bytes
      // Without a hash of what they were made on there is nothing to compare.
      if (isOpen && madeOn.contentHash !== null) await hash(imageId)
      return itemOf(imageId)
    },
    store: () => ignoreFailure(write),
    hashLater(imageId) {
      hashes.add(imageId)
      if (hashing) return
      hashing = true
      // A hash that is not stored is made again when it is needed.
      void hashNext()
        .catch(() => undefined)
        .finally(() => (hashing = false))
    },
    close() {
      hashes.clear()
      ignoreFailure(write)
      closed = true
    },
  }
}

const ignoreFailure = (write: () => void): void => {
  try {
    write()
  } catch {
    // The caller's comment says why a failure is ignored.
  }
}
