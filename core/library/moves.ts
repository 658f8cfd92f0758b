/** Finds files that were renamed or moved inside the folder, so that their annotations go with them. */
import type { FoundFile } from '../files/facts.ts'
import type { KnownFile } from '../store/scan-table.ts'
import type { Walk } from './walk.ts'

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)

/** Renaming and moving keep both. */
const keyOf = (file: FoundFile) => `${file.bytes}:${file.modifiedAt}`

const group = <T extends FoundFile>(files: readonly T[]): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const file of files) {
    const key = keyOf(file)
    const same = groups.get(key)
    if (same === undefined) groups.set(key, [file])
    else same.push(file)
  }
  return groups
}

/**
 * The known files with work in them that are not where they were.
 * @param here the paths that the walk found
 */
export const findGone = (
  known: readonly KnownFile[],
  { unreadable }: Walk,
  here: ReadonlySet<string>,
): KnownFile[] =>
  known.filter(
    (file) =>
      file.worked &&
      file.bytes > 0 &&
      !here.has(file.path) &&
      !unreadable.some((folder) => file.path.startsWith(`${folder}/`)),
  )

/**
 * New path -> the known file that it was, of those that `gone` names. One that kept its name, size and time to the
 * millisecond is taken as moved; under another name its bytes must hash the same.
 */
export const findMoves = async (
  known: readonly KnownFile[],
  gone: readonly KnownFile[],
  walk: Walk,
  hash: (path: string) => Promise<string>,
): Promise<Map<string, KnownFile>> => {
  const moves = new Map<string, KnownFile>()
  const knownPaths = new Set(known.map(({ path }) => path))
  const candidates = group(walk.files.filter(({ path }) => !knownPaths.has(path)))

  const moved = new Set<KnownFile>()
  const take = (target: FoundFile, source: KnownFile) => {
    moves.set(target.path, source)
    moved.add(source)
  }
  for (const [key, sources] of group(gone)) {
    const targets = candidates.get(key) ?? []
    for (const source of sources) {
      const sameName = targets.filter(({ path }) => nameOf(path) === nameOf(source.path))
      const twins = sources.filter(({ path }) => nameOf(path) === nameOf(source.path))
      if (sameName.length === 1 && twins.length === 1) take(sameName[0]!, source)
    }
    const left = sources.filter((source) => !moved.has(source) && source.contentHash !== null)
    for (const target of targets) {
      if (left.length === 0) break
      if (moves.has(target.path)) continue
      const bytes = await hash(target.path).catch(() => null)
      const source = left.find(({ contentHash }) => contentHash === bytes)
      if (source === undefined) continue
      left.splice(left.indexOf(source), 1)
      take(target, source)
    }
  }
  return moves
}
