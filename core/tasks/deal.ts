/**
 * Who gets which images: evenly, what belongs together to one person, some images to a second one. Seeded, the same on
 * every machine. Pure.
 */
import { groupsOf, orderOf, type Grouping, type SplitImage } from '../export/split/groups.ts'

export interface DealtImage extends Pick<SplitImage, 'path' | 'likeness'> {
  /** Who has it already, as numbers of people: one or two; none when it is dealt now. */
  readonly people: readonly number[]
}

export interface DealAsk {
  readonly people: number
  /** Share of the images that two people get, 0..1. */
  readonly overlap: number
  readonly seed: number
  readonly grouping: Grouping
}

/** The first index with the smallest value. */
const smallest = (values: readonly number[]): number => values.indexOf(Math.min(...values))

/** Whom most of a group's images belong to; null when nobody has any. */
const ownerOf = (images: readonly DealtImage[], members: readonly number[], people: number) => {
  const counts = Array<number>(people).fill(0)
  for (const index of members) {
    const [first] = images[index]!.people
    if (first !== undefined) counts[first]!++
  }
  const most = Math.max(...counts)
  return most === 0 ? null : counts.indexOf(most)
}

/**
 * The people of each image, in the order of the images: who labels it, and behind that who labels it too. The number of
 * images with two is the share of all, rounded, unless more have two already. Where nothing belongs together the people's
 * counts differ by one at most.
 */
export const dealImages = (images: readonly DealtImage[], ask: DealAsk): number[][] => {
  const dealt = images.map(({ people }) => [...people])
  const totals = Array<number>(ask.people).fill(0)
  for (const people of dealt) for (const person of people) totals[person]!++

  const given = images.map(({ path, likeness }) => ({ path, likeness: likeness ?? [], hasObjects: false }))
  const groups = groupsOf(given, ask.seed, ask.grouping).map(({ members }) => ({
    free: members.filter((index) => dealt[index]!.length === 0),
    owner: ownerOf(images, members, ask.people),
  }))
  // What is tied to somebody comes first, then the large ones: the small ones make it even.
  groups.sort((a, b) => Number(b.owner !== null) - Number(a.owner !== null) || b.free.length - a.free.length)
  for (const { free, owner } of groups) {
    const person = owner ?? smallest(totals)
    for (const index of free) dealt[index]!.push(person)
    totals[person]! += free.length
  }
  share(images, dealt, totals, ask)
  return dealt
}

/** Gives some images to a second person, such that all pairs of people have as many as can be. */
const share = (
  images: readonly DealtImage[],
  dealt: number[][],
  totals: number[],
  { people, overlap, seed }: DealAsk,
): void => {
  const shared = dealt.filter(({ length }) => length > 1).length
  const order = images.map(({ path }) => orderOf(seed, `twice\n${path}`))
  const alone = Array.from({ length: people }, (_, person) =>
    dealt.flatMap((owners, index) => (owners.length === 1 && owners[0] === person ? [index] : [])),
  )
  // The last is taken first.
  for (const list of alone) list.sort((a, b) => order[b]! - order[a]!)
  const pairs = Array.from({ length: people }, () => Array<number>(people).fill(0))
  const given: number[] = []
  for (let left = Math.round(overlap * images.length) - shared; left > 0; left--) {
    const canTake = (person: number) => alone.some((list, owner) => owner !== person && list.length > 0)
    const second = smallest(totals.map((total, person) => (canTake(person) ? total : Infinity)))
    const first = smallest(
      pairs[second]!.map((count, owner) =>
        owner === second || alone[owner]!.length === 0 ? Infinity : count,
      ),
    )
    const index = alone[first]!.pop()
    if (index === undefined) break
    dealt[index]!.push(second)
    given.push(index)
    totals[second]!++
    pairs[first]![second]!++
    pairs[second]![first]!++
  }
  even(given, dealt, totals, pairs)
}

/**
 * Where nearly all images have two people, the last ones could not go to whom had the fewest, because they were his
 * own: images whose second person has too many go on to him. Who has the most has an image that he has not, as long as
 * it is a second one.
 */
const even = (
  given: readonly number[],
  dealt: number[][],
  totals: number[],
  pairs: readonly number[][],
): void => {
  for (;;) {
    const [most, least] = [totals.indexOf(Math.max(...totals)), smallest(totals)]
    if (totals[most]! - totals[least]! <= 1) return
    const counts = given.map((index) => {
      const [first, second] = dealt[index]!
      return second === most && first !== least ? pairs[first!]![least]! : Infinity
    })
    const at = smallest(counts)
    if ((counts[at] ?? Infinity) === Infinity) return
    const index = given[at]!
    const first = dealt[index]![0]!
    dealt[index]![1] = least
    totals[most]!--
    totals[least]!++
    for (const [a, b] of [
      [first, most],
      [most, first],
    ] as const)
      pairs[a]![b]!--
    for (const [a, b] of [
      [first, least],
      [least, first],
    ] as const)
      pairs[a]![b]!++
  }
}
