import { toast } from 'sonner'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { diffOf } from '../../../common/diff.ts'
import { offerUndo } from '../../../renderer/state/undo-offer.ts'
import { createFakeCore, imageItem } from '../tools/fake-core.ts'
import { annotation } from '../tools/open-workbench.ts'

// sonner takes a toast away in the next frame.
beforeEach(() => void vi.stubGlobal('requestAnimationFrame', (run: () => void) => run()))
afterEach(() => {
  toast.dismiss()
  vi.unstubAllGlobals()
})

const offered = () => toast.getToasts().filter((shown) => 'title' in shown && shown.title === 'Deleted')

const create = async () => {
  const core = createFakeCore([imageItem(1), imageItem(2)])
  core.annotations = [annotation('gone')]
  const commit = (diff: ReturnType<typeof diffOf>) => core.client.call('edit.commit', { diff })
  await commit(diffOf({ annotations: { removed: [annotation('gone')] } }))
  offerUndo(core.client, 'Deleted', 1, ({ diff }) => diff.annotations.removed.some(({ id }) => id === 'gone'))
  return { core, commit }
}

test('the button takes back what it was offered for, on its image', async () => {
  const { core } = await create()
  const [shown] = offered()
  const action = shown && 'action' in shown ? shown.action : null
  if (!action || typeof action !== 'object' || !('onClick' in action)) throw new Error('There is no button.')
  action.onClick({} as never)
  await Promise.resolve()
  await Promise.resolve()
  expect(core.calls.at(-1)).toEqual({ name: 'edit.undo', input: { imageId: 1 } })
  expect(core.annotations).toMatchObject([{ id: 'gone' }])
})

test('it stays through edits of other images, and goes with the next one of its own', async () => {
  const { commit } = await create()
  await commit(diffOf({ annotations: { added: [annotation('other', 2)] } }))
  expect(offered()).toHaveLength(1)
  await commit(diffOf({ annotations: { added: [annotation('new')] } }))
  expect(offered()).toHaveLength(0)
})
