/**
 * Groups dealt out so that each side has its share of every class, as far as whole groups allow. After K. Sechidis,
 * G. Tsoumakas and I. Vlahavas, "On the Stratification of Multi-Label Data" (2011): the class with the fewest groups left
 * is dealt first, each of its groups to the side that lacks most of it.
 */
import type { Side } from '../../../common/model.ts'
import type { Group, SplitImage } from './groups.ts'

type Shares = Readonly<Record<Side, number>>

/** Images of each class in the group. */
const classCounts = (images: readonly SplitImage[], { members }: Group): Map<number, number> => {
  const counts = new Map<number, number>()
  for (const index of members)
    for (const one of images[index]!.classes ?? []) counts.set(one, (counts.get(one) ?? 0) + 1)
  return counts
}

/** The class that the fewest groups have; null when none has any. */
const rarest = (groups: Iterable<ReadonlyMap<number, number>>): number | null => {
  const seen = new Map<number, number>()
  for (const counts of groups) for (const one of counts.keys()) seen.set(one, (seen.get(one) ?? 0) + 1)
  let best: number | null = null
  for (const [one, count] of seen)
    if (best === null || count < seen.get(best)! || (count === seen.get(best) && one < best)) best = one
  return best
}

/**
 * A side for each group.
 * @param shares of the images, summing to 1; a side of 0 gets none but what it has
 * @param fixed groups whose side is known
 */
export const balanceGroups = (
  images: readonly SplitImage[],
  groups: readonly Group[],
  shares: Shares,
  fixed: ReadonlyMap<Group, Side>,
): Map<Group, Side> => {
  const sides = (Object.keys(shares) as Side[]).filter((side) => shares[side] > 0)
  const counts = new Map(groups.map((group) => [group, classCounts(images, group)]))
  const totals = new Map<number, number>()
  for (const own of counts.values())
    for (const [one, count] of own) totals.set(one, (totals.get(one) ?? 0) + count)
  const lackOfImages = { ...shares }
  for (const side of sides) lackOfImages[side] = shares[side] * images.length
  const lack = new Map(
    [...totals].map(([one, total]) => [one, new Map(sides.map((side) => [side, shares[side] * total]))]),
  )
  const dealt = new Map<Group, Side>()
  const deal = (group: Group, side: Side) => {
    dealt.set(group, side)
    lackOfImages[side] -= group.members.length
    for (const [one, count] of counts.get(group)!) {
      const own = lack.get(one)!
      own.set(side, (own.get(side) ?? 0) - count)
    }
  }
  const neediest = (lackOf: (side: Side) => number): Side =>
    sides.reduce((best, side) => {
      const more = lackOf(side) - lackOf(best) || lackOfImages[side] - lackOfImages[best]
      return more > 0 ? side : best
    })

  for (const [group, side] of fixed) deal(group, side)
  const waiting = new Set(groups.filter((group) => !dealt.has(group)))
  for (;;) {
    const next = rarest([...waiting].map((group) => counts.get(group)!))
    if (next === null) break
    for (const group of waiting) {
      if (!counts.get(group)!.has(next)) continue
      deal(
        group,
        neediest((side) => lack.get(next)!.get(side)!),
      )
      waiting.delete(group)
    }
  }
  for (const group of waiting)
    deal(
      group,
      neediest((side) => lackOfImages[side]),
    )
  return dealt
}
