/**
 * The order in which the objects of an image are drawn. Each has a rank, 0 until somebody moves it; of equal ranks the one
 * that was added later is on top. Pure.
 */
import { bboxOf } from './geometry/measure.ts'
import type { Annotation, AnnotationId } from './model.ts'

export type OrderWay = 'front' | 'forward' | 'back' | 'backward'

type Ranked = Pick<Annotation, 'rank'>

export const rankOf = ({ rank = 0 }: Ranked): number => rank

/** Bottom first: as they were given where ranks are equal, and the same array when it is in order. */
export const inOrder = <T extends Ranked>(objects: readonly T[]): readonly T[] => {
  const isInOrder = objects.every((object, at) => at === 0 || rankOf(objects[at - 1]!) <= rankOf(object))
  return isInOrder ? objects : objects.toSorted((a, b) => rankOf(a) - rankOf(b))
}

const overlap = (a: Annotation, b: Annotation): boolean => {
  const [one, two] = [bboxOf(a.shape), bboxOf(b.shape)]
  return (
    one.x < two.x + two.width &&
    two.x < one.x + one.width &&
    one.y < two.y + two.height &&
    two.y < one.y + one.height
  )
}

/** Where the object goes among the others; null when it is there. */
const placeAmong = (
  others: readonly Annotation[],
  object: Annotation,
  at: number,
  way: OrderWay,
): number | null => {
  if (way === 'front') return at === others.length ? null : others.length
  if (way === 'back') return at === 0 ? null : 0
  // Past the next that it overlaps: past one beside it nothing would be seen to change.
  if (way === 'forward') {
    const above = others.findIndex((other, index) => index >= at && overlap(object, other))
    return above < 0 ? null : above + 1
  }
  const below = others.findLastIndex((other, index) => index < at && overlap(object, other))
  return below < 0 ? null : below
}

/** `count` ranks between the two, evenly; whole steps where there is no end. */
const ranksBetween = (low: number | null, high: number | null, count: number): number[] =>
  Array.from({ length: count }, (_, index) => {
    if (low !== null && high !== null) return low + ((high - low) * (index + 1)) / (count + 1)
    if (low !== null) return low + index + 1
    return (high ?? 0) - count + index
  })

/** The list with the object at `place` among the others; only as many ranks change as must. */
const movedTo = (others: readonly Annotation[], object: Annotation, place: number): Annotation[] => {
  const below = others[place - 1]
  const above = others[place]
  const ranked = (objects: readonly Annotation[], low: number | null, high: number | null) => {
    const ranks = ranksBetween(low, high, objects.length)
    return objects.map((one, index): Annotation => ({ ...one, rank: ranks[index]! }))
  }
  if (!below || !above || rankOf(below) < rankOf(above)) {
    const [moved] = ranked([object], below ? rankOf(below) : null, above ? rankOf(above) : null)
    const now = [...others.slice(0, place), moved!, ...others.slice(place)]
    // After some fifty moves to one place there is no number left between its neighbours.
    const isApart = !below || !above || (rankOf(moved!) > rankOf(below) && rankOf(moved!) < rankOf(above))
    return isApart ? now : ranked(now, 0, null)
  }
  // Both have one rank: those that share it on one side make room, on the side where they are fewer.
  const rank = rankOf(below)
  const start = others.findIndex((other) => rankOf(other) === rank)
  const end = others.findLastIndex((other) => rankOf(other) === rank) + 1
  if (end - place <= place - start) {
    const next = others[end]
    const upper = ranked([object, ...others.slice(place, end)], rank, next ? rankOf(next) : null)
    return [...others.slice(0, place), ...upper, ...others.slice(end)]
  }
  const before = others[start - 1]
  const lower = ranked([...others.slice(start, place), object], before ? rankOf(before) : null, rank)
  return [...others.slice(0, start), ...lower, ...others.slice(place)]
}

/**
 * Moves objects in the order; several keep their order among themselves.
 * @param objects all of the image, bottom first
 * @returns pairs of what changes and what it becomes, times as they were; none when all are there already
 */
export const reordered = (
  objects: readonly Annotation[],
  ids: ReadonlySet<AnnotationId>,
  way: OrderWay,
): [from: Annotation, to: Annotation][] => {
  const isUp = way === 'front' || way === 'forward'
  const chosen = objects.filter(({ id }) => ids.has(id))
  // The one that goes ahead first: those behind it do not pass it.
  const steps = way === 'forward' || way === 'back' ? chosen.toReversed() : chosen
  let now: readonly Annotation[] = objects
  const done = new Set<AnnotationId>()
  for (const { id } of steps) {
    const at = now.findIndex((object) => object.id === id)
    const object = now[at]!
    const others = now.filter((other) => other !== object)
    const place = placeAmong(others, object, at, way)
    done.add(id)
    if (place === null) continue
    // What was moved before stays on its side: a step does not change the order among the chosen.
    const crossed = isUp ? others.slice(at, place) : others.slice(place, at)
    const isStep = way === 'forward' || way === 'backward'
    if (isStep && crossed.every((other) => done.has(other.id))) continue
    now = movedTo(others, object, place)
  }
  const before = new Map(objects.map((object) => [object.id, object]))
  return now.flatMap((to): [Annotation, Annotation][] => {
    const from = before.get(to.id)!
    return rankOf(from) === rankOf(to) ? [] : [[from, to]]
  })
}

/** What is added lies on top of what is there. */
export const onTop = (added: readonly Annotation[], there: readonly Annotation[]): Annotation[] => {
  const top = there.reduce((most, object) => Math.max(most, rankOf(object)), 0)
  return added.map((object) => (top > 0 && object.rank === undefined ? { ...object, rank: top } : object))
}
