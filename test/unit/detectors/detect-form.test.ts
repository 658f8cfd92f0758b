/** The form of the dialog of detectors: what its preview shows, and what it asks for. */
import { expect, test } from 'vitest'
import type { FoundObject } from '../../../common/contract/detect.ts'
import {
  classLines,
  detectRequestOf,
  emptyForm,
  isWholePath,
  shownFinds,
  type DetectForm,
} from '../../../renderer/panels/detect/detect-form.ts'

const find = (name: string, score: number): FoundObject => ({
  class: name,
  score,
  box: [0, 0, 10, 10],
  corners: null,
  outline: null,
  points: [],
})
const found = [find('cup', 0.9), find('spoon', 0.6), find('cup', 0.3), find('plate', 0.1)]
const form: DetectForm = {
  ...emptyForm('/models/best.onnx'),
  rules: new Map([
    ['cup', { taken: true, to: ' mug ', minScore: 0.5 }],
    ['spoon', { taken: false, to: '', minScore: null }],
    ['plate', { taken: true, to: '', minScore: null }],
  ]),
}
const about = { filter: { text: 'status:todo', show: 'all' }, imageId: 3, quality: 'good' } as const

test('the preview shows what would be stored', () => {
  expect(shownFinds(found, emptyForm('')).map(({ to }) => to)).toEqual(['cup', 'spoon', 'cup'])
  expect(shownFinds(found, form).map(({ to, score }) => `${to} ${score}`)).toEqual(['mug 0.9'])
})

test('classes that this image has come first, with how many at their limit', () => {
  expect(classLines(['plate', 'fork', 'cup', 'spoon'], found, form)).toEqual([
    { name: 'cup', finds: 1 },
    { name: 'spoon', finds: 1 },
    { name: 'plate', finds: 0 },
    { name: 'fork', finds: 0 },
  ])
})

test('the request says what differs from the plain rule', () => {
  expect(detectRequestOf(form, about)).toMatchObject({
    detector: { path: '/models/best.onnx' },
    scope: { kind: 'project' },
    minScore: 0.25,
    proposed: true,
    classes: [
      { from: 'cup', to: 'mug', minScore: 0.5 },
      { from: 'spoon', to: null },
    ],
  })
  expect(detectRequestOf({ ...form, scope: 'image' }, about).scope).toEqual({ kind: 'image', imageId: 3 })
  expect(detectRequestOf({ ...form, scope: 'filter' }, about).scope).toMatchObject({ kind: 'filter' })
})

test('a path is asked about when it is whole', () => {
  expect(isWholePath('/models/be', '')).toBe(false)
  expect(isWholePath('"/models/best.ONNX"', '')).toBe(true)
  expect(isWholePath('/models/best.onnx', '/models/cla')).toBe(false)
  expect(isWholePath('/models/best.onnx', '/models/classes.txt')).toBe(true)
})
