/** Objects that are stored a thousand at a time come back as they were, whatever each of them has beside its outline. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { diffOf } from '../../../common/diff.ts'
import type { Annotation } from '../../../common/model.ts'
import { createEditing } from '../../../core/editing/editing.ts'
import { annotationOf, storeOf, temporaryFolder } from './records.ts'

const ROWS = 1000

const bare = (id: string): Annotation => ({
  ...annotationOf(id),
  source: 'import',
  modelId: null,
  score: null,
  prompts: [],
  candidate: null,
})

const others: readonly Partial<Annotation>[] = [
  { modelId: 'mobile-sam' },
  { candidate: 2 },
  { locked: true },
  { proposed: true },
  { groupId: 4 },
  { trackId: 7 },
  { prompts: [{ type: 'point', x: 3.5, y: 2, positive: true }] },
  { attributes: { wet: true } },
  { rank: 0.5 },
]

test.each<[string, (at: number) => Partial<Annotation>]>([
  ['with nothing else', () => ({})],
  ['with scores', (at) => ({ score: at / ROWS })],
  ...others.map((other): [string, (at: number) => Partial<Annotation>] => [
    `one of them with ${Object.keys(other)[0]!}`,
    (at) => (at === 700 ? other : {}),
  ]),
])('objects %s', (_, more) => {
  const store = storeOf(join(temporaryFolder(), 'project.sqlite'))
  const added = Array.from({ length: ROWS }, (_, at) => ({ ...bare(`id-${at}`), ...more(at) }))
  createEditing(store, () => undefined).commit(diffOf({ annotations: { added } }))
  for (const one of [added[0]!, added[700]!, added.at(-1)!])
    expect(store.annotations.get(one.id)).toEqual(one)
  expect(store.annotations.count()).toBe(ROWS)
  expect(store.images.getMany([1, 3, 99, 2]).map(({ id }) => id)).toEqual([1, 3, 2])
})
