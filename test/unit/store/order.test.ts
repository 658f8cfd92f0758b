import { join } from 'node:path'
import { expect, test } from 'vitest'
import { diffOf } from '../../../common/diff.ts'
import { createEditing } from '../../../core/editing/editing.ts'
import { openStore } from '../../../core/store/store.ts'
import { annotationOf, storeOf, temporaryFolder } from './records.ts'

test('the order of objects is stored, undone, and there after the file was opened again', () => {
  const file = join(temporaryFolder(), 'project.sqlite')
  const store = storeOf(file)
  const editing = createEditing(store, () => undefined)
  const [a, b, c] = ['a', 'b', 'c'].map((id) => annotationOf(id))
  editing.commit(diffOf({ annotations: { added: [a!, b!, c!] } }))
  const order = (from = store) => from.annotations.ofImage(1).map(({ id }) => id)
  expect(order()).toEqual(['a', 'b', 'c'])
  editing.commit(diffOf({ annotations: { updated: [[a!, { ...a!, rank: 1 }]] } }))
  editing.commit(diffOf({ annotations: { updated: [[c!, { ...c!, rank: -0.5 }]] } }))
  expect(order()).toEqual(['c', 'b', 'a'])
  editing.undo(1)
  expect(order()).toEqual(['b', 'c', 'a'])
  editing.undo(1)
  // No rank at all, as it was before.
  expect(store.annotations.ofImage(1)).toEqual([a, b, c])
  editing.redo(1)
  store.close()
  expect(order(openStore(file))).toEqual(['b', 'c', 'a'])
})
