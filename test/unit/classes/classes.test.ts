/** Digits of classes, lists of classes in files, and merging two classes. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keysOfLabels, labelOfKey } from '../../../common/class-keys.ts'
import { diffOf } from '../../../common/diff.ts'
import { newLabel } from '../../../common/new-label.ts'
import { readClassList, writeClassList } from '../../../core/classes/class-list.ts'
import { createEditing } from '../../../core/editing/editing.ts'
import { mergeLabelDiff } from '../../../core/editing/merge-label.ts'
import { renameAttributesDiff } from '../../../core/editing/rename-attributes.ts'
import { findClasses } from '../../../renderer/panels/classes/ClassSearch.tsx'
import { annotationOf, labelOf, storeOf, temporaryFolder } from '../store/records.ts'

const label = (id: string, key: string | null = null) => ({
  ...newLabel({ id, name: id, color: '#000000', position: 0 }),
  key,
})

test('digits follow the order, those set by hand come first, and no two classes have the same', () => {
  const keys = keysOfLabels([label('a', '3'), label('b'), label('c'), label('d', '42'), label('e', '3')])
  // c would have 3, which a was given; e came with digits that a has.
  expect([...keys]).toEqual([
    ['a', '3'],
    ['b', '2'],
    ['d', '42'],
  ])
  const many = Array.from({ length: 120 }, (_, at) => label(`l${at}`))
  expect(labelOfKey(many, '12')?.id).toBe('l11')
  expect(labelOfKey(many, '99')?.id).toBe('l98')
  expect(keysOfLabels(many).size).toBe(99)
  expect(labelOfKey(many, '100')).toBeNull()
})

test('a class is found by what its name begins with, then by a part of it, then by its group', () => {
  const list = ['wildcat', 'cat', 'dog'].map((name) => label(name))
  expect(findClasses(list, 'CAT').map(({ name }) => name)).toEqual(['cat', 'wildcat'])
  expect(findClasses([{ ...label('dog'), supercategory: 'pet' }], 'pet')).toHaveLength(1)
  expect(findClasses(list, ' ')).toHaveLength(3)
  expect(findClasses(list, 'fish')).toEqual([])
})

test('lists of each kind are read for their names', () => {
  const names = (name: string, text: string) => readClassList(name, text).map((one) => one.name)
  expect(names('classes.txt', 'cat\r\n\r\n dog \nCat\n')).toEqual(['cat', 'dog'])
  expect(names('labels.txt', '__ignore__\n_background_\nperson\n')).toEqual(['person'])
  expect(names('data.yaml', 'nc: 2\nnames: [cat, dog]\n')).toEqual(['cat', 'dog'])
  expect(names('data.yml', 'names:\n  1: dog\n  0: cat\n')).toEqual(['cat', 'dog'])
  const coco = JSON.stringify({
    categories: [
      { id: 9, name: 'dog', supercategory: 'animal' },
      { id: 2, name: 'cat', supercategory: 'cat' },
    ],
  })
  expect(readClassList('instances.json', coco)).toEqual([
    { name: 'cat', supercategory: null },
    { name: 'dog', supercategory: 'animal' },
  ])
})

test.each([
  ['classes.txt', '\n\n', 'holds no names'],
  ['a.json', '{', 'no JSON'],
  ['a.json', '{"categories":[{"id":1}]}', 'no categories with names'],
  ['a.yaml', 'path: here', 'no names'],
  ['a.yaml', `names: [${'[ '.repeat(60_000)}`, 'no names'],
])('%s that is none is refused in words', (name, text, words) => {
  expect(() => readClassList(name, text)).toThrow(words)
})

test('what is written is read again', () => {
  const labels = [
    { name: 'cat: "big"', supercategory: 'animal' },
    { name: 'true', supercategory: null },
    { name: '猫', supercategory: 'animal' },
  ]
  for (const kind of ['txt', 'yaml', 'coco', 'labelme'] as const) {
    const { name, text } = writeClassList(kind, labels)
    const read = readClassList(name, text)
    expect(
      read.map((one) => one.name),
      kind,
    ).toEqual(labels.map((one) => one.name))
    if (kind === 'coco') expect(read).toEqual(labels)
  }
})

test('merging gives all objects the other class, removes the first, and undo brings it back as it was', () => {
  const store = storeOf(join(temporaryFolder(), 'project.sqlite'), 3)
  const editing = createEditing(store, () => undefined)
  const third = labelOf('bird', 2)
  editing.commit(diffOf({ labels: { added: [third] } }))
  editing.commit(
    diffOf({
      annotations: { added: [annotationOf('a', 1), annotationOf('b', 2), annotationOf('c', 2, 'dog')] },
    }),
  )
  const before = { labels: store.labels.list(), objects: store.annotations.ofLabel('cat') }
  editing.commit(mergeLabelDiff(store, { from: 'cat', into: 'dog', remove: true }))
  expect(store.labels.list().map(({ id, position }) => [id, position])).toEqual([
    ['dog', 0],
    ['bird', 1],
  ])
  expect(store.annotations.ofLabel('dog').map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  expect(editing.steps(null, 1).undo).toEqual(['Merge class name of cat into name of dog'])
  expect(editing.undo(3)).toBe(true)
  expect({ labels: store.labels.list(), objects: store.annotations.ofLabel('cat') }).toEqual(before)

  editing.commit(mergeLabelDiff(store, { from: 'cat', into: 'bird', remove: false }))
  expect(store.labels.list()).toEqual(before.labels)
  expect(store.annotations.usage('bird')).toEqual({ annotations: 2, images: 2 })
  expect(editing.undo(1)).toBe(true)
  expect(store.annotations.ofLabel('cat')).toEqual(before.objects)
  expect(() => mergeLabelDiff(store, { from: 'cat', into: 'cat', remove: true })).toThrow('with itself')
  store.close()
})

test('an attribute that is renamed takes the values of the objects along, and undo brings both back', () => {
  const store = storeOf(join(temporaryFolder(), 'p.sqlite'))
  const colour = { name: 'colour', type: 'choice' as const, choices: ['red'] }
  const shape = { name: 'shape', type: 'text' as const, choices: [] }
  const car = { ...labelOf('car', 0), attributes: [colour, shape] }
  const editing = createEditing(store, () => undefined)
  const objects = [
    { ...annotationOf('a', 1, 'car'), attributes: { colour: 'red', shape: 'long' } },
    { ...annotationOf('b', 1, 'car'), attributes: {} },
  ]
  editing.commit(diffOf({ labels: { added: [car] }, annotations: { added: objects } }))
  const { key, supercategory, description } = car
  const attributes = [
    { ...colour, name: 'shape' },
    { ...shape, name: 'colour' },
  ]
  const renamed = [
    { from: 'colour', to: 'shape' },
    { from: 'shape', to: 'colour' },
  ]
  const said = { key, supercategory, description, attributes }
  const diff = renameAttributesDiff(store, { labelId: 'car', said, renamed })
  expect(diff.annotations.updated).toHaveLength(1)
  editing.commit(diff)
  expect(store.annotations.get('a')?.attributes).toEqual({ shape: 'red', colour: 'long' })
  editing.undo(1)
  expect(store.annotations.get('a')?.attributes).toEqual({ colour: 'red', shape: 'long' })
  expect(store.labels.get('car')?.attributes).toEqual([colour, shape])
})
