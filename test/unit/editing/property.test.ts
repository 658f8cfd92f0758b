/** Any sequence of edits, and as many undos, gives the start back; as many redos give the end. */
import { fc } from '../../support/property.ts'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { AppEvent } from '../../../common/contract.ts'
import { applyRecordsDiff, diffOf, imagesOfDiff, statusDiff, type Diff } from '../../../common/diff.ts'
import type { Annotation, Label } from '../../../common/model.ts'
import { createEditing } from '../../../core/editing/editing.ts'
import type { Store } from '../../../core/store/store.ts'
import { annotationOf, labelOf, storeOf, temporaryFolder } from '../store/records.ts'

const images = [1, 2, 3]
const stateOf = (store: Store) => ({
  labels: store.labels.list(),
  annotations: images.map((id) => store.annotations.ofImage(id)),
  status: images.map((id) => store.images.get(id)?.status),
})
/** The order in which objects were added is not part of what an undo of a deletion gives back. */
const sorted = (state: ReturnType<typeof stateOf>) => ({
  ...state,
  annotations: state.annotations.map((list) => list.toSorted((a, b) => (a.id < b.id ? -1 : 1))),
})

/** What the user does next; `at` picks among what is there. */
const step = fc.record({
  kind: fc.constantFrom(
    'add',
    'move',
    'relabel',
    'carry',
    'remove',
    'clear',
    'status',
    'everyStatus',
    'addLabel',
    'rename',
    'reorder',
    'deleteLabel',
  ),
  at: fc.nat(),
  x: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % list.length]
const changed = (from: Annotation, change: Partial<Annotation>) =>
  diffOf({ annotations: { updated: [[from, { ...from, ...change }]] } })

/** The Diff of a step; null when there is nothing that it could be done to. */
const diffOfStep = (store: Store, { kind, at, x }: Step, name: string): Diff | null => {
  const { labels, annotations, status } = stateOf(store)
  const object = pick(annotations.flat(), at)
  const label = pick(labels, at)
  const marks = images.map((id, index) =>
    statusDiff({ id, status: status[index]! }, status[index] === 'done' ? 'todo' : 'done'),
  )
  switch (kind) {
    case 'add':
      return label
        ? diffOf({ annotations: { added: [annotationOf(name, pick(images, at), label.id)] } })
        : null
    case 'move':
      return object ? changed(object, { shape: { type: 'rectangle', x, y: 0, width: 1, height: 2 } }) : null
    case 'relabel':
      return object && label ? changed(object, { labelId: label.id, updatedAt: at }) : null
    case 'carry':
      return object ? changed(object, { imageId: (object.imageId % 3) + 1 }) : null
    case 'remove':
      return object ? diffOf({ annotations: { removed: [object] } }) : null
    case 'clear':
      return diffOf({ annotations: { removed: annotations.flat() } })
    case 'status':
      return pick(marks, at)!
    case 'everyStatus':
      return diffOf({ images: { updated: marks.flatMap((mark) => mark.images.updated) } })
    case 'addLabel':
      return diffOf({ labels: { added: [labelOf(name, labels.length)] } })
    case 'rename':
      return label ? diffOf({ labels: { updated: [[label, { ...label, name }]] } }) : null
    case 'reorder': {
      const moved = labels.map((from, index): [Label, Label] => [
        from,
        { ...from, position: labels.length - 1 - index },
      ])
      return diffOf({ labels: { updated: moved } })
    }
    case 'deleteLabel':
      return null
  }
}

test('any sequence of edits and as many undos give the start, as many redos the end, and the events tell it', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 20 }), (steps) => {
      const store = storeOf(join(temporaryFolder(), 'project.sqlite'))
      // What a window would show that only hears the events.
      let heard = store.labels.list()
      let shown: Annotation[] = []
      let scopes: (number | null)[] = []
      const editing = createEditing(store, (event: AppEvent) => {
        if (event.name !== 'edit.applied') return
        const { diff, kind, histories } = event.payload
        heard = applyRecordsDiff(heard, diff.labels)
        shown = applyRecordsDiff(shown, diff.annotations)
        for (const { imageId, ...history } of histories) expect(history).toEqual(editing.history(imageId))
        if (kind === 'commit') scopes.push(imagesOfDiff(diff)[0] ?? null)
      })
      const follows = () => {
        const { labels, annotations } = stateOf(store)
        expect(heard.toSorted((a, b) => a.position - b.position)).toEqual(labels)
        for (const imageId of images)
          expect(shown.filter((object) => object.imageId === imageId)).toEqual(annotations[imageId - 1])
      }
      const states = [sorted(stateOf(store))]
      steps.forEach((wanted, index) => {
        const before = scopes.length
        const diff = diffOfStep(store, wanted, `made-${index}`)
        const label = pick(store.labels.list(), wanted.at)
        if (diff !== null) editing.commit(diff)
        else if (wanted.kind === 'deleteLabel' && label) editing.deleteLabel(label.id)
        if (scopes.length > before) states.push(sorted(stateOf(store)))
        follows()
      })
      const count = scopes.length
      scopes = [...scopes]
      for (let index = count; index > 0; index -= 1) {
        expect(editing.undo(scopes[index - 1]!)).toBe(true)
        expect(sorted(stateOf(store))).toEqual(states[index - 1])
        follows()
      }
      expect([...images, null].map((scope) => editing.undo(scope))).toEqual([false, false, false, false])
      for (let index = 0; index < count; index += 1) {
        expect(editing.redo(scopes[index]!)).toBe(true)
        expect(sorted(stateOf(store))).toEqual(states[index + 1])
        follows()
      }
      store.close()
    }),
    { numRuns: 25 },
  )
})
