import { expect, test } from 'vitest'
import {
  diffOf,
  imagesOfDiff,
  isEmptyDiff,
  reverseDiff,
  statusDiff,
  type Diff,
} from '../../../common/diff.ts'
import { diffSchema, storedDiffSchema } from '../../../common/diff-schemas.ts'
import type { Label } from '../../../common/model.ts'
import { annotationOf, labelOf } from '../store/records.ts'

const named = (name: string): Label => ({ ...labelOf('cat'), name })
const long = 'x'.repeat(5000)
const bad = annotationOf('a')
const flat = { ...bad, shape: { type: 'rectangle' as const, x: 0, y: 0, width: 0, height: 1 } }

test.each<[string, Diff]>([
  [
    'more classes than an edit may bring',
    diffOf({ labels: { added: Array.from({ length: 100_001 }, () => named('cat')) } }),
  ],
  ['a class without a name', diffOf({ labels: { added: [named(' ')] } })],
  ['a class with 5,000 letters', diffOf({ labels: { added: [named(long)] } })],
  ['a renaming to nothing', diffOf({ labels: { updated: [[named('cat'), named('')]] } })],
  ['another bad colour', diffOf({ labels: { updated: [[named(''), { ...named(''), color: 'red' }]] } })],
  ['an object without width', diffOf({ annotations: { added: [flat] } })],
  ['a change to an object without width', diffOf({ annotations: { updated: [[bad, flat]] } })],
  ['an unknown status', statusDiff({ id: 1, status: 'todo' }, 'gone' as 'done')],
])('%s is not taken in', (_name, diff) => {
  expect(diffSchema.safeParse(diff).success).toBe(false)
})

test.each<[string, Diff]>([
  ['renamed to a good one', diffOf({ labels: { updated: [[named(''), named('cat')]] } })],
  ['moved', diffOf({ labels: { updated: [[named(long), { ...named(long), position: 4 }]] } })],
  ['recoloured', diffOf({ labels: { updated: [[named(' '), { ...named(' '), color: '#000000' }]] } })],
  ['deleted', diffOf({ labels: { removed: [named(long)] } })],
])('a stored class with a bad name can be %s', (_name, diff) => {
  expect(diffSchema.parse(diff)).toEqual(diff)
})

test('an object that breaks a limit can be mended and deleted', () => {
  const diff = diffOf({ annotations: { updated: [[flat, bad]], removed: [flat] } })
  expect(diffSchema.parse(diff)).toEqual(diff)
})

test('a new name loses the blanks around it; a stored one keeps them', () => {
  const renamed = diffOf({ labels: { updated: [[named(' a '), named(' b ')]] } })
  expect(diffSchema.parse(renamed).labels.updated).toEqual([[named(' a '), named('b')]])
  expect(storedDiffSchema.parse(renamed)).toEqual(renamed)
})

test('what is said of images is part of a Diff: touched, reversed, not empty', () => {
  const diff = statusDiff({ id: 7, status: 'todo' }, 'done')
  expect(imagesOfDiff(diff)).toEqual([7])
  expect(isEmptyDiff(diff)).toBe(false)
  expect(reverseDiff(diff)).toEqual(statusDiff({ id: 7, status: 'done' }, 'todo'))
  expect(isEmptyDiff(diffOf({}))).toBe(true)
})
