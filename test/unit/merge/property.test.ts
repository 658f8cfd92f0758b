/** Any two projects: with itself a project stays as it is, the order counts for nothing but ids, an undo gives the start. */
import { fc } from '../../support/property.ts'
import { expect, test } from 'vitest'
import type { Annotation } from '../../../common/model.ts'
import { IMAGES, meaningOf, merge, personOf, stateOf, type Words } from './people.ts'

const classes = ['cat', 'dog', 'cow']

/** Squares of 20 on a grid of 8, so that some are the same, some nearly, and some lie apart. */
const square = fc.record({
  image: fc.integer({ min: 1, max: IMAGES }),
  label: fc.constantFrom(...classes),
  at: fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })),
  shift: fc.constantFrom(0, 0, 0.5, 2),
  night: fc.constantFrom(null, null, true, false),
  isProposed: fc.constantFrom(false, false, false, true),
})

const record = fc.record({
  status: fc.constantFrom('todo' as const, 'done' as const),
  side: fc.constantFrom(null, 'train' as const, 'val' as const, 'test' as const),
  flag: fc.constantFrom(null, '', 'blurred', 'ask Anna'),
  reviewed: fc.constantFrom(null, { by: 'anna', at: 5 }, { by: 'ben', at: 3 }),
  tags: fc.constantFrom('', 'night', 'day night'),
})

const words = fc.record({
  squares: fc.array(square, { maxLength: 12 }),
  records: fc.array(record, { minLength: IMAGES, maxLength: IMAGES }),
  order: fc.shuffledSubarray(classes, { minLength: classes.length }),
})
type Drawn = typeof words extends fc.Arbitrary<infer T> ? T : never

const wordsOf = (name: string, { squares, records, order }: Drawn): Words => ({
  classes: order.map((one) => ({ name: one })),
  objects: squares.map(({ image, label, at, shift, night, isProposed }, index) => {
    const attributes: Annotation['attributes'] = night === null ? {} : { night }
    const [x, y] = [at[0] * 8 + shift, at[1] * 8]
    return { id: `${name}-${index}`, image, label, at: [x, y], attributes, proposed: isProposed }
  }),
  images: Object.fromEntries(
    records.map(({ tags, ...one }, index) => [
      index + 1,
      { ...one, tags: tags.split(' ').filter((tag) => tag !== '') },
    ]),
  ),
})

/** Objects that cover each other on one side are pairs by chance: which of two twins is taken depends on the order. */
const apart = (drawn: Drawn): Drawn => {
  const seen = new Set<string>()
  const isFree = ({ image, at: [x, y] }: Drawn['squares'][number]) => {
    // Neighbours of 16 pixels and more share less than half of each other.
    const place = `${image} ${x >> 1} ${y >> 1}`
    const near = [-1, 0, 1].some((dx) =>
      [-1, 0, 1].some((dy) => seen.has(`${image} ${(x >> 1) + dx} ${(y >> 1) + dy}`)),
    )
    seen.add(place)
    return !near
  }
  return { ...drawn, squares: drawn.squares.filter(isFree) }
}

const runs = { numRuns: 6 }

test('a project merged with itself, or with a copy of other ids, is as it was', async () => {
  await fc.assert(
    fc.asyncProperty(words, async (drawn) => {
      const here = personOf('anna', wordsOf('anna', drawn))
      const before = stateOf(here)
      await merge(here, here)
      expect(stateOf(here)).toEqual(before)
      await merge(here, personOf('copy', wordsOf('copy', drawn)))
      expect(stateOf(here)).toEqual(before)
    }),
    runs,
  )
}, 300_000)

test.each(['both', 'here', 'there'] as const)(
  'by the rule %s two projects are the same in both orders but for ids, and undo gives the start',
  async (rule) => {
    const mirrored = { both: 'both', here: 'there', there: 'here' } as const
    await fc.assert(
      fc.asyncProperty(words, words, async (one, other) => {
        const make = () =>
          [
            personOf('anna', wordsOf('anna', apart(one))),
            personOf('ben', wordsOf('ben', apart(other))),
          ] as const
        const [anna, ben] = make()
        const [anna2, ben2] = make()
        const before = stateOf(anna)
        const { undo } = await merge(anna, ben, { rule })
        await merge(ben2, anna2, { rule: mirrored[rule] })
        expect(meaningOf(ben2)).toEqual(meaningOf(anna))
        // A merge that was cut off is done again: nothing comes twice.
        const after = stateOf(anna)
        if (rule !== 'there') {
          await merge(anna, ben, { rule })
          expect(stateOf(anna).objects).toEqual(after.objects)
        }
        await undo()
        expect(stateOf(anna)).toEqual(before)
      }),
      runs,
    )
  },
  300_000,
)
