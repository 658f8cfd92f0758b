/** How far two people agree on the same images: what both found, how alike their outlines are, and which class they gave. Pure. */
import type { Shape } from '../../common/model.ts'
import { matchObjects } from './match-objects.ts'

export interface ComparedObject {
  readonly shape: Shape
  /** The name of its class. */
  readonly label: string
  /** Who made it; null where nobody knows. */
  readonly author: string | null
}

/** One annotator against the whole other side. */
interface PersonAgreement {
  readonly name: string | null
  readonly side: 'one' | 'other'
  readonly objects: number
  /** Those that the other side has too, whatever their classes. */
  readonly matched: number
  /** Of the objects, 0..1. */
  readonly share: number
  readonly meanIou: number | null
  /** Of the matched, 0..1. */
  readonly sameClass: number | null
}

export interface ClassAgreement {
  readonly name: string
  /** Objects of the class, of each person. */
  readonly one: number
  readonly other: number
  /** Pairs in which both gave the class. */
  readonly both: number
  /** Of the pairs, twice over of all objects, 0..1 (Dice, 1945; the F1 of one person against the other). */
  readonly share: number
  /** Of these pairs; null when there is none. */
  readonly meanIou: number | null
}

export interface Agreement {
  /** Images that both have labelled. */
  readonly images: number
  readonly one: number
  readonly other: number
  /** Pairs of objects that cover each other, whatever their classes. */
  readonly matched: number
  /** Twice the pairs of all objects, 0..1. */
  readonly matchedShare: number
  readonly meanIou: number | null
  /** Of the pairs, those of one class, 0..1. */
  readonly sameClass: number | null
  readonly classes: readonly ClassAgreement[]
  /** Those of the first side, then those of the other. */
  readonly people: readonly PersonAgreement[]
  /** Rows: the first person's class; columns: the other's. The last of each is "not found". */
  readonly confusion: { readonly names: readonly string[]; readonly counts: readonly (readonly number[])[] }
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length

/** Nothing to find, and nothing found: that is agreement. */
const shareOf = (pairs: number, one: number, other: number): number =>
  one + other === 0 ? 1 : (2 * pairs) / (one + other)

/** What is kept of an object: shapes are large. */
type Known = Pick<ComparedObject, 'label' | 'author'>
const known = ({ label, author }: ComparedObject): Known => ({ label, author })

interface Pair {
  readonly one: Known
  readonly other: Known
  readonly iou: number
}

const peopleOf = (
  side: PersonAgreement['side'],
  pairs: readonly Pair[],
  alone: readonly Known[],
): PersonAgreement[] => {
  const names = new Set([...pairs.map((pair) => pair[side].author), ...alone.map(({ author }) => author)])
  return [...names]
    .sort((a, b) => (a ?? '').localeCompare(b ?? ''))
    .map((name) => {
      const own = pairs.filter((pair) => pair[side].author === name)
      const objects = own.length + alone.filter(({ author }) => author === name).length
      return {
        ...{ name, side, objects, matched: own.length, share: own.length / objects },
        meanIou: mean(own.map(({ iou }) => iou)),
        sameClass: mean(own.map(({ one, other }) => Number(one.label === other.label))),
      }
    })
}

/** Adds up image by image, so that the shapes of two projects need not be in memory at once. */
export const createAgreement = (least: number) => {
  const pairs: Pair[] = []
  const [onlyOne, onlyOther]: [Known[], Known[]] = [[], []]
  let images = 0
  return {
    add(ones: readonly ComparedObject[], others: readonly ComparedObject[]): void {
      images += 1
      const matching = matchObjects(ones, others, least, ({ label }) => label)
      for (const { one, other, iou } of matching.pairs)
        pairs.push({ one: known(one), other: known(other), iou })
      onlyOne.push(...matching.onlyOne.map(known))
      onlyOther.push(...matching.onlyOther.map(known))
    },
    result(): Agreement {
      const names = [
        ...new Set(
          [...pairs.flatMap(({ one, other }) => [one, other]), ...onlyOne, ...onlyOther].map(
            ({ label }) => label,
          ),
        ),
      ].sort()
      const place = new Map(names.map((name, at) => [name, at]))
      const counts = Array.from({ length: names.length + 1 }, () =>
        Array.from({ length: names.length + 1 }, () => 0),
      )
      const none = names.length
      for (const { one, other } of pairs) counts[place.get(one.label)!]![place.get(other.label)!]! += 1
      for (const { label } of onlyOne) counts[place.get(label)!]![none]! += 1
      for (const { label } of onlyOther) counts[none]![place.get(label)!]! += 1
      const classes = names.map((name, at): ClassAgreement => {
        const one = counts[at]!.reduce((sum, value) => sum + value, 0)
        const other = counts.reduce((sum, row) => sum + row[at]!, 0)
        const alike = pairs.filter((pair) => pair.one.label === name && pair.other.label === name)
        return {
          name,
          one,
          other,
          both: alike.length,
          share: shareOf(alike.length, one, other),
          meanIou: mean(alike.map(({ iou }) => iou)),
        }
      })
      const [one, other] = [pairs.length + onlyOne.length, pairs.length + onlyOther.length]
      return {
        images,
        one,
        other,
        matched: pairs.length,
        matchedShare: shareOf(pairs.length, one, other),
        meanIou: mean(pairs.map(({ iou }) => iou)),
        sameClass: mean(pairs.map((pair) => Number(pair.one.label === pair.other.label))),
        classes,
        people: [...peopleOf('one', pairs, onlyOne), ...peopleOf('other', pairs, onlyOther)],
        confusion: { names, counts },
      }
    },
  }
}
