import { expect, it } from 'vitest'
import { changed, classesOfRows, moved, rowsOf } from '../../../renderer/panels/dialogs/export/class-rows.ts'
import { labelsOf } from '../export/folder.ts'

const labels = labelsOf('cat', 'dog', 'puppy')
const [cat, dog, puppy] = labels.map(({ id }) => id) as [string, string, string]
const names = (rows: ReturnType<typeof rowsOf>) => rows.map(({ label }) => label.name)

it('rows say nothing to the request until something is changed, and nothing again when it is changed back', () => {
  const rows = rowsOf(labels, undefined)
  expect(classesOfRows(rows, labels)).toBeUndefined()
  expect(classesOfRows(moved(moved(rows, dog, -1), dog, 1), labels)).toBeUndefined()
})

it('order, merging and leaving out become classes, and are shown again as they were chosen', () => {
  const rows = changed(moved(rowsOf(labels, undefined), dog, -1), puppy, { into: dog })
  const classes = classesOfRows(rows, labels)
  expect(classes).toEqual([
    { name: 'dog', labels: [dog, puppy] },
    { name: 'cat', labels: [cat] },
  ])
  const again = rowsOf(labels, classes)
  expect(names(again)).toEqual(['dog', 'puppy', 'cat'])
  expect(again[1]!.becomes).toEqual({ into: dog })
  const without = classesOfRows(changed(again, cat, 'out'), labels)
  expect(without).toEqual([{ name: 'dog', labels: [dog, puppy] }])
  expect(rowsOf(labels, without).at(-1)).toMatchObject({ label: { name: 'cat' }, becomes: 'out' })
})

it('what a class has taken goes with it', () => {
  const rows = changed(rowsOf(labels, undefined), puppy, { into: dog })
  expect(classesOfRows(changed(rows, dog, { into: cat }), labels)).toEqual([
    { name: 'cat', labels: [cat, dog, puppy] },
  ])
  expect(classesOfRows(changed(rows, dog, 'out'), labels)).toEqual([{ name: 'cat', labels: [cat] }])
})

it('the first and the last stay where they are', () => {
  const rows = rowsOf(labels, undefined)
  expect(names(moved(rows, cat, -1))).toEqual(['cat', 'dog', 'puppy'])
  expect(names(moved(rows, puppy, 1))).toEqual(['cat', 'dog', 'puppy'])
})
