/** What is committed soon is stored at once, and waits for the disk with the next commit or when it is settled. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { diffOf } from '../../../common/diff.ts'
import { createEditing } from '../../../core/editing/editing.ts'
import { openStore } from '../../../core/store/store.ts'
import { annotationOf, storeOf, temporaryFolder } from './records.ts'

test('an edit that is committed soon is there for others at once, and undone as any', () => {
  const file = join(temporaryFolder(), 'project.sqlite')
  const store = storeOf(file)
  const editing = createEditing(store, () => undefined)
  editing.commitSoon(diffOf({ annotations: { added: [annotationOf('a')] } }), 'import-1')
  const other = openStore(file, true)
  expect(other.annotations.has('a')).toBe(true)
  other.close()
  editing.moveRun('import-1', 'undo', Infinity, 100)
  expect(store.annotations.has('a')).toBe(false)
})

test('settling writes to the log, which is what makes it wait for the disk', () => {
  const file = join(temporaryFolder(), 'project.sqlite')
  const store = storeOf(file)
  const editing = createEditing(store, () => undefined)
  editing.commitSoon(diffOf({ annotations: { added: [annotationOf('a')] } }), 'import-1')
  const before = statSync(`${file}-wal`).size
  editing.settle()
  expect(statSync(`${file}-wal`).size).toBeGreaterThan(before)
})

test('one that fails leaves nothing, and the next commit waits for the disk again', () => {
  const store = storeOf(join(temporaryFolder(), 'project.sqlite'))
  expect(() =>
    store.transactSoon(() => {
      store.annotations.insert([annotationOf('a')])
      throw new Error('no')
    }),
  ).toThrow('no')
  expect(store.annotations.has('a')).toBe(false)
  createEditing(store, () => undefined).commit(diffOf({ annotations: { added: [annotationOf('a')] } }))
  expect(store.annotations.has('a')).toBe(true)
})
