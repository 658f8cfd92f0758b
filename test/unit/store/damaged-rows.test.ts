/** An object whose record can't be read stops nothing but itself, whatever it holds. */
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { limits } from '../../../common/limits.ts'
import { createDamagedObjects } from '../../../core/editing/damaged-objects.ts'
import { openStore } from '../../../core/store/store.ts'
import { closedProject, tamper } from './damage.ts'
import { annotationOf, temporaryFolder } from './records.ts'

const ring = (points: number) =>
  JSON.stringify({
    type: 'polygon',
    parts: [{ outer: Array.from({ length: points }, (_, index) => [index % 100, index % 7]), holes: [] }],
  })
const rectangle = (x: string) => `{"type":"rectangle","x":${x},"y":1,"width":2,"height":2}`

/** An image with a sound object, and one whose columns are set to `values`. */
const openWith = (values: Record<string, unknown>) => {
  const file = join(temporaryFolder(), 'project.sqlite')
  copyFileSync(closedProject(2), file)
  tamper(file, (db) => {
    db.exec('UPDATE annotations SET image_id = 1')
    const columns = Object.keys(values).map((name) => `${name} = @${name}`)
    db.prepare(`UPDATE annotations SET ${columns.join(', ')} WHERE sequence = 1`).run(values)
  })
  const store = openStore(file)
  onTestFinished(() => store.close())
  return store
}

test.each<[string, Record<string, unknown>, RegExp]>([
  ['no JSON', { shape: '{"type":' }, /outline/],
  ['another kind of shape', { shape: '{"type":"spline"}' }, /outline/],
  ['a coordinate of 1e300', { shape: rectangle('1e300') }, /outline/],
  ['a coordinate beyond numbers', { shape: rectangle('1e999') }, /outline/],
  ['NaN', { shape: rectangle('NaN') }, /outline/],
  ['a ring of two points', { shape: ring(2) }, /outline/],
  ['a ring of too many points', { shape: ring(limits.pointsOfShape + 1) }, /outline/],
  ['ten megabytes of blanks', { shape: ' '.repeat(10_000_000) + ring(3) }, /outline/],
  ['brackets without end', { shape: '['.repeat(1_000_000) }, /outline/],
  ['prompts that are none', { prompts: '[{"type":"wish"}]' }, /clicks/],
  ['a candidate that no decoder has', { candidate: 99 }, /record/],
  ['a time before all times', { created_at: -1 }, /record/],
  ['an id of a thousand letters', { id: 'x'.repeat(1000) }, /record/],
])('%s: told as damaged, the other object is there', (_name, values, reason) => {
  const store = openWith(values)
  const { annotations, damaged } = store.annotations.readImage(1)
  expect(annotations).toEqual([annotationOf('a1')])
  expect(damaged).toMatchObject([{ sequence: 1, reason: expect.stringMatching(reason) as string }])
  expect(damaged[0]!.reason).not.toMatch(/expected|invalid|zod|\{/i)
  expect(damaged[0]!.id.length).toBeLessThanOrEqual(64)
  expect(store.annotations.ofLabel('cat')).toEqual([annotationOf('a1')])
})

test('more objects on an image than can be shown: the first are, the others are told', () => {
  const store = openWith({ score: 0.5 })
  const shape = ring(3)
  const many = Array.from({ length: limits.objectsOfImage }, (_, index) => ({
    ...annotationOf(`m${index}`),
    shape: JSON.parse(shape) as never,
    prompts: [],
  }))
  store.transact(() => store.annotations.insert(many))
  const { annotations, damaged } = store.annotations.readImage(1)
  expect(annotations).toHaveLength(limits.objectsOfImage)
  expect(damaged).toHaveLength(2)
  expect(damaged[0]!.reason).toContain('too much')
})

test('a damaged object is deleted and brought back as it was; a sound one is not taken for damaged', () => {
  const store = openWith({ shape: '{"type":', score: null })
  const events: unknown[] = []
  const objects = createDamagedObjects(store, (event) => events.push(event))
  const [before] = store.damaged.ofImage(1)
  objects.remove(1, 1)
  expect(store.damaged.ofImage(1)).toEqual([])
  expect(store.annotations.count()).toBe(1)
  expect(() => objects.remove(1, 1)).toThrow(expect.objectContaining({ code: 'not-found' }))
  expect(() => objects.remove(1, 2)).toThrow(expect.objectContaining({ code: 'not-found' }))
  objects.restore(1, 1)
  expect(store.damaged.ofImage(1)).toEqual([before])
  expect(() => objects.restore(1, 1)).toThrow(expect.objectContaining({ code: 'not-found' }))
  expect(events).toHaveLength(2)
})
