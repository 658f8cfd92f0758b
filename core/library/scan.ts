/**
 * The folder's images in the store: compares what a walk found with what is known. A file that is gone keeps its row,
 * its annotations and its undo log; nothing is ever deleted here.
 */
import { join } from 'node:path'
import { hashFile } from '../files/hash.ts'
import { isInnerPath } from '../files/inside.ts'
import { GONE_PROBLEM, OUTSIDE_PROBLEM, problemOfSize } from '../files/problems.ts'
import { findGone, findMoves } from './moves.ts'
import { sortNaturally } from './natural-order.ts'
import { walkFolder, type Walk } from './walk.ts'
import type { FoundFile } from '../files/facts.ts'
import type { KnownFile } from '../store/scan-table.ts'
import type { FilesStore } from '../store/store.ts'
import { plural } from '../../common/words.ts'
import { said } from '../../common/said.ts'

export interface ScanReport {
  readonly added: number
  readonly changed: number
  /** Files that were known and are gone since the last scan. */
  readonly gone: number
  readonly moved: number
  /** What the user should know: folders and files that could not be read. */
  readonly notices: readonly string[]
}

const few = (names: readonly string[]): string =>
  names.length > 3
    ? said('{names} and {count, number} more', {
        names: names.slice(0, 3).join(', '),
        count: names.length - 3,
      })
    : names.join(', ')

const noticesOf = ({ unreadable, outside, skipped, projects, unread }: Walk): string[] => {
  const notices: string[] = []
  if (unreadable.length > 0)
    notices.push(
      said('No permission to read {unreadable}: the images in there are left out.', {
        unreadable: few(unreadable),
      }),
    )
  if (outside.length > 0)
    notices.push(
      said(
        'Left out, because it is a link that leads out of the folder: {outside}. Copy the images into the folder, or open the folder that they lie in.',
        { outside: few(outside) },
      ),
    )
  if (skipped.length > 0)
    notices.push(
      said('Left out, because no file can be read under this name: {skipped}.', { skipped: few(skipped) }),
    )
  if (projects.length > 0)
    notices.push(
      projects.length === 1
        ? said(
            '{folder} has a project of its own: the objects in there are not shown here. Open that folder itself to go on with them.',
            { folder: few(projects) },
          )
        : said(
            '{folders} have projects of their own: the objects in there are not shown here. Open that folder itself to go on with them.',
            { folders: few(projects) },
          ),
    )
  if (unread.size > 0) {
    const counts = [...unread].map(([kind, count]) => plural(count, `${kind} file`))
    notices.push(
      said('Left out, because Maskwright does not read them: {counts}. Save them as JPEG or PNG.', {
        counts: counts.join(', '),
      }),
    )
  }
  return notices
}

/** What is in a folder that could not be read is not known to be gone. */
const isUnder = (path: string, folders: readonly string[]) =>
  folders.some((folder) => path.startsWith(`${folder}/`))

/** Known files that a link hides, and stored paths that were never in the folder. */
const outsideOf = (walk: Walk): ((file: KnownFile) => boolean) => {
  const links = new Set(walk.outside)
  return ({ path }) => {
    if (!isInnerPath(path)) return true
    if (links.size === 0) return false
    const names = path.split('/')
    return names.some((_, index) => links.has(names.slice(0, index + 1).join('/')))
  }
}

interface Found {
  readonly walk: Walk
  /** The paths of the walk's files. */
  readonly here: ReadonlySet<string>
}

/** @param files what the store knows, read in the same transaction */
const writeChanges = (
  store: FilesStore,
  files: readonly KnownFile[],
  { walk, here }: Found,
  moves: ReadonlyMap<string, KnownFile>,
): ScanReport => {
  const { scan } = store
  const known = new Map(files.map((file) => [file.path, file]))
  const counts = { added: 0, changed: 0, gone: 0, moved: 0 }
  const moved = new Set<number>()
  const fresh: FoundFile[] = []

  for (const file of walk.files) {
    const before = known.get(file.path)
    const source = moves.get(file.path)
    if (before !== undefined) {
      if (before.bytes !== file.bytes || before.modifiedAt !== file.modifiedAt) {
        scan.change(before.id, file, problemOfSize(file.bytes))
        counts.changed += 1
      } else if (before.missing) scan.setFound(before.id)
    } else if (source !== undefined && known.has(source.path)) {
      scan.move(source.id, file.path)
      moved.add(source.id)
      counts.moved += 1
    } else fresh.push(file)
  }
  const isOutside = outsideOf(walk)
  for (const file of files) {
    if (isOutside(file)) {
      scan.setMissing(file.id, OUTSIDE_PROBLEM)
      continue
    }
    if (here.has(file.path) || moved.has(file.id) || file.missing || isUnder(file.path, walk.unreadable))
      continue
    scan.setMissing(file.id, GONE_PROBLEM)
    counts.gone += 1
  }
  counts.added = fresh.length
  if (fresh.length > 0 || moved.size > 0 || !isGapless(files)) place(store, fresh)
  return { ...counts, notices: noticesOf(walk) }
}

/** Positions are 0, 1, 2 ... each once: pages of the list are read by them. A stranger's file may hold any. */
const isGapless = (files: readonly KnownFile[]): boolean => {
  const seen = new Uint8Array(files.length)
  return files.every(({ position }) => {
    if (seen[position] !== 0) return false
    seen[position] = 1
    return true
  })
}

/** Adds the new files and numbers all rows in natural order. */
const place = (store: FilesStore, fresh: readonly FoundFile[]): void => {
  const byPath = new Map(fresh.map((file) => [file.path, file]))
  const rows = new Map(store.scan.known().map((row) => [row.path, row]))
  sortNaturally([...rows.keys(), ...byPath.keys()]).forEach((path, position) => {
    const row = rows.get(path)
    const file = byPath.get(path)
    if (row !== undefined && row.position !== position) store.scan.setPosition(row.id, position)
    if (file !== undefined) store.scan.add(file, position, problemOfSize(file.bytes))
  })
}

/**
 * Brings the store up to date with the folder, in one transaction after the walk and the search for moved files;
 * `signal` stops it before that.
 * @throws the file system's error when the folder can't be read; CodedError of the store
 */
export const scanLibrary = async (
  store: FilesStore,
  folder: string,
  signal?: AbortSignal,
): Promise<ScanReport> => {
  const walk = await walkFolder(folder, signal)
  signal?.throwIfAborted()
  const found: Found = { walk, here: new Set(walk.files.map(({ path }) => path)) }
  const known = () => store.scan.known()
  // Nearly always nothing with work in it is gone: one look at what is known (50 ms at 100,000 images) is enough.
  const report = store.transact(() => {
    const files = known()
    return findGone(files, walk, found.here).length > 0 ? null : writeChanges(store, files, found, new Map())
  })
  if (report !== null) return report
  const before = known()
  const moves = await findMoves(before, findGone(before, walk, found.here), walk, (path) =>
    hashFile(join(folder, path)),
  )
  signal?.throwIfAborted()
  return store.transact(() => writeChanges(store, known(), found, moves))
}
