/** A workbench over a core in memory, driven as a user would. Points are in image pixels. */
import { createWorkbench } from '../../../renderer/workbench/workbench.ts'
import { objectByHand } from '../../support/objects.ts'
import { createFakeCore, imageItem, labels, square } from './fake-core.ts'
import { outlinerHere } from './outliner-here.ts'

export const annotation = (id: string, imageId = 1) => objectByHand(id, square(10, 10, 30), { imageId })

/** With image 1 (200 x 100) on screen, two screen pixels an image pixel, and image 2 (300 x 300) beside it. */
export const create = async (
  more: readonly { readonly id: number; readonly width: number; readonly height: number }[] = [],
) => {
  const others = more.map(({ id, width, height }) => imageItem(id, width, height))
  const core = createFakeCore([imageItem(1), imageItem(2, 300, 300), ...others])
  const notices: string[] = []
  let clock = 0
  const workbench = createWorkbench({
    client: core.client,
    outliner: outlinerHere(),
    askMasks: (question) => core.askMasks(question),
    getLabels: () => labels,
    getSettings: () => null,
    notify: (level, message) => void notices.push(`${level}: ${message}`),
    offerUndo: (message, { annotations: { removed, updated } }) => {
      const ids = [...removed, ...updated.map(([, to]) => to)].map(({ id }) => id)
      notices.push(`undo: ${message} (${ids.join(', ')})`)
    },
    now: () => ++clock,
    newId: () => `new-${++clock}`,
  })
  const get = () => workbench.getState()
  get().resizeStage({ width: 432, height: 316 })
  const open = async (imageId: number) => {
    await get().openImage(imageId, [])
    get().imageShown(imageId)
  }
  await open(1)
  const click = (x: number, y: number) => {
    const at = { point: { x, y }, shift: false, alt: false }
    get().send({ type: 'down', button: 'primary', clicks: 1, ...at })
    get().send({ type: 'up', ...at })
  }
  const drag = (x0: number, y0: number, x1: number, y1: number) => {
    const keys = { shift: false, alt: false }
    get().send({ type: 'down', button: 'primary', clicks: 1, point: { x: x0, y: y0 }, ...keys })
    get().send({ type: 'move', point: { x: x1, y: y1 }, ...keys })
    get().send({ type: 'up', point: { x: x1, y: y1 }, ...keys })
  }
  const ready = (...imageIds: number[]) =>
    core.emit('inference.changed', {
      state: imageIds.length > 0 ? 'idle' : 'encoding',
      imageId: imageIds.length > 0 ? null : 1,
      expectedMs: 300,
      modelId: 'fake',
      provider: 'cpu',
      message: null,
      ready: imageIds,
    })
  return { core, workbench, get, open, click, drag, ready, notices }
}
