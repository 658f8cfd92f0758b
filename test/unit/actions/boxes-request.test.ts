import { expect, it } from 'vitest'
import { boxesRequestSchema } from '../../../common/contract/boxes.ts'
import { boxesRequestOf, emptyForm } from '../../../renderer/panels/work/boxes-request.ts'

const filter = { text: 'cup', show: 'todo' } as const
const seen = { filter, imageId: 7, quality: 'good' } as const

it('asks for all boxes of the path when nothing else is said', () => {
  const request = boxesRequestOf({ ...emptyForm, path: ' /boxes ' }, seen)
  expect(request).toEqual({ source: { path: '/boxes' }, scope: { kind: 'project' }, quality: 'good' })
})

it('carries least score and class names, with the quotes of a pasted path taken off', () => {
  const form = { ...emptyForm, path: '"C:\\my boxes\\coco.json"', names: ' /data.yaml', minScore: 0.4 }
  const request = boxesRequestOf(form, seen)
  expect(boxesRequestSchema.parse(request).source).toEqual({
    path: 'C:\\my boxes\\coco.json',
    names: '/data.yaml',
    minScore: 0.4,
  })
})

it('names the images', () => {
  const scopeOf = (scope: 'image' | 'filter', imageId: number | null = 7) =>
    boxesRequestOf({ ...emptyForm, path: '/boxes', scope }, { ...seen, imageId }).scope
  expect(scopeOf('image')).toEqual({ kind: 'image', imageId: 7 })
  expect(scopeOf('image', null)).toEqual({ kind: 'project' })
  expect(scopeOf('filter')).toEqual({ kind: 'filter', filter })
})
