/** Which images train, validate and test: seeded, the same on every machine, what belongs together on one side. */
import { sideSchema, type Side } from '../../../common/model.ts'
import { said } from '../../../common/said.ts'
import { balanceGroups } from './balance.ts'
import { groupsOf, type Group, type Grouping, type SplitImage } from './groups.ts'

export type { SplitImage } from './groups.ts'

export const SIDES: readonly Side[] = sideSchema.options

export interface SplitAsk {
  /** Shares of the images, 0..1; the rest trains. */
  readonly validation: number
  readonly test: number
  readonly seed: number
  readonly grouping: Grouping
  /** Each side gets its share of every class, as far as whole groups allow. */
  readonly balance: boolean
}

export interface Split {
  /** One an image, in the order of the images. */
  readonly sides: readonly Side[]
  /** How the images were divided, or why they were not, for the report; none when it went as asked. */
  readonly notes: readonly string[]
}

const percent = (share: number) => `${Math.round(100 * share)} %`

const sizeOf = (groups: readonly Group[]) => groups.reduce((sum, { members }) => sum + members.length, 0)

/** Takes groups in their seeded order while each brings the number of images nearer to `wanted`. */
const takeNear = (groups: readonly Group[], wanted: number, have: number): Group[] => {
  const taken: Group[] = []
  let count = have
  for (const group of groups) {
    const grown = count + group.members.length
    if (Math.abs(grown - wanted) >= Math.abs(count - wanted)) continue
    taken.push(group)
    count = grown
  }
  return taken
}

type Dealt = ReadonlyMap<Group, Side>

/** Groups to the sides by their number of images alone. */
const takeSides = (
  groups: readonly Group[],
  wanted: Readonly<Record<Side, number>>,
  fixed: Dealt,
): Map<Group, Side> => {
  const dealt = new Map(fixed)
  for (const side of ['val', 'test'] as const) {
    const have = sizeOf(groups.filter((group) => dealt.get(group) === side))
    const free = groups.filter((group) => !dealt.has(group))
    if (wanted[side] > 0) for (const group of takeNear(free, wanted[side], have)) dealt.set(group, side)
  }
  for (const group of groups) if (!dealt.has(group)) dealt.set(group, 'train')
  return dealt
}

const bySize = (groups: readonly Group[]) => groups.toSorted((a, b) => a.members.length - b.members.length)

/** What was put somewhere before, and the largest group with objects, which trains when nothing else does yet. */
const fixedOf = (groups: readonly Group[]): Dealt => {
  const fixed = new Map<Group, Side>()
  for (const group of groups) if (group.stored !== null) fixed.set(group, group.stored)
  const free = bySize(groups.filter((group) => !fixed.has(group)))
  const trains = free.findLast(({ hasObjects }) => hasObjects) ?? free.at(-1)
  const isTrained = groups.some(({ stored, hasObjects }) => stored === 'train' && hasObjects)
  if (trains && !isTrained) fixed.set(trains, 'train')
  return fixed
}

/** Gives each side that is asked for a group, with objects where there are enough, from what trains. */
const fillSides = (
  groups: readonly Group[],
  dealt: Map<Group, Side>,
  fixed: Dealt,
  asked: readonly Side[],
): void => {
  for (const side of asked) {
    const on = groups.filter((group) => dealt.get(group) === side)
    if (on.some(({ hasObjects }) => hasObjects)) continue
    const spare = bySize(groups.filter((group) => dealt.get(group) === 'train' && !fixed.has(group)))
    const given = spare.find(({ hasObjects }) => hasObjects) ?? (on.length === 0 ? spare[0] : undefined)
    if (given) dealt.set(given, side)
  }
}

const notesOf = (
  images: readonly SplitImage[],
  dealt: Dealt,
  asked: Readonly<Record<Side, number>>,
): string[] => {
  const groups = [...dealt.keys()]
  return (['val', 'test'] as const).flatMap((side) => {
    const count = sizeOf(groups.filter((group) => dealt.get(group) === side))
    const isOff = Math.abs(count - asked[side] * images.length) > Math.max(1, 0.05 * images.length)
    return isOff
      ? [
          said(
            side === 'val'
              ? '{share} of the images validate instead of {asked}: what belongs together (subfolders, copies, what was divided before) stays together.'
              : '{share} of the images test instead of {asked}: what belongs together (subfolders, copies, what was divided before) stays together.',
            { share: percent(count / images.length), asked: percent(asked[side]) },
          ),
        ]
      : []
  })
}

/**
 * Divides the images. The largest group with objects trains, and at least one group with objects is on each side that
 * is asked for, where there are enough. With one image nothing is held back, and the trainer validates on what it trains.
 */
export const splitImages = (images: readonly SplitImage[], ask: SplitAsk): Split => {
  const groups = groupsOf(images, ask.seed, ask.grouping)
  const shares = { train: Math.max(0, 1 - ask.validation - ask.test), val: ask.validation, test: ask.test }
  const isStored = groups.some(({ stored }) => stored !== null)
  const asked = (['val', 'test'] as const).filter((side) => shares[side] > 0)
  const allTrain = images.map((): Side => 'train')
  if (!isStored && asked.length === 0)
    return { sides: allTrain, notes: [said('No images are held back: validation uses the training images.')] }
  if (!isStored && groups.length < 2) {
    const why = images.length > 1 ? said('All images belong together') : said('There is one image')
    return { sides: allTrain, notes: [said('{why}: used for training and for validation.', { why })] }
  }
  const wanted = { train: 0, val: shares.val * images.length, test: shares.test * images.length }
  const fixed = fixedOf(groups)
  const dealt = ask.balance ? balanceGroups(images, groups, shares, fixed) : takeSides(groups, wanted, fixed)
  fillSides(groups, dealt, fixed, asked)
  const sides = [...allTrain]
  for (const [group, side] of dealt)
    for (const index of group.members) sides[index] = images[index]!.side ?? side
  // Where all were put somewhere before, nobody asks for shares any more.
  const isDealt = images.some(({ side }) => side === null || side === undefined)
  return { sides, notes: isDealt ? notesOf(images, dealt, shares) : [] }
}
