/** Labels of a photo as its pixels are stored are turned with it. */
import { expect, test } from 'vitest'
import { signedArea } from '../../../common/geometry/measure.ts'
import { fitObject } from '../../../core/import/fit-object.ts'
import type { ReadObject, ReadShape } from '../../../core/import/objects.ts'

/** Stored as 40 x 20; upright 20 x 40. */
const stored = { width: 40, height: 20 }
const upright = { width: 20, height: 40 }

const objectOf = (shape: ReadShape, box: ReadObject['box']): ReadObject => ({
  label: 'cat',
  box,
  unit: 'pixel',
  shape,
  score: null,
  size: stored,
  where: 'a.json, record 1',
})

/** Near the upper left corner of the stored pixels, 6 wide and 3 high. */
const box = objectOf({ type: 'box' }, [2, 1, 8, 4])

test.each([
  // Transposed: x and y change places.
  [5, { x: 1, y: 2, width: 3, height: 6 }],
  // Turned right: the upper left corner comes to the upper right.
  [6, { x: 16, y: 2, width: 3, height: 6 }],
  [7, { x: 16, y: 32, width: 3, height: 6 }],
  // Turned left: the upper left corner comes to the lower left.
  [8, { x: 1, y: 32, width: 3, height: 6 }],
])('orientation %i: a box goes where its pixels go, and it is said', (orientation, expected) => {
  expect(fitObject(box, upright, orientation)).toEqual({
    shape: { type: 'rectangle', ...expected },
    changes: [expect.stringContaining('Turned')],
  })
})

test.each([5, 6, 7, 8])('orientation %i: a polygon runs the same way round as before', (orientation) => {
  const ring: [number, number][] = [
    [2, 1],
    [8, 1],
    [8, 4],
  ]
  const fitted = fitObject(objectOf({ type: 'polygon', rings: [ring] }, [2, 1, 8, 4]), upright, orientation)
  if ('problem' in fitted || fitted.shape.type !== 'polygon') throw new Error('It has no shape.')
  const area = signedArea(fitted.shape.parts[0]!.outer)
  expect(area).toBe(9)
})

test('sides that are swapped without a turn that swaps them are another picture', () => {
  for (const orientation of [1, 2, 3, 4])
    expect(fitObject(box, upright, orientation)).toEqual({
      problem: expect.stringContaining('another shape') as string,
    })
})
