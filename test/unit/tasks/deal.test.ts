/** Who gets which images: even, stable, what belongs together to one person, the overlap exact. */
import { fc } from '../../support/property.ts'
import { expect, it } from 'vitest'
import { dealImages, type DealtImage } from '../../../core/tasks/deal.ts'

const apart = { byFolder: false, pattern: null }
const pictures = (count: number, path = (at: number) => `${at}.jpg`): DealtImage[] =>
  Array.from({ length: count }, (_, at) => ({ path: path(at), people: [] }))
const countsOf = (dealt: readonly (readonly number[])[], people: number) =>
  Array.from({ length: people }, (_, person) => dealt.filter((of) => of.includes(person)).length)

it('gives every image to somebody, evenly, and exactly the share to two people', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 6 }),
      fc.integer({ min: 6, max: 300 }),
      fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0.9, max: 1, noNaN: true })),
      fc.nat(),
      (people, count, overlap, seed) => {
        const dealt = dealImages(pictures(count), { people, overlap, seed, grouping: apart })
        expect(dealt.every((of) => of.length > 0 && new Set(of).size === of.length)).toBe(true)
        expect(dealt.filter((of) => of.length === 2)).toHaveLength(Math.round(overlap * count))
        const counts = countsOf(dealt, people)
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
      },
    ),
    // Nearly all have two: whom the last ones would make even may label them already.
    { numRuns: 300, examples: [[4, 148, 0.9966216216216216, 0]] },
  )
})

it('deals the same for the same seed, whatever the order of the images, and otherwise for another', () => {
  const ask = { people: 3, overlap: 0.1, seed: 7, grouping: apart }
  const images = pictures(60)
  const there = new Map(images.map(({ path }, at) => [path, dealImages(images, ask)[at]]))
  const turned = images.toReversed()
  expect(dealImages(turned, ask)).toEqual(turned.map(({ path }) => there.get(path)))
  expect(dealImages(images, { ...ask, seed: 8 })).not.toEqual(dealImages(images, ask))
})

it('spreads what two people have over all pairs', () => {
  const dealt = dealImages(pictures(120), { people: 3, overlap: 0.1, seed: 1, grouping: apart })
  const pairs = dealt.filter((of) => of.length === 2).map((of) => of.toSorted().join())
  expect(['0,1', '0,2', '1,2'].map((pair) => pairs.filter((one) => one === pair).length)).toEqual([4, 4, 4])
})

it('keeps a folder, and pictures that are alike, with one person', () => {
  const scenes = pictures(40, (at) => `scene-${at % 8}/${at}.jpg`)
  const dealt = dealImages(scenes, {
    people: 2,
    overlap: 0,
    seed: 1,
    grouping: { byFolder: true, pattern: null },
  })
  for (let scene = 0; scene < 8; scene++)
    expect(new Set(dealt.filter((_, at) => at % 8 === scene).flat()).size).toBe(1)
  expect(countsOf(dealt, 2)).toEqual([20, 20])

  const twins = pictures(10).map((image, at) => ({ ...image, likeness: [`look ${at % 5}`] }))
  const alike = dealImages(twins, { people: 2, overlap: 0, seed: 1, grouping: apart })
  expect(alike.slice(0, 5)).toEqual(alike.slice(5))
})

it('leaves images with whom they are, and gives new ones to who has fewer', () => {
  const ask = { people: 2, overlap: 0.25, seed: 1, grouping: apart }
  const first = dealImages(pictures(20), ask)
  const later = pictures(40).map((image, at) => ({ ...image, people: first[at] ?? [] }))
  const dealt = dealImages(later, { ...ask, seed: 2 })
  expect(dealt.slice(0, 20).every((of, at) => first[at]!.every((person) => of.includes(person)))).toBe(true)
  expect(dealt.filter((of) => of.length === 2)).toHaveLength(10)
  expect(countsOf(dealt, 2)).toEqual([25, 25])
})
