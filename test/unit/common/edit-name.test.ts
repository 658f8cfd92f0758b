import { describe, expect, it } from 'vitest'
import { diffOf, imagesDiff, reverseDiff, type Diff } from '../../../common/diff.ts'
import { translate } from '../../../common/geometry/edit.ts'
import { nameOfEdit } from '../../../common/edit-name.ts'
import type { Annotation, ImageRecord } from '../../../common/model.ts'
import { newImage } from '../../../common/new-records.ts'
import { objectByHand } from '../../support/objects.ts'
import { labels, square } from '../tools/fake-core.ts'

const a = objectByHand('a', square(10, 10, 20))
const b = objectByHand('b', square(20, 10, 20), { labelId: 'dog' })
const c = objectByHand('c', square(60, 10, 20))
const nameOf = (id: string) => labels.find((label) => label.id === id)?.name ?? null
const name = (diff: Diff) => nameOfEdit(diff, nameOf)
const objects = (change: Parameters<typeof diffOf>[0]['annotations']) =>
  name(diffOf({ annotations: change! }))
const changed = (change: (from: Annotation) => Partial<Annotation>, ...all: Annotation[]) =>
  objects({ updated: all.map((from) => [from, { ...from, ...change(from) }]) })

describe('the name of an edit', () => {
  it('says what became of objects', () => {
    expect(objects({ added: [a] })).toBe('Add cat')
    expect(objects({ added: [a, b] })).toBe('Add 2 objects')
    expect(objects({ removed: [b] })).toBe('Delete dog')
    expect(objects({ removed: [a, b, c] })).toBe('Delete 3 objects')
    expect(changed(() => ({ labelId: 'bird' }), a)).toBe('Another class for an object')
    expect(changed(() => ({ labelId: 'dog' }), a, c)).toBe('Class dog for 2 objects')
    expect(changed(() => ({ locked: true }), a, b)).toBe('Lock 2 objects')
    expect(changed(() => ({ rank: 3 }), a)).toBe('Order of the objects')
    expect(changed(() => ({ attributes: { colour: 'red' } }), a)).toBe('Attributes of cat')
    const [p, q] = [a, b].map((one) => ({ ...one, proposed: true }))
    expect(changed(() => ({ proposed: false }), p!, q!)).toBe('Accept 2 objects')
    expect(changed(({ shape }) => ({ shape: translate(shape, 3, -2) }), a, c)).toBe('Move 2 objects')
    expect(changed(() => ({ shape: square(10, 10, 21) }), a)).toBe('Change cat')
    expect(changed(() => ({ prompts: [{ type: 'point', x: 1, y: 1, positive: true }] }), a)).toBe(
      'Refine cat',
    )
  })

  it('tells a join, an intersection and a split apart', () => {
    const into = (side: number): [Annotation, Annotation] => [a, { ...a, shape: square(10, 10, side) }]
    expect(objects({ updated: [into(40)], removed: [b, c] })).toBe('Join 3 objects')
    expect(objects({ updated: [into(5)], removed: [b] })).toBe('Intersect 2 objects')
    expect(objects({ updated: [into(5)], added: [b, c] })).toBe('Split cat into 3')
  })

  it('says what became of classes and images', () => {
    const [cat, dog] = labels
    const one = (change: object) => name(diffOf({ labels: { updated: [[cat!, { ...cat!, ...change }]] } }))
    expect(name(diffOf({ labels: { added: [dog!] } }))).toBe('Add class dog')
    expect(name(diffOf({ labels: { removed: [dog!] }, annotations: { removed: [b] } }))).toBe(
      'Delete class dog',
    )
    expect(one({ name: 'tiger' })).toBe('Rename class cat to tiger')
    expect(one({ color: '#000000' })).toBe('Colour of class cat')
    expect(one({ locked: true })).toBe('Lock class cat')
    expect(one({ position: 3 })).toBe('Order of the classes')
    const image: ImageRecord = { id: 1, ...newImage() }
    const marked = diffOf({ images: { updated: [[image, { ...image, status: 'done' }]] } })
    expect([name(marked), name(reverseDiff(marked))]).toEqual([
      'Mark the image as done',
      'Mark the image as to do',
    ])
    const said = (change: Partial<ImageRecord>) => {
      const diff = imagesDiff([[image, change]])
      return [name(diff), name(reverseDiff(diff))]
    }
    expect(said({ flag: '' })).toEqual(['Flag the image', 'Take the flag off the image'])
    expect(said({ reviewed: { by: '', at: 1 } })).toEqual([
      'Mark the image as reviewed',
      'Mark the image as not reviewed',
    ])
    expect(said({ tags: ['night'] })[0]).toBe('Tags of the image')
    expect(said({ side: 'val' })[0]).toBe('Side of the image in the split')
  })

  it('names the objects of a class that came with them, and of one that is gone', () => {
    const bird = { ...labels[0]!, id: 'bird', name: 'bird' }
    const object = { ...a, labelId: 'bird' }
    expect(name(diffOf({ labels: { added: [bird] }, annotations: { added: [object] } }))).toBe('Add bird')
    expect(objects({ added: [object] })).toBe('Add an object')
  })
})
