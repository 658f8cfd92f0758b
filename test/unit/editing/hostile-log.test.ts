/** Any value in any place of a stored Diff: undo does it or refuses it in words, and nothing else is touched by it. */
import SqliteDatabase from 'better-sqlite3'
import { fc } from '../../support/property.ts'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { diffOf, statusDiff } from '../../../common/diff.ts'
import { CodedError } from '../../../common/errors.ts'
import { createEditing } from '../../../core/editing/editing.ts'
import { annotationOf, labelOf, storeOf, temporaryFolder } from '../store/records.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** The text with some of its values replaced, mostly by values of their own type; every one is in reach. */
const damagedText = (value: Json, changes: readonly Change[]): string => {
  let left = new Map(changes.map((change) => [change.leaf % 120, change]))
  let leaf = 0
  return JSON.stringify(value, (_key, inner: Json) => {
    if (Array.isArray(inner) && inner.length > 0 && left.get(leaf)?.twice === true)
      return [...inner, inner[0]]
    if (inner !== null && typeof inner === 'object') return inner
    const change = left.get(leaf)
    leaf += 1
    if (change === undefined) return inner
    left = new Map([...left].filter(([, other]) => other !== change))
    if (change.wild !== undefined) return change.wild
    return typeof inner === 'number' ? change.number : change.text
  })
}

const changeOf = fc.record({
  leaf: fc.nat(),
  twice: fc.integer({ min: 0, max: 5 }).map((roll) => roll === 0),
  text: fc.constantFrom('cat', 'dog', 'bird', 'a', 'b', 'c', 'apart', '', 'done', 'todo', 'x'.repeat(5000)),
  number: fc.constantFrom(0, 1, 2, 3, 4, -1, 0.5, 1e15, 1e300),
  wild: fc.oneof(
    { weight: 7, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.jsonValue() as fc.Arbitrary<Json> },
  ),
})
type Change = typeof changeOf extends fc.Arbitrary<infer T> ? T : never

test('undo of a stored Diff that anyone has changed', () => {
  const file = join(temporaryFolder(), 'project.sqlite')
  const store = storeOf(file)
  const editing = createEditing(store, () => undefined)
  const raw = new SqliteDatabase(file)
  const bird = labelOf('bird', 2)
  const a = annotationOf('a', 1)
  const apart = annotationOf('apart', 3)
  const diff = diffOf({
    labels: { added: [bird], updated: [[labelOf('dog', 1), { ...labelOf('dog', 1), name: 'wolf' }]] },
    annotations: {
      added: [annotationOf('c', 1, 'bird')],
      updated: [[a, { ...a, labelId: 'bird' }]],
      removed: [annotationOf('b', 2, 'dog')],
    },
    images: statusDiff({ id: 1, status: 'todo' }, 'done').images,
  })
  const outcomes = new Map<string, number>()
  fc.assert(
    fc.property(fc.array(changeOf, { minLength: 1, maxLength: 2 }), (changes) => {
      raw.exec(`DELETE FROM edit_images; DELETE FROM edits; DELETE FROM annotations; DELETE FROM labels;
          UPDATE images SET status = 'todo'`)
      store.transact(() => {
        for (const label of [labelOf('cat', 0), labelOf('dog', 1)]) store.labels.insert(label)
        for (const annotation of [a, annotationOf('b', 2, 'dog')]) store.annotations.insert([annotation])
      })
      editing.commit(diff)
      const text = damagedText(JSON.parse(JSON.stringify(diff)) as Json, changes)
      raw.prepare('UPDATE edits SET diff = ? WHERE sequence = (SELECT max(sequence) FROM edits)').run(text)
      editing.commit(diffOf({ annotations: { added: [apart] } }))
      let outcome = 'undone'
      try {
        expect(editing.undo(1)).toBe(true)
      } catch (thrown) {
        if (!(thrown instanceof CodedError)) throw thrown
        expect(thrown.message).toMatch(/^Can't undo this change: /)
        expect(thrown.message.length).toBeLessThan(400)
        outcome = thrown.code
      }
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
      expect(editing.undo(3)).toBe(true)
      // The changed Diff may have brought an object of its own to this image.
      expect(store.annotations.ofImage(3).map(({ id }) => id)).not.toContain('apart')
      expect(raw.pragma('foreign_key_check')).toEqual([])
    }),
    { numRuns: 200 },
  )
  expect([...outcomes.keys()].sort()).toEqual(['conflict', 'undone', 'unreadable-edit'])
})
