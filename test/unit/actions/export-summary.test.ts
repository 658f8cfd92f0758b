import { expect, it } from 'vitest'
import { exportSummary } from '../../../renderer/panels/dialogs/export-counts.ts'

const counts = { images: 12, labelled: 7, broken: 2, done: 3, objects: 9, classes: 1 }

it('an export says before it runs what it will write, and why there is nothing to write', () => {
  expect(exportSummary(counts, { images: 'all' })).toBe(
    'Writes 9 objects in 1 class on 10 images. 2 images can’t be read and will be left out.',
  )
  expect(exportSummary({ ...counts, broken: 0 }, { images: 'finished' })).toBe(
    'Writes 9 objects in 1 class on 7 images, and images without objects that are marked done.',
  )
  expect(exportSummary({ ...counts, images: 0 }, { images: 'all' })).toMatch(/no images in this folder/)
  expect(exportSummary(counts, { images: 'all' }, { onlyDone: true })).toBe(
    'Writes 3 images that are marked done, with their objects.',
  )
  expect(exportSummary({ ...counts, done: 0 }, { images: 'all' }, { onlyDone: true })).toMatch(
    /^No image is marked done yet/,
  )
  expect(exportSummary(counts, { images: 'all' }, { listed: 1 })).toBe(
    'Writes what the 1 image of the list holds.',
  )
})
