/** Outlines that go into the project as the file has them are those that nothing would be done to. */
import { describe, expect, test } from 'vitest'
import type { Ring } from '../../../common/model.ts'
import { fitObject } from '../../../core/import/fit-object.ts'
import { fitObjects } from '../../../core/import/fit-objects.ts'
import type { ReadObject } from '../../../core/import/objects.ts'
import { createPlainFit } from '../../../core/import/plain-fit.ts'
import { fc } from '../../support/property.ts'

const image = { width: 40, height: 30 }
const objectOf = (rings: readonly (readonly number[])[], size: ReadObject['size'] = null): ReadObject => ({
  label: 'cup',
  box: [0, 0, 1, 1],
  unit: 'pixel',
  shape: { type: 'flat', rings },
  score: null,
  size,
  where: 'a.json, record 1',
})

/** On a coarse grid, so that points come twice, edges touch and lines run back; some of it outside. */
const coordinate = fc.oneof(
  fc.integer({ min: -1, max: 9 }).map((n) => 4 * n),
  fc.double({ min: -2, max: 42, noNaN: true }),
)
/** Simple by the way it is made. */
const star = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 5, maxLength: 20 }).map((radii) =>
  radii.flatMap((radius, at) => {
    const angle = (2 * Math.PI * at) / radii.length
    return [20 + radius * Math.cos(angle), 15 + radius * Math.sin(angle)]
  }),
)
const wild = fc
  .array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 9 })
  .map((points) => points.flat())

test('what is plain is what it would be without a short cut, and nothing is said of it', () => {
  let plain = 0
  fc.assert(
    fc.property(fc.array(fc.oneof(star, wild), { minLength: 1, maxLength: 2 }), (rings) => {
      const short = createPlainFit()(objectOf(rings), image)
      if (short === null) return
      plain++
      const whole = fitObject(objectOf(rings), image)
      expect(JSON.parse(JSON.stringify(short.fitted))).toEqual(JSON.parse(JSON.stringify(whole)))
      expect(short.points).toBe(rings.flat().length / 2)
    }),
    { numRuns: 2000 },
  )
  expect(plain).toBeGreaterThan(100)
})

describe('what is not plain', () => {
  const square = [1, 1, 9, 1, 9, 9, 1, 9]
  test.each<[string, readonly (readonly number[])[], ReadObject['size']?]>([
    ['crosses itself', [[0, 0, 10, 10, 10, 0, 0, 10]]],
    ['touches itself', [[0, 0, 10, 0, 10, 10, 5, 0, 0, 10]]],
    ['runs back', [[0, 0, 10, 0, 4, 0, 4, 8]]],
    ['comes to a place twice', [[0, 0, 0, 0, 10, 0, 10, 10]]],
    ['is closed by its first point', [[...square, 1, 1]]],
    ['encloses nothing', [[0, 0, 5, 5, 10, 10]]],
    ['sticks out', [[...square.slice(0, 6), -1, 9]]],
    ['has one ring that is not', [square, [0, 0, 10, 10, 10, 0, 0, 10]]],
    ['is of a picture of another size', [square], { width: 80, height: 60 }],
  ])('%s', (_, rings, size) => {
    expect(createPlainFit()(objectOf(rings, size), image)).toBeNull()
  })

  test('a long ring is looked at elsewhere, and fitted all the same', () => {
    const ring = Array.from({ length: 300 }, (_, at): Ring[number] => {
      const angle = (2 * Math.PI * at) / 300
      return [15 + 9 * Math.cos(angle), 14 + 8 * Math.sin(angle)]
    })
    const object = objectOf([ring.flat()])
    expect(createPlainFit()(object, image)).toBeNull()
    const { objects } = fitObjects({ objects: [object], problems: [] }, { ...image, orientation: 1 })
    expect(objects[0]?.points).toBe(300)
    expect(objects[0]?.fitted).toEqual({
      shape: { type: 'polygon', parts: [{ outer: ring, holes: [] }] },
      changes: [],
    })
  })
})
