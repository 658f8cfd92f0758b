/** A draft belongs to its tool: keys that are about a draft never reach from one tool into another. */
import { describe, expect, it } from 'vitest'
import { answerOf, settle } from './fake-core.ts'
import { annotation, create } from './open-workbench.ts'

const withObject = async () => {
  const bench = await create()
  bench.core.annotations = [annotation('old')]
  await bench.get().openImage(1, [])
  return bench
}

describe('a draft that another tool has in the making', () => {
  it('is no reason for Backspace or undo to touch the selected object', async () => {
    const { core, get, click } = await withObject()
    get().setTool('polygon')
    click(100, 10)
    click(150, 10)
    get().setTool('select')
    click(20, 20)
    expect(get()).toMatchObject({ selected: 'old', draft: null, canUndo: false })
    get().back()
    get().confirm()
    await settle()
    expect([core.done, core.annotations.length]).toEqual([[], 1])
    get().setTool('polygon')
    expect(get()).toMatchObject({ draft: { complete: false }, tools: { polygon: { vertices: [{}, {}] } } })
  })

  it('is not committed, stepped back or dropped by the keys of the tool in hand', async () => {
    const { core, get, click } = await create()
    click(20, 20)
    await core.questions[0]!.answer(answerOf(30, 4))
    for (const tool of ['rectangle', 'polygon', 'select']) {
      get().setTool(tool)
      expect(get()).toMatchObject({ draft: null, masks: { status: 'empty', candidates: [] } })
      get().confirm()
      get().back()
      get().cancel()
      get().cycleCandidate()
      get().chooseCandidate(2)
      get().toggleZoomRefine()
      get().pickLabel('dog')
    }
    await settle()
    expect(core.done).toEqual([])
    get().setTool('smart')
    expect(get().masks).toMatchObject({ status: 'ready', chosen: 0, prompts: [{ x: 20 }] })
  })

  it('goes on being answered, and its objects stored, while another tool is in hand', async () => {
    const { core, get, click } = await create()
    click(20, 20)
    get().pickLabel('dog')
    get().setTool('rectangle')
    expect(get().committing).toBe(1)
    await core.questions[0]!.answer(answerOf(30))
    expect(get()).toMatchObject({ committing: 0, annotations: [{ labelId: 'dog' }] })
  })
})

describe('a gesture', () => {
  it('is dropped by Esc before anything is made of it', async () => {
    const { core, get } = await create()
    const keys = { shift: false, alt: false }
    for (const tool of ['rectangle', 'smart']) {
      get().setTool(tool)
      get().send({ type: 'down', button: 'primary', clicks: 1, point: { x: 10, y: 10 }, ...keys })
      get().send({ type: 'move', point: { x: 60, y: 60 }, ...keys })
      expect(get()).toMatchObject({ inGesture: true, draft: null })
      get().cancel()
      expect(get().inGesture).toBe(false)
      get().send({ type: 'up', point: { x: 60, y: 60 }, ...keys })
    }
    await settle()
    expect([core.done, core.questions]).toEqual([[], []])
  })
})
