/** Whatever lies in the undo log or in the rows: undo fails at most for the one edit that is concerned, in words. */
import SqliteDatabase from 'better-sqlite3'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { diffOf } from '../../../common/diff.ts'
import type { Annotation, Label } from '../../../common/model.ts'
import { createEditing } from '../../../core/editing/editing.ts'
import { annotationOf, labelOf, storeOf, temporaryFolder } from '../store/records.ts'

const setUp = () => {
  const file = join(temporaryFolder(), 'project.sqlite')
  const store = storeOf(file)
  const editing = createEditing(store, () => undefined)
  const raw = new SqliteDatabase(file)
  /** Changes the stored Diff of the edit that was made last. */
  const change = (how: (text: string) => string) => {
    const { id, diff } = raw
      .prepare<[], { id: number; diff: string }>('SELECT id, diff FROM edits ORDER BY sequence DESC LIMIT 1')
      .get()!
    raw.prepare('UPDATE edits SET diff = ? WHERE id = ?').run(how(diff), id)
  }
  const ids = (imageId: number) => store.annotations.ofImage(imageId).map(({ id }) => id)
  return { store, editing, raw, change, ids }
}
const add = (...added: Annotation[]) => diffOf({ annotations: { added } })

/** The code and the words of what is thrown; the words are for a person. */
const refusal = (work: () => unknown): { code: string; message: string } => {
  try {
    work()
  } catch (thrown) {
    const { code, message } = thrown as { code: string; message: string }
    expect(message).not.toMatch(/JSON|[{}[\]]|undefined|expected|SQLITE|constraint/i)
    expect(message.length).toBeLessThan(400)
    return { code, message }
  }
  throw new Error('It was not refused.')
}

const damages: [string, (text: string) => string][] = [
  ['is empty', () => ''],
  ['is cut off', (text) => text.slice(0, -20)],
  ['is null', () => 'null'],
  ['is a number', () => '7'],
  ['is a list', () => '[]'],
  ['lacks its images', (text) => JSON.stringify({ ...(JSON.parse(text) as object), images: undefined })],
  ['lacks a field', (text) => text.replaceAll('"candidate":2,', '')],
  ['has a number that is none', (text) => text.replaceAll('0.9123', '1e999')],
]

test.each(damages)(
  'an edit whose entry %s stops undo there: above it and elsewhere all goes on',
  (_name, damage) => {
    const { editing, change, ids } = setUp()
    editing.commit(add(annotationOf('below', 1)))
    editing.commit(add(annotationOf('damaged', 1)))
    change(damage)
    editing.commit(add(annotationOf('other', 2)))
    editing.commit(add(annotationOf('above', 1)))
    expect(editing.undo(1)).toBe(true)
    for (let time = 0; time < 2; time += 1)
      expect(refusal(() => editing.undo(1))).toMatchObject({
        code: 'unreadable-edit',
        message: /^Can't undo/,
      })
    expect(ids(1)).toEqual(['below', 'damaged'])
    editing.commit(add(annotationOf('new', 1)))
    expect(editing.undo(1) && editing.undo(2) && editing.redo(2)).toBe(true)
    expect([ids(1), ids(2)]).toEqual([['below', 'damaged'], ['other']])
  },
)

test('what was undone and is damaged stops redo, until a new edit drops it', () => {
  const { editing, change, ids } = setUp()
  editing.commit(add(annotationOf('a', 1)))
  editing.undo(1)
  change(() => '{}')
  expect(refusal(() => editing.redo(1))).toMatchObject({ code: 'unreadable-edit', message: /^Can't redo/ })
  editing.commit(add(annotationOf('b', 1)))
  expect(editing.redo(1)).toBe(false)
  expect(ids(1)).toEqual(['b'])
})

test('a damaged edit of classes alone stands in no image’s way', () => {
  const { store, editing, change, ids } = setUp()
  editing.commit(add(annotationOf('a', 1)))
  editing.commit(diffOf({ labels: { added: [labelOf('bird', 2)] } }))
  change(() => '{"labels":')
  expect(editing.undo(1)).toBe(true)
  expect(ids(1)).toEqual([])
  expect(refusal(() => editing.undo(1)).code).toBe('unreadable-edit')
  expect(refusal(() => editing.undo(null)).code).toBe('unreadable-edit')
  expect(store.labels.get('bird')).not.toBeNull()
})

test('an edit of a format that is not known yet is one that can not be read', () => {
  const { editing, raw } = setUp()
  editing.commit(add(annotationOf('a', 1)))
  raw.exec('UPDATE edits SET format = 99')
  expect(refusal(() => editing.undo(1)).code).toBe('unreadable-edit')
})

const names: [string, string][] = [
  ['no letter', ''],
  ['blanks alone', '  '],
  ['a blank before it', ' cat'],
  ['5,000 letters', 'x'.repeat(5000)],
  ['the name of another class', 'name of dog'],
]

test.each(names)(
  'a class with %s: its edits and those around it are undone and done again',
  (_name, name) => {
    const { store, editing, raw, ids } = setUp()
    raw.prepare("UPDATE labels SET name = ? WHERE id = 'cat'").run(name)
    const cat: Label = { ...labelOf('cat'), name }
    const dog = labelOf('dog', 1)
    const start = store.labels.list()
    expect(start).toEqual([cat, dog])
    editing.commit(add(annotationOf('a', 1, 'cat'), annotationOf('b', 2, 'dog')))
    // Moved, recoloured, renamed, deleted.
    editing.commit(
      diffOf({
        labels: {
          updated: [
            [cat, { ...cat, position: 1 }],
            [dog, { ...dog, position: 0 }],
          ],
        },
      }),
    )
    editing.commit(
      diffOf({
        labels: {
          updated: [
            [
              { ...cat, position: 1 },
              { ...cat, position: 1, color: '#000000' },
            ],
          ],
        },
      }),
    )
    editing.deleteLabel('dog')
    editing.deleteLabel('cat')
    expect(store.labels.list()).toEqual([])
    for (let edit = 0; edit < 5; edit += 1) expect(editing.undo(edit < 4 ? 3 : 1)).toBe(true)
    expect(store.labels.list()).toEqual(start)
    expect([ids(1), ids(2)]).toEqual([[], []])
    for (let edit = 0; edit < 5; edit += 1) expect(editing.redo(edit === 0 ? 1 : 3)).toBe(true)
    expect(store.labels.list()).toEqual([])
  },
)

test('a class that is refused is named shortly', () => {
  const { editing, raw } = setUp()
  const name = 'y'.repeat(5000)
  editing.commit(diffOf({ labels: { added: [{ ...labelOf('bird', 2), name }] } }))
  raw.exec(
    "INSERT INTO labels (id, name, color, position) SELECT 'other', name, color, 3 FROM labels WHERE id = 'bird'",
  )
  editing.commit(add(annotationOf('a', 1, 'bird')))
  expect(refusal(() => editing.undo(2)).code).toBe('conflict')
})
