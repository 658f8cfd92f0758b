/** Objects mended as wholes: each is one edit, and one undo gives the start back. */
import { expect, it } from 'vitest'
import type { Polygon } from '../../../common/model.ts'
import type { MendId } from '../../../renderer/workbench/types.ts'
import { objectByHand } from '../../support/objects.ts'
import { settle, square } from './fake-core.ts'
import { create } from './open-workbench.ts'

const ring = (x: number, y: number, side: number) => square(x, y, side).parts[0]!.outer

const inParts: Polygon = {
  type: 'polygon',
  parts: [
    { outer: ring(10, 10, 40), holes: [ring(20, 20, 10)] },
    { outer: ring(60, 10, 4), holes: [] },
    { outer: ring(70, 10, 20), holes: [] },
  ],
}

const openWith = async (...objects: ReturnType<typeof objectByHand>[]) => {
  const bench = await create()
  bench.core.annotations = objects
  await bench.open(2)
  await bench.open(1)
  const before = structuredClone(bench.get().annotations)
  const mend = async (id: MendId, ...ids: string[]) => {
    bench.get().mend(ids, id)
    await settle()
    return bench.get().annotations.map(({ shape }) => shape)
  }
  const undo = async () => {
    await bench.get().undo()
    await settle()
    expect(bench.get().annotations).toEqual(before)
  }
  return { ...bench, mend, undo }
}

it('fills, drops, grows, shrinks and smooths as one edit that undo takes back', async () => {
  const { mend, undo, core } = await openWith(objectByHand('one', inParts))
  const [filled] = await mend('fill-holes', 'one')
  expect(filled).toMatchObject({ parts: [{ holes: [] }, { holes: [] }, { holes: [] }] })
  await undo()
  expect(await mend('drop-small-parts', 'one')).toMatchObject([
    { parts: [{ outer: ring(10, 10, 40) }, { outer: ring(70, 10, 20) }] },
  ])
  await undo()
  for (const id of ['grow', 'shrink', 'smooth'] as const) {
    await mend(id, 'one')
    await undo()
  }
  expect(core.done.every(({ annotations }) => annotations.updated.length === 1)).toBe(true)
})

it('makes an object of each part, all of the class', async () => {
  const { mend, undo, get } = await openWith(objectByHand('one', inParts, { labelId: 'dog' }))
  expect(await mend('parts-to-objects', 'one')).toHaveLength(3)
  expect(new Set(get().annotations.map(({ labelId }) => labelId))).toEqual(new Set(['dog']))
  expect(get().annotations.find(({ id }) => id === 'one')?.shape).toEqual({
    type: 'polygon',
    parts: [inParts.parts[0]],
  })
  await undo()
})

it('trims an object to its neighbours, and several to each other', async () => {
  const [one, two] = [objectByHand('one', square(10, 10, 40)), objectByHand('two', square(30, 10, 40))]
  const { mend, undo } = await openWith(one, two)
  const [trimmed, other] = await mend('trim', 'one')
  expect(trimmed).toMatchObject({
    parts: [
      {
        outer: expect.arrayContaining([
          [30, 10],
          [30, 50],
        ]) as unknown,
      },
    ],
  })
  expect(other).toEqual(two.shape)
  await undo()
  const [, second] = await mend('trim', 'one', 'two')
  expect(second).toMatchObject({
    parts: [
      {
        outer: expect.arrayContaining([
          [50, 10],
          [50, 50],
        ]) as unknown,
      },
    ],
  })
  await undo()
})

it('says why nothing changes, and leaves alone what is locked', async () => {
  const { mend, core, notices } = await openWith(
    objectByHand('one', square(10, 10, 30)),
    objectByHand('two', square(12, 12, 4)),
    objectByHand('held', inParts, { locked: true }),
  )
  await mend('fill-holes', 'one')
  await mend('parts-to-objects', 'one')
  await mend('trim', 'two')
  await mend('fill-holes', 'held')
  expect(core.done).toEqual([])
  expect(notices).toEqual([
    'info: There is no hole to fill.',
    'info: The object has one part only.',
    'info: The object lies wholly within others: nothing would be left of it.',
    'info: This object is locked. Unlock it with {lock}, or in its row.',
  ])
})
