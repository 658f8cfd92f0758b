/** Objects of two people are paired by what they cover, images by what is in them, and the sums say how far both agree. */
import { fc } from '../../support/property.ts'
import { expect, test } from 'vitest'
import type { Shape } from '../../../common/model.ts'
import { createAgreement, type ComparedObject } from '../../../core/agreement/agreement.ts'
import { matchObjects } from '../../../core/agreement/match-objects.ts'
import { pairImages, type Pairable } from '../../../core/agreement/pair-images.ts'

const box = (x: number, y: number, width: number, height = width): Shape => ({
  type: 'rectangle',
  x,
  y,
  width,
  height,
})
const object = (label: string, shape: Shape, author: string | null = null): ComparedObject => ({
  label,
  shape,
  author,
})
const labelOf = ({ label }: ComparedObject) => label

test('each object is in one pair at most, the best pairs come first, and classes do not hold them apart', () => {
  const ones = [object('cat', box(0, 0, 10)), object('cat', box(2, 0, 10))]
  const others = [object('dog', box(2, 0, 10)), object('cat', box(100, 0, 10))]
  const { pairs, onlyOne, onlyOther } = matchObjects(ones, others, 0.5, labelOf)
  expect(pairs).toEqual([{ one: ones[1], other: others[0], iou: 1 }])
  expect(onlyOne).toEqual([ones[0]])
  expect(onlyOther).toEqual([others[1]])
})

test('of two that cover it alike, the one of its class is taken', () => {
  const [cat, dog] = [object('cat', box(0, 0, 10)), object('dog', box(0, 0, 10))]
  expect(matchObjects([cat], [dog, cat], 0.5, labelOf).pairs[0]?.other).toBe(cat)
})

test('the limit holds: below it nothing is a pair', () => {
  const [one, other] = [object('cat', box(0, 0, 10, 10)), object('cat', box(0, 0, 10, 5))]
  expect(matchObjects([one], [other], 0.5, labelOf).pairs).toHaveLength(1)
  expect(matchObjects([one], [other], 0.51, labelOf).pairs).toHaveLength(0)
})

test('counted by hand: one pair of a class, one of two classes, one only here, one only there', () => {
  const sum = createAgreement(0.5)
  sum.add(
    [object('cat', box(0, 0, 10)), object('cat', box(50, 0, 10)), object('dog', box(0, 50, 10))],
    [object('cat', box(0, 0, 10)), object('dog', box(50, 0, 10)), object('dog', box(90, 90, 10))],
  )
  sum.add([], [])
  const found = sum.result()
  expect(found).toMatchObject({ images: 2, one: 3, other: 3, matched: 2, meanIou: 1, sameClass: 0.5 })
  expect(found.matchedShare).toBeCloseTo(4 / 6)
  expect(found.confusion).toEqual({
    names: ['cat', 'dog'],
    counts: [
      [1, 1, 0],
      [0, 0, 1],
      [0, 1, 0],
    ],
  })
  expect(found.classes).toEqual([
    { name: 'cat', one: 2, other: 1, both: 1, share: 2 / 3, meanIou: 1 },
    { name: 'dog', one: 1, other: 2, both: 0, share: 0, meanIou: null },
  ])
})

const objects = fc.array(
  fc
    .tuple(fc.constantFrom('cat', 'dog', 'bird'), fc.nat(60), fc.nat(60), fc.integer({ min: 1, max: 30 }))
    .map(([label, x, y, side]) => object(label, box(x, y, side))),
  { maxLength: 8 },
)
const agree = (ones: readonly ComparedObject[], others: readonly ComparedObject[]) => {
  const sum = createAgreement(0.5)
  sum.add(ones, others)
  return sum.result()
}

test('everybody agrees with themselves, and two people agree both ways alike', () => {
  fc.assert(
    fc.property(objects, objects, (ones, others) => {
      const own = agree(ones, ones)
      expect(own).toMatchObject({ matched: ones.length, matchedShare: 1 })
      if (ones.length > 0) expect(own).toMatchObject({ meanIou: 1, sameClass: 1 })
      const [there, back] = [agree(ones, others), agree(others, ones)]
      expect([there.one, there.other]).toEqual([back.other, back.one])
      expect(there.confusion.names).toEqual(back.confusion.names)
      const { counts } = there.confusion
      // Nobody is counted twice or lost.
      expect(
        counts
          .slice(0, -1)
          .flat()
          .reduce((sum, value) => sum + value, 0),
      ).toBe(ones.length)
      expect(
        counts
          .map((row) => row.slice(0, -1))
          .flat()
          .reduce((sum, value) => sum + value, 0),
      ).toBe(others.length)
    }),
    { numRuns: 200 },
  )
})

test('each annotator is told against all of the other side, and nobody is lost', () => {
  const ones = [
    object('cat', box(0, 0, 10), 'anna'),
    object('dog', box(50, 0, 10), 'anna'),
    object('cat', box(100, 0, 10), 'cleo'),
  ]
  const others = [object('cat', box(0, 0, 10), 'ben'), object('cat', box(100, 0, 10), null)]
  const { people } = agree(ones, others)
  const whole = { share: 1, meanIou: 1, sameClass: 1, objects: 1, matched: 1 }
  expect(people).toEqual([
    { ...whole, name: 'anna', side: 'one', objects: 2, share: 0.5 },
    { ...whole, name: 'cleo', side: 'one' },
    { ...whole, name: null, side: 'other' },
    { ...whole, name: 'ben', side: 'other' },
  ])
  expect(people.filter(({ side }) => side === 'one').reduce((sum, { objects: own }) => sum + own, 0)).toBe(3)
})

const image = (path: string, bytes: number, contentHash: string | null = null): Pairable => ({
  path,
  bytes,
  contentHash,
})

test('images: renamed files by their content, copies by their paths, others by path, and nothing is read in vain', async () => {
  const contents = new Map([
    ['one a.jpg', 'A'],
    ['one same 1.jpg', 'S'],
    ['one same 2.jpg', 'S'],
    ['one edited.jpg', 'E1'],
    ['other renamed.jpg', 'A'],
    ['other same 2.jpg', 'S'],
    ['other same 3.jpg', 'S'],
    ['other edited.jpg', 'E2'],
  ])
  const read: string[] = []
  const hashOf = (item: Pairable, side: 'one' | 'other') => {
    read.push(`${side} ${item.path}`)
    return Promise.resolve(contents.get(`${side} ${item.path}`) ?? null)
  }
  const ones = [
    image('plain.jpg', 7),
    image('a.jpg', 1),
    image('same 1.jpg', 2),
    image('same 2.jpg', 2),
    image('edited.jpg', 3),
    image('mine.jpg', 9),
  ]
  const others = [
    image('plain.jpg', 7),
    image('renamed.jpg', 1),
    image('same 2.jpg', 2),
    image('same 3.jpg', 2),
    image('edited.jpg', 4),
    image('theirs.jpg', 8),
  ]
  const { pairs, onlyOne, onlyOther } = await pairImages(ones, others, hashOf)
  expect(pairs.map(([one, other]) => [one.path, other.path]).sort()).toEqual([
    ['a.jpg', 'renamed.jpg'],
    ['edited.jpg', 'edited.jpg'],
    ['plain.jpg', 'plain.jpg'],
    ['same 1.jpg', 'same 3.jpg'],
    ['same 2.jpg', 'same 2.jpg'],
  ])
  expect(onlyOne.map(({ path }) => path)).toEqual(['mine.jpg'])
  expect(onlyOther.map(({ path }) => path)).toEqual(['theirs.jpg'])
  expect(read).not.toContain('one plain.jpg')
  expect(read).not.toContain('one mine.jpg')
})
