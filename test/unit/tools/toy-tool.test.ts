/**
 * A new tool takes a folder and one line in tools/all-tools.ts. `toy-tool.ts` stands for the folder and the mock for the
 * line; workbench, actions and canvas are as they are.
 */
import { describe, expect, it, vi } from 'vitest'
import { CodedError } from '../../../common/errors.ts'
import { allActions, pointerLines } from '../../../renderer/actions/all-actions.ts'
import { actionFor } from '../../../renderer/actions/keyboard.ts'
import { drawOverlay, overlayRegion } from '../../../renderer/canvas/overlay-layer.ts'
import { statusText } from '../../../renderer/canvas/status-text.ts'
import type * as registryOf from '../../../renderer/tools/all-tools.ts'
import type { Context } from '../../../renderer/paint/paint.ts'
import { toolOf } from '../../../renderer/tools/tool-states.ts'
import { createMemoryCore, createTestSession, imageOf } from '../actions/support.ts'
import { labels, settle } from './fake-core.ts'
import { annotation, create } from './open-workbench.ts'

vi.mock('../../../renderer/tools/all-tools.ts', async (original) => {
  const registry = await original<typeof registryOf>()
  const { toyTool } = await import('./toy-tool.ts')
  return { ...registry, allTools: [...registry.allTools, toyTool] }
})

const open = async () => {
  const bench = await create()
  bench.get().setTool('toy')
  return bench
}

describe('a tool that is one folder and one line', () => {
  it('is taken by its key, and is in the toolbar and the shortcut sheet', async () => {
    const { session, noted } = await createTestSession(createMemoryCore(1), { image: imageOf(1) })
    const keys = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false }
    const action = actionFor({ key: 't', code: 'KeyT', ...keys }, session, 'other')
    await action?.run(session)
    expect(noted).toEqual(['setTool "toy"'])
    expect(allActions).toContainEqual(expect.objectContaining({ label: 'Stamp corners', group: 'Tools' }))
    expect(pointerLines).toContainEqual({ keys: 'Press', text: 'Stamp: a corner' })
  })

  it('makes an object with Enter, or with a digit as soon as its draft is complete', async () => {
    const { core, get, click } = await open()
    click(10, 10)
    get().pickLabel('dog')
    expect([get().currentLabelId, core.done.length]).toEqual(['dog', 0])
    click(60, 40)
    get().pickLabel('cat')
    await settle()
    expect(core.annotations).toMatchObject([
      { labelId: 'cat', imageId: 1, shape: { type: 'rectangle', x: 10, y: 10, width: 50, height: 30 } },
    ])
    expect(get()).toMatchObject({ draft: null, selected: core.annotations[0]!.id })
  })

  it('has its draft taken back by undo and by Backspace, and nothing else', async () => {
    const { core, get, click } = await open()
    core.annotations = [annotation('old')]
    await get().openImage(1, [])
    click(10, 10)
    click(60, 40)
    expect(get()).toMatchObject({ canUndo: true, canRedo: false, draft: { complete: true } })
    await get().undo()
    expect(get()).toMatchObject({ canUndo: true, draft: { complete: false } })
    get().back()
    get().back()
    expect(get()).toMatchObject({ canUndo: false, draft: null, annotations: [{ id: 'old' }] })
  })

  it('finds its draft again when the user comes back to the image, or to the tool', async () => {
    const { get, open: openImage, click } = await open()
    click(10, 10)
    await openImage(2)
    expect(get().draft).toBeNull()
    await openImage(1)
    expect(get().draft).not.toBeNull()
    get().setTool('select')
    get().back()
    expect(get().draft).toBeNull()
    get().setTool('toy')
    expect(get().draft).not.toBeNull()
  })

  it('gets its draft back when the object is refused', async () => {
    const { core, get, click } = await open()
    click(10, 10)
    click(60, 40)
    core.refuseNext = new CodedError('disk-full', 'The disk is full.')
    get().confirm()
    await settle()
    expect(get()).toMatchObject({ annotations: [], draft: { complete: true } })
  })

  it('draws, and says what it shows and what can be done', async () => {
    const { get, click } = await open()
    const toy = toolOf('toy')
    expect(overlayRegion(get())).toBeNull()
    expect(toy.hint(get().tools.toy, get())).toMatchObject([{ text: 'Stamp two corners.', intro: true }])
    click(10, 10)
    expect(overlayRegion(get())).toEqual({ x0: 0, y0: 0, x1: 50, y1: 50 })
    expect(toy.cursor(get().tools.toy, get())).toBe('copy')
    expect(toy.hint(get().tools.toy, get())).toMatchObject([
      {},
      {},
      { action: 'back', text: 'undo mark' },
      {},
    ])
    expect(statusText(get())).toBe('1 marks')
    const filled: unknown[] = []
    const nothing = () => undefined
    const context = {
      ...{
        clearRect: nothing,
        save: nothing,
        beginPath: nothing,
        rect: nothing,
        clip: nothing,
        restore: nothing,
      },
      fillRect: (...place: number[]) => void filled.push([context.fillStyle, ...place]),
    } as unknown as Context
    const colors = new Map(labels.map((label) => [label.id, label]))
    drawOverlay(
      context,
      get(),
      colors,
      { time: 0, waited: 0, drawTags: () => undefined },
      { x0: 0, y0: 0, x1: 50, y1: 50 },
    )
    expect(filled).toEqual([[labels[0]!.color, 35, 77, 2, 2]])
  })

  it('changes no state when an event does not concern it', async () => {
    const { get, click } = await open()
    click(10, 10)
    const before = get().tools
    get().cycleCandidate()
    get().chooseCandidate(1)
    get().toggleZoomRefine()
    get().send({ type: 'leave' })
    expect(get().tools.toy).toEqual(before.toy)
    expect(get().tools.smart).toBe(before.smart)
  })
})
