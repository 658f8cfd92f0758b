/** Images that must stay on one side: of one subfolder, of one name by a pattern, of the same or nearly the same picture. */
import { createHash } from 'node:crypto'
import type { Side } from '../../../common/model.ts'

export interface SplitImage {
  /** Relative, with forward slashes. */
  readonly path: string
  readonly hasObjects: boolean
  /** The classes of its objects, each once; only for balance. */
  readonly classes?: readonly number[]
  /** Where it was put before and stays. */
  readonly side?: Side | null
  /** Images of the same text are of the same picture. */
  readonly likeness?: readonly string[]
}

export interface Grouping {
  /** The images of one subfolder (shots of one scene, frames of one film) stay together. */
  readonly byFolder: boolean
  /** Images whose paths have the same match stay together: of its first bracket, else of the whole. */
  readonly pattern: RegExp | null
}

export interface Group {
  /** By this and the seed its place in the order is drawn. */
  readonly key: string
  /** 0..2^48, even. */
  readonly order: number
  /** Indexes into the list of images. */
  readonly members: readonly number[]
  readonly hasObjects: boolean
  /** Where most of its members were put before; null when none was. */
  readonly stored: Side | null
}

const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')))

/** A number that depends on seed and name alone, so that images added later leave the others where they are. */
export const orderOf = (seed: number, key: string) =>
  createHash('sha256').update(`${seed}\n${key}`).digest().readUIntBE(0, 6)

/**
 * The key of each image: what it shares with others. Those in the folder itself, and all when there is but one folder,
 * stand alone.
 */
const keysOf = (images: readonly SplitImage[], { byFolder, pattern }: Grouping): string[] => {
  const isDivided = byFolder && new Set(images.map(({ path }) => folderOf(path))).size > 1
  return images.map(({ path }) => {
    const match = pattern?.exec(path)
    // No path begins with a slash, nor has a line end before one: a key of a match is no path.
    if (match) return `/${match[1] ?? match[0]}`
    const folder = folderOf(path)
    return isDivided && folder !== '' ? `${folder}/` : path
  })
}

/** Which set each of `count` things belongs to, after some were said to belong together (union-find). */
const createSets = (count: number) => {
  const parents = Array.from({ length: count }, (_, index) => index)
  const rootOf = (index: number): number => {
    let root = index
    while (parents[root] !== root) root = parents[root]!
    for (let at = index; at !== root;) [at, parents[at]] = [parents[at]!, root]
    return root
  }
  return {
    rootOf,
    unite(a: number, b: number) {
      const [x, y] = [rootOf(a), rootOf(b)]
      parents[Math.max(x, y)] = Math.min(x, y)
    },
  }
}

const mostStored = (images: readonly SplitImage[], members: readonly number[]): Side | null => {
  const counts = new Map<Side, number>()
  for (const index of members) {
    const { side } = images[index]!
    if (side) counts.set(side, (counts.get(side) ?? 0) + 1)
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1])
  return most?.[0] ?? null
}

/** The groups in their seeded order. */
export const groupsOf = (images: readonly SplitImage[], seed: number, grouping: Grouping): Group[] => {
  const sets = createSets(images.length)
  const firstOf = new Map<string, number>()
  const meet = (key: string, index: number) => {
    const first = firstOf.get(key)
    if (first === undefined) firstOf.set(key, index)
    else sets.unite(first, index)
  }
  const keys = keysOf(images, grouping)
  images.forEach(({ likeness = [] }, index) => {
    meet(`key ${keys[index]}`, index)
    for (const one of likeness) meet(`like ${one}`, index)
  })
  const members = new Map<number, number[]>()
  images.forEach((_, index) => {
    const root = sets.rootOf(index)
    const known = members.get(root)
    if (known) known.push(index)
    else members.set(root, [index])
  })
  return [...members]
    .map(([root, indexes]) => ({
      key: keys[root]!,
      order: orderOf(seed, keys[root]!),
      members: indexes,
      hasObjects: indexes.some((index) => images[index]?.hasObjects),
      stored: mostStored(images, indexes),
    }))
    .sort((a, b) => a.order - b.order || (a.key < b.key ? -1 : 1))
}
