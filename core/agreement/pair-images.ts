/** Which images of two folders are the same picture: by content, wherever they lie, then by path. */
import type { ImageItem } from '../../common/model.ts'

export type Pairable = Pick<ImageItem, 'path' | 'bytes' | 'contentHash'>

export interface PairedImages<T> {
  readonly pairs: readonly (readonly [one: T, other: T])[]
  readonly onlyOne: readonly T[]
  readonly onlyOther: readonly T[]
}

const groupsOf = <T>(items: readonly T[], keyOf: (item: T) => string | number): Map<string | number, T[]> => {
  const groups = new Map<string | number, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}

/**
 * @param hashOf the content of an image, read when it is needed: where files of the same number of bytes lie elsewhere;
 * null when it can't be read
 */
export const pairImages = async <T extends Pairable>(
  ones: readonly T[],
  others: readonly T[],
  hashOf: (item: T, side: 'one' | 'other') => Promise<string | null>,
): Promise<PairedImages<T>> => {
  const pairs: [T, T][] = []
  const [left, right] = [new Set(ones), new Set(others)]
  const take = (one: T, other: T) => {
    pairs.push([one, other])
    left.delete(one)
    right.delete(other)
  }
  const byBytes = groupsOf(others, ({ bytes }) => bytes)
  for (const [bytes, mine] of groupsOf(ones, (item) => item.bytes)) {
    const theirs = byBytes.get(bytes) ?? []
    // One file of that size on each side, at the same path: the same one, and nothing need be read.
    if (mine.length === 1 && theirs.length === 1 && mine[0]!.path === theirs[0]!.path) {
      take(mine[0]!, theirs[0]!)
      continue
    }
    if (theirs.length === 0) continue
    const theirHashes = new Map<T, string | null>()
    for (const item of theirs) theirHashes.set(item, item.contentHash ?? (await hashOf(item, 'other')))
    const wanted: [T, string][] = []
    for (const item of mine) {
      const hash = item.contentHash ?? (await hashOf(item, 'one'))
      if (hash !== null) wanted.push([item, hash])
    }
    // The same picture twice: the copies at the same paths belong together, then the others in their order.
    const byHash = groupsOf(
      theirs.filter((one) => (theirHashes.get(one) ?? null) !== null),
      (one) => theirHashes.get(one)!,
    )
    const twinOf = (hash: string, isMeant: (one: T) => boolean) =>
      byHash.get(hash)?.find((one) => right.has(one) && isMeant(one))
    for (const [item, hash] of wanted) {
      const twin = twinOf(hash, (one) => one.path === item.path)
      if (twin) take(item, twin)
    }
    for (const [item, hash] of wanted) {
      const twin = left.has(item) ? twinOf(hash, () => true) : undefined
      if (twin) take(item, twin)
    }
  }
  const byPath = new Map([...right].map((item) => [item.path, item]))
  for (const item of [...left]) {
    const other = byPath.get(item.path)
    if (other) take(item, other)
  }
  return { pairs, onlyOne: [...left], onlyOther: [...right] }
}
