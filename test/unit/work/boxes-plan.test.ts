/** Which boxes of an image are still to be made. */
import { expect, test } from 'vitest'
import type { Annotation, ImageItem } from '../../../common/model.ts'
import { wantedBoxes } from '../../../core/work/boxes/plan.ts'
import type { BoxOfObject } from '../../../core/import/objects.ts'
import { annotationOf } from '../store/records.ts'

const image: ImageItem & { width: number; height: number } = {
  id: 7,
  path: 'a.jpg',
  bytes: 1,
  modifiedAt: 1,
  contentHash: null,
  width: 100,
  height: 80,
  orientation: 1,
  status: 'todo',
  problem: null,
  annotationCount: 0,
  proposedCount: 0,
  madeOn: null,
  bands: null,
  shownBands: null,
  stretch: null,
  side: null,
  flag: null,
  reviewed: null,
  tags: [],
}

const boxOf = (label: string, x0 = 10): BoxOfObject => ({
  label,
  box: [x0, 20, 50, 60],
  unit: 'pixel',
  score: null,
  size: null,
  where: 'line 1',
})

const wantedOf = (boxes: readonly BoxOfObject[], annotations: readonly Annotation[] = []) =>
  wantedBoxes(boxes, image, annotations).wanted

const by = (id: string, x0 = 10): Annotation => ({
  ...annotationOf(id, 7),
  prompts: [{ type: 'box', x0, y0: 20, x1: 50, y1: 60 }],
})

test('the same box twice is one, two classes in one place are two, and ids tell them apart', () => {
  const wanted = wantedOf([boxOf('cup'), boxOf('cup'), boxOf('mug'), boxOf('cup', 11)])
  expect(wanted.map(({ label, prompt }) => `${label} ${prompt.x0}`)).toEqual(['cup 10', 'mug 10', 'cup 11'])
  expect(new Set(wanted.map(({ id }) => id)).size).toBe(3)
})

test('what was made of a box is known by its id, with any class and any prompts', () => {
  const [cup] = wantedOf([boxOf('cup'), boxOf('mug')])
  const left = wantedOf([boxOf('cup'), boxOf('mug')], [{ ...by(cup!.id), labelId: 'other', prompts: [] }])
  expect(left.map(({ label }) => label)).toEqual(['mug'])
})

test('an object that was made otherwise stands for one box in its place', () => {
  expect(wantedOf([boxOf('cup')], [by('by hand')])).toEqual([])
  expect(wantedOf([boxOf('cup'), boxOf('mug')], [by('by hand')])).toHaveLength(1)
  expect(wantedOf([boxOf('cup')], [by('by hand', 12)])).toHaveLength(1)
})
