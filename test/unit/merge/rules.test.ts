/** The rules of a merge, one by one, on two people's projects. */
import { expect, test } from 'vitest'
import { bboxOf } from '../../../common/geometry/measure.ts'
import type { MergeRequest } from '../../../common/contract/merge.ts'
import { lookAt, merge, meaningOf, personOf, stateOf, type Words } from './people.ts'

const words = (change: Partial<Words> = {}): Words => ({
  classes: [{ name: 'cat' }, { name: 'dog' }],
  objects: [],
  ...change,
})

const cat = { id: 'a', image: 1, label: 'cat', at: [10, 10] } as const

test('same, only here, only there, conflict: each by its own rule, with every one counted', async () => {
  const anna = personOf(
    'anna',
    words({
      objects: [
        cat,
        { id: 'a2', image: 1, label: 'cat', at: [100, 10] },
        { id: 'a3', image: 2, label: 'dog', at: [10, 10] },
      ],
    }),
  )
  const ben = personOf('ben', {
    // Other colours and another order; a class that is new.
    classes: [{ name: 'dog', color: '#ffffff' }, { name: 'cow' }, { name: 'cat' }],
    objects: [
      { id: 'b', image: 1, label: 'cat', at: [10.5, 10] },
      { id: 'b2', image: 2, label: 'cat', at: [10, 10] },
      { id: 'b3', image: 3, label: 'cow', at: [10, 10] },
      { id: 'b4', image: 1, label: 'cat', at: [105, 10] },
    ],
  })
  const look = await lookAt(anna, ben, { rule: 'ask' })
  expect(look.objects).toMatchObject({ same: 1, onlyHere: 0, onlyThere: 1, conflicts: 2, undecided: 2 })
  expect(look.conflicts.map(({ reasons, here, there }) => [reasons, here.author, there.author])).toEqual([
    [['shape'], 'anna', 'ben'],
    [['class'], 'anna', 'ben'],
  ])
  expect(look.classes).toEqual([
    { there: 'dog', here: 'dog', isCaseTwin: false },
    { there: 'cow', here: null, isCaseTwin: false },
    { there: 'cat', here: 'cat', isCaseTwin: false },
  ])
  const before = stateOf(anna)
  await expect(merge(anna, ben, { rule: 'ask' })).rejects.toMatchObject({ code: 'conflict' })
  expect(stateOf(anna)).toEqual(before)

  const [first, second] = look.conflicts
  const decisions: MergeRequest['decisions'] = [
    { imageId: first!.imageId, here: 'a2', there: 'b4', choice: 'there' },
    { imageId: second!.imageId, here: 'a3', there: 'b2', choice: 'both' },
  ]
  const { report } = await merge(anna, ben, { rule: 'ask', decisions })
  expect(report.objects).toMatchObject({ undecided: 0, byThere: 1, byBoth: 1 })
  const { labels, objects } = stateOf(anna)
  const nameOf = new Map(labels.map(({ id, name }) => [id, name]))
  expect(
    objects.map((list) => list.map(({ id, labelId, shape }) => [id, nameOf.get(labelId), bboxOf(shape).x])),
  ).toEqual([
    [
      ['a', 'cat', 10.5],
      ['a2', 'cat', 105],
    ],
    [
      ['a3', 'dog', 10],
      ['b2', 'cat', 10],
    ],
    [['b3', 'cow', 10]],
  ])
  // Dog and cat keep their colours here.
  expect(anna.store.labels.list().slice(0, 2)).toEqual(before.labels)
})

test('who made an object stays known', async () => {
  const anna = personOf('anna', words({ objects: [cat] }))
  const ben = personOf('ben', words({ objects: [{ ...cat, id: 'b', image: 2 }] }))
  const eve = personOf('eve', words({ objects: [{ ...cat, id: 'e', image: 2, at: [200, 10] }] }))
  await merge(ben, eve)
  await merge(anna, ben)
  const authorOf = anna.store.authors.ofImage(2)
  expect([authorOf('b'), authorOf('e')]).toEqual(['ben', 'eve'])
  expect(anna.store.images.page({ text: 'by:eve', show: 'all' }, 0, 9).map(({ id }) => id)).toEqual([2])
})

test('a copy of the project that went on: the same id is the same object, wherever it was moved', async () => {
  const anna = personOf('anna', words({ objects: [cat] }))
  const copy = personOf('anna', words({ objects: [{ ...cat, at: [300, 300] }] }), 'ben')
  const { report } = await merge(anna, copy, { rule: 'there' })
  expect(report.objects).toMatchObject({ conflicts: 1, byThere: 1, onlyThere: 0 })
  expect(stateOf(anna).objects[0]).toMatchObject([{ id: 'a', shape: { x: 300 } }])
})

test('no clock decides: the times of objects and reviews may be any', async () => {
  const meanings = await Promise.all(
    [0, 5e12].map(async (time) => {
      const at = { createdAt: time, updatedAt: time }
      const anna = personOf('anna', words({ objects: [{ ...cat, ...at }] }))
      const ben = personOf(
        'ben',
        words({ objects: [{ ...cat, id: 'b', at: [10.5, 10], createdAt: 1e12, updatedAt: 1e12 }] }),
      )
      await merge(anna, ben)
      return meaningOf(anna)
    }),
  )
  expect(meanings[0]).toEqual(meanings[1])
})

test('a class in another case is the same one and said, unless it is kept apart', async () => {
  const there = words({ classes: [{ name: 'Cat' }], objects: [{ ...cat, label: 'Cat' }] })
  const together = personOf('anna', words({ objects: [cat] }))
  const { report } = await merge(together, personOf('ben', there))
  expect(report.classes).toEqual([{ there: 'Cat', here: 'cat', isCaseTwin: true }])
  expect(report.lines.map(({ message }) => message)).toContain(
    'class Cat there is class cat here: the names differ in case alone.',
  )
  expect(report.objects.same).toBe(1)
  const apart = personOf('anna', words({ objects: [cat] }))
  await merge(apart, personOf('ben', there), { apart: ['Cat'] })
  expect(meaningOf(apart).labels).toEqual(['Cat', 'cat', 'dog'])
})

test('what is locked here stays, what was locked there comes unlocked, and both are said', async () => {
  const anna = personOf('anna', words({ objects: [{ ...cat, locked: true }] }))
  const ben = personOf(
    'ben',
    words({
      objects: [
        { ...cat, id: 'b', label: 'dog', attributes: { night: true } },
        { ...cat, id: 'b2', at: [200, 10], locked: true },
      ],
    }),
  )
  const before = stateOf(anna)
  const { report, undo } = await merge(anna, ben, { rule: 'there' })
  expect(report.conflicts).toMatchObject([{ isHeld: true, choice: 'here' }])
  expect(report.lines).toContainEqual({
    image: 'image-1.jpg',
    message: '1 object locked there come unlocked.',
  })
  expect(stateOf(anna).objects[0]).toMatchObject([
    { id: 'a', locked: true, labelId: 'anna-cat' },
    { id: 'b2', locked: false },
  ])
  await undo()
  expect(stateOf(anna)).toEqual(before)
})

test('a proposal gives way to an object, on both sides, and comes where nothing lies', async () => {
  const anna = personOf(
    'anna',
    words({
      objects: [
        { ...cat, proposed: true },
        { ...cat, id: 'a2', image: 2 },
      ],
    }),
  )
  const ben = personOf(
    'ben',
    words({
      objects: [
        { ...cat, id: 'b' },
        { ...cat, id: 'b2', image: 2, label: 'dog', proposed: true },
        { ...cat, id: 'b3', image: 3, proposed: true },
      ],
    }),
  )
  const { report } = await merge(anna, ben, { rule: 'ask' })
  expect(report.proposals).toEqual({ added: 1, covered: 1, overtaken: 1 })
  expect(stateOf(anna).objects.map((list) => list.map(({ id, proposed }) => [id, proposed]))).toEqual([
    [['b', false]],
    [['a2', false]],
    [['b3', true]],
  ])
})

test('attributes of both are put together; the same one with two values is a conflict', async () => {
  const anna = personOf('anna', words({ objects: [{ ...cat, attributes: { night: true } }] }))
  const ben = personOf('ben', words({ objects: [{ ...cat, id: 'b', attributes: { parked: false } }] }))
  expect((await merge(anna, ben, { rule: 'ask' })).report.objects.same).toBe(1)
  expect(stateOf(anna).objects[0]).toMatchObject([{ attributes: { night: true, parked: false } }])
  const eve = personOf('eve', words({ objects: [{ ...cat, id: 'e', attributes: { night: false } }] }))
  expect((await lookAt(anna, eve)).conflicts).toMatchObject([{ reasons: ['attributes'] }])
})

test('groups and tracks of two projects keep apart, and are one where their objects are', async () => {
  const anna = personOf('anna', words({ objects: [{ ...cat, groupId: 1, trackId: 1 }] }))
  const ben = personOf(
    'ben',
    words({
      objects: [
        { ...cat, id: 'b', image: 2, groupId: 1, trackId: 1 },
        { ...cat, id: 'b2', groupId: 4, trackId: 2 },
        { ...cat, id: 'b3', image: 3, trackId: 2 },
      ],
    }),
  )
  await merge(anna, ben)
  expect(stateOf(anna).objects.map((list) => list.map(({ groupId, trackId }) => [groupId, trackId]))).toEqual(
    [[[1, 1]], [[1, 2]], [[null, 1]]],
  )
})

test('states: done when everybody who labelled it says so, flags and tags together, a review as long as its objects', async () => {
  const review = { by: 'anna', at: 1 }
  const anna = personOf(
    'anna',
    words({
      objects: [cat, { ...cat, id: 'a2', image: 2 }],
      images: {
        1: { status: 'done', flag: 'blurred', tags: ['night'], reviewed: review, side: 'train' },
        2: { status: 'done', reviewed: review },
      },
    }),
  )
  const ben = personOf(
    'ben',
    words({
      objects: [{ ...cat, id: 'b', at: [200, 10] }],
      images: { 1: { flag: 'ask', tags: ['day'], side: 'test' }, 3: { status: 'done' } },
    }),
  )
  const { report } = await merge(anna, ben, { rule: 'ask' })
  expect(stateOf(anna).images).toMatchObject([
    { status: 'todo', flag: 'ask | blurred', tags: ['day', 'night'], side: 'test', reviewed: null },
    { status: 'done', reviewed: review },
    { status: 'done' },
  ])
  expect(report.lines.map(({ message }) => message)).toEqual([
    'done on one side alone: it is to do.',
    'split: train here, test there; it is test.',
    'the review by anna does not hold.',
  ])
})
