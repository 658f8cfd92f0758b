/** A record of COCO that looks as most do is taken as it is: just as the schema would take it, or it is asked. */
import { fc } from '../../support/property.ts'
import { expect, test } from 'vitest'
import { readRecord } from '../../../core/formats/coco/record.ts'

const number = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(0, -0, 1.5, NaN, Infinity, 2 ** 60))
const odd = fc.oneof(number, fc.constantFrom(null, undefined, '', '12', 'cat', true, {}, [], [1]))
const box = fc.oneof(
  odd,
  fc.array(number, { minLength: 3, maxLength: 5 }),
  fc.tuple(number, number, fc.double({ min: 1e-3, max: 1e3 }), fc.double({ min: 1e-3, max: 1e3 })),
)
const usualNumber = fc.integer({ min: 0, max: 9 })
const records = fc.record(
  {
    image_id: fc.oneof(usualNumber, odd),
    category_id: fc.oneof(usualNumber, odd),
    bbox: fc.oneof(fc.constant([1, 2, 3, 4]), box),
    score: fc.oneof(usualNumber, odd),
    area: fc.oneof(usualNumber, odd),
    iscrowd: fc.oneof(fc.constantFrom(0, 1), odd),
    segmentation: fc.constantFrom(undefined, [], [[1, 2, 3, 4, 5, 6]]),
    attributes: fc.constantFrom(undefined, { wet: true }),
    id: usualNumber,
  },
  { requiredKeys: [] },
)

/** What is read of a record; none where it has no value. */
const known = [
  'image_id',
  'category_id',
  'bbox',
  'score',
  'area',
  'iscrowd',
  'segmentation',
  'attributes',
] as const

test('what is taken as it is is what the schema takes', () => {
  let usual = 0
  fc.assert(
    fc.property(records, (record) => {
      const read = readRecord(record)
      // A name of the file is nothing usual: the schema is asked.
      const checked = readRecord({ ...record, file_name: 'a.jpg' })
      if ('fault' in read || 'fault' in checked) {
        expect(read).toEqual(checked)
        return
      }
      if (read.data === (record as unknown)) usual++
      for (const name of known) expect(read.data[name]).toEqual(checked.data[name])
    }),
    { numRuns: 3000 },
  )
  expect(usual).toBeGreaterThan(100)
})
