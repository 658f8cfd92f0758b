/** What makes an object doubtful, and the order in which they are asked about. */
import { expect, it } from 'vitest'
import type { Annotation, Shape } from '../../../common/model.ts'
import { doubtsOf, lookAtImage } from '../../../core/checks/doubts.ts'
import { objectByHand } from '../../support/objects.ts'
import { imageItem } from '../tools/fake-core.ts'

const box = (x: number, y: number, width: number, height: number): Shape => ({
  type: 'rectangle',
  x,
  y,
  width,
  height,
})
const nameOf = (id: string) => id
const of = (id: string, shape: Shape, change: Partial<Annotation> = {}) => objectByHand(id, shape, change)
const doubtsOfImages = (...images: (readonly Annotation[])[]) =>
  doubtsOf(
    images.flatMap((objects, index) => lookAtImage(imageItem(index + 1, 200, 100), objects, nameOf)),
    nameOf,
  )
const reasonsOf = (...objects: Annotation[]) =>
  Object.fromEntries(doubtsOfImages(objects).map(({ objectId, reasons }) => [objectId, reasons]))

it('an object drawn by hand in the middle of the image is not doubted', () => {
  expect(reasonsOf(of('a', box(50, 20, 40, 40)))).toEqual({})
})

it('says why: the score, the edge, tininess, a proposal, a crossing outline, another object of the class', () => {
  const crossed: Shape = {
    type: 'polygon',
    parts: [{ outer: [[20, 20], [60, 60], [60, 20], [20, 40]], holes: [] }], // prettier-ignore
  }
  expect(
    reasonsOf(
      of('sure', box(100, 20, 20, 20), { labelId: 'sure', score: 0.97 }),
      of('unsure', box(100, 60, 20, 20), { labelId: 'unsure', score: 0.6 }),
      of('edge', box(0, 40, 10, 20), { labelId: 'dog' }),
      of('dot', box(150, 50, 2, 2), { labelId: 'dog' }),
      of('guess', box(130, 70, 10, 10), { labelId: 'dog', proposed: true }),
      of('crossed', crossed, { labelId: 'dog' }),
      of('one', box(70, 10, 20, 20)),
      of('two', box(71, 10, 20, 20)),
      of('dog', box(70, 10, 20, 20), { labelId: 'dog' }),
    ),
  ).toEqual({
    unsure: ['The model gave it 60%'],
    edge: ['Touches the edge of the image'],
    dot: ['Tiny'],
    guess: ['Proposed, and not accepted yet'],
    crossed: ['Its outline crosses itself'],
    one: ['Covers another cat (90% in common)'],
    two: ['Covers another cat (90% in common)'],
  })
})

it('says where the model disagreed with itself: second look, mirrored image, the other masks of a click', () => {
  const at = (id: string, consistency: Annotation['consistency']) =>
    of(id, box(50, 20, 40, 40), { labelId: id, source: 'model', consistency })
  expect(
    reasonsOf(
      at('agreed', { candidates: 0.8, second: 0.85, mirrored: 0.95 }),
      at('second', { second: 0.5 }),
      at('mirrored', { second: 0.97, mirrored: 0.8 }),
      at('part', { candidates: 0.1 }),
    ),
  ).toEqual({
    second: ['A second look gave another mask (50% in common)'],
    mirrored: ['The mirrored image gave another mask (80% in common)'],
    part: ['The other masks of the click were unlike it (10% in common)'],
  })
  const [first, , last] = doubtsOfImages([
    at('a', { candidates: 0.1 }),
    at('b', { second: 0.2 }),
    at('c', { mirrored: 0.84 }),
  ])
  expect([first?.objectId, last?.objectId]).toEqual(['b', 'c'])
})

it('size and shape are held against what is usual for the class, once there are enough of it', () => {
  const usual = Array.from({ length: 8 }, (_, index) => of(`u${index}`, box(12 + 20 * index, 20, 12, 12)))
  const large = of('large', box(10, 45, 50, 48))
  const wide = of('wide', box(70, 60, 96, 2))
  expect(reasonsOf(...usual.slice(0, 5), large)).toEqual({})
  expect(reasonsOf(...usual, large, wide)).toEqual({
    large: ['Much larger than is usual for cat'],
    wide: ['Much wider than is usual for cat'],
  })
})

it('the image with the worst comes first, its objects together', () => {
  const asked = doubtsOfImages(
    [of('a-edge', box(0, 40, 10, 20))],
    [of('b-edge', box(0, 40, 10, 20)), of('b-bad', box(100, 60, 20, 20), { score: 0.5 })],
  )
  expect(asked.map(({ objectId }) => objectId)).toEqual(['b-bad', 'b-edge', 'a-edge'])
  expect(asked.every(({ doubt }) => doubt > 0 && doubt < 1)).toBe(true)
})
