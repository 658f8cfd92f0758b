/** Which images validate and which train: seeded, the same on every machine, whole subfolders kept together. */
import { createHash } from 'node:crypto'

export interface SplitImage {
  /** Relative, with forward slashes. */
  readonly path: string
  readonly hasObjects: boolean
}

export interface Split {
  /** Indexes into the given list; the rest trains. */
  readonly validation: ReadonlySet<number>
  /** How the images were divided, or why they were not, for the report; null when it went as asked. */
  readonly note: string | null
}

const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')))

/** A number that depends on seed and name alone, so that images added later leave the others where they are. */
const orderOf = (seed: number, key: string) =>
  createHash('sha256').update(`${seed}\n${key}`).digest().readUIntBE(0, 6)

/** Images that must stay on one side. */
interface Group {
  readonly key: string
  readonly order: number
  readonly members: readonly number[]
  readonly hasObjects: boolean
}

/**
 * The groups in their seeded order. The images of one subfolder (shots of one scene, frames of one film) stay
 * together; those in the folder itself, and all when there is but one folder, stand alone.
 */
const groupsOf = (images: readonly SplitImage[], seed: number): Group[] => {
  const isDivided = new Set(images.map((image) => folderOf(image.path))).size > 1
  const members = new Map<string, number[]>()
  images.forEach((image, index) => {
    const folder = folderOf(image.path)
    const key = isDivided && folder !== '' ? `${folder}/` : image.path
    const known = members.get(key)
    if (known) known.push(index)
    else members.set(key, [index])
  })
  return [...members]
    .map(([key, indexes]) => ({
      key,
      order: orderOf(seed, key),
      members: indexes,
      hasObjects: indexes.some((index) => images[index]?.hasObjects),
    }))
    .sort((a, b) => a.order - b.order || (a.key < b.key ? -1 : 1))
}

const percent = (share: number) => `${Math.round(100 * share)} %`

/** Takes groups in their seeded order while each brings the number of images nearer to `wanted`. */
const takeNear = (groups: readonly Group[], wanted: number): Group[] => {
  const taken: Group[] = []
  let count = 0
  for (const group of groups) {
    const grown = count + group.members.length
    if (Math.abs(grown - wanted) >= Math.abs(count - wanted)) continue
    taken.push(group)
    count = grown
  }
  return taken
}

/**
 * Divides the images; `share` (0..1) of them validates. The largest group with objects always trains, and at least
 * one group with objects validates where there are two. With one image, or a share of 0, nothing is held back and
 * the trainer validates on what it trains.
 */
export const splitImages = (images: readonly SplitImage[], share: number, seed: number): Split => {
  const heldBack = new Set<number>()
  if (share === 0)
    return { validation: heldBack, note: 'No images are held back: validation uses the training images.' }
  const groups = groupsOf(images, seed)
  if (groups.length < 2)
    return { validation: heldBack, note: 'There is one image: it is used for training and for validation.' }

  const bySize = groups.toSorted((a, b) => a.members.length - b.members.length)
  const trains = bySize.findLast((group) => group.hasObjects) ?? bySize.at(-1)
  const free = groups.filter((group) => group !== trains)
  const taken = takeNear(free, share * images.length)
  const isUseful = (group: Group) => group.hasObjects && group !== trains
  if (!taken.some(isUseful)) {
    const smallest =
      bySize.find(isUseful) ?? (taken.length === 0 ? bySize.find((group) => group !== trains) : null)
    if (smallest) taken.push(smallest)
  }
  taken.forEach((group) => group.members.forEach((index) => heldBack.add(index)))

  const isOff = Math.abs(heldBack.size - share * images.length) > Math.max(1, 0.05 * images.length)
  const note = isOff
    ? `${percent(heldBack.size / images.length)} of the images validate instead of ${percent(share)}: ` +
      'subfolders are kept together.'
    : null
  return { validation: heldBack, note }
}
