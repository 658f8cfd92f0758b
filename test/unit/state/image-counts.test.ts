/** The counts of images by state follow edits without asking the core again. */
import { expect, it } from 'vitest'
import { reverseDiff, statusDiff } from '../../../common/diff.ts'
import { createImageCounts } from '../../../renderer/state/image-counts.ts'
import { createMemoryCore } from '../actions/support.ts'

it('what is marked done is counted from the edit, and back when it is undone', async () => {
  const core = createMemoryCore(3)
  const counts = createImageCounts(core.client, () => '')
  const done = statusDiff({ id: 2, status: 'todo' }, 'done')
  counts.apply(done)
  expect(counts.store.getState().counts).toBeNull()
  await counts.refresh()
  const asked = core.made.length
  counts.apply(done)
  expect(counts.store.getState().counts).toMatchObject({ all: 3, done: 1, todo: 2 })
  counts.apply(statusDiff({ id: 2, status: 'done', side: 'val' }, 'done'))
  expect(counts.store.getState().counts).toMatchObject({ done: 1, todo: 2 })
  counts.apply(reverseDiff(done))
  expect(counts.store.getState().counts).toMatchObject({ done: 0, todo: 3 })
  expect(core.made).toHaveLength(asked)
})
