/** How far two people agree on the same images: what both found, how alike their outlines are, and which class they gave. Pure. */
import type { Shape } from '../../common/model.ts'
import { matchObjects } from './match-objects.ts'

export interface ComparedObject {
  readonly shape: Shape
  /** The name of its class. */
  readonly label: string
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
  /** Rows: the first person's class; columns: the other's. The last of each is "not found". */
  readonly confusion: { readonly names: readonly string[]; readonly counts: readonly (readonly number[])[] }
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length

/** Nothing to find, and nothing found: that is agreement. */
const shareOf = (pairs: number, one: number, other: number): number =>
  one + other === 0 ? 1 : (2 * pairs) / (one + other)

/** Adds up image by image, so that the shapes of two projects need not be in memory at once. */
export const createAgreement = (least: number) => {
  const pairs: { one: string; other: string; iou: number }[] = []
  const [onlyOne, onlyOther]: [string[], string[]] = [[], []]
  let images = 0
  return {
    add(ones: readonly ComparedObject[], others: readonly ComparedObject[]): void {
      images += 1
      const matching = matchObjects(ones, others, least, ({ label }) => label)
      for (const { one, other, iou } of matching.pairs)
        pairs.push({ one: one.label, other: other.label, iou })
      onlyOne.push(...matching.onlyOne.map(({ label }) => label))
      onlyOther.push(...matching.onlyOther.map(({ label }) => label))
    },
    result(): Agreement {
      const names = [
        ...new Set([...pairs.flatMap(({ one, other }) => [one, other]), ...onlyOne, ...onlyOther]),
      ].sort()
      const place = new Map(names.map((name, at) => [name, at]))
      const counts = Array.from({ length: names.length + 1 }, () =>
        Array.from({ length: names.length + 1 }, () => 0),
      )
      const none = names.length
      for (const { one, other } of pairs) counts[place.get(one)!]![place.get(other)!]! += 1
      for (const name of onlyOne) counts[place.get(name)!]![none]! += 1
      for (const name of onlyOther) counts[none]![place.get(name)!]! += 1
      const classes = names.map((name, at): ClassAgreement => {
        const one = counts[at]!.reduce((sum, value) => sum + value, 0)
        const other = counts.reduce((sum, row) => sum + row[at]!, 0)
        const alike = pairs.filter((pair) => pair.one === name && pair.other === name)
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
        sameClass: mean(pairs.map((pair) => Number(pair.one === pair.other))),
        classes,
        confusion: { names, counts },
      }
    },
  }
}
