/** How objects are shown: remembered, and what of it the stage takes. */
import { describe, expect, it } from 'vitest'
import { rememberLook } from '../../../renderer/state/look-memory.ts'
import { lookOf, plainLook } from '../../../renderer/tools/stage-look.ts'
import { lookActions } from '../../../renderer/actions/look-actions.ts'
import type { Session } from '../../../renderer/state/session.ts'
import { create } from './open-workbench.ts'

const createMemory = (kept: string | null = null) => {
  let value = kept
  return { getItem: () => value, setItem: (_: string, next: string) => void (value = next) }
}

describe('what is remembered', () => {
  it('comes back after a restart', async () => {
    const memory = createMemory()
    const first = await create()
    rememberLook(first.workbench, memory)
    first.get().setLook({ fill: 0.5, names: false })
    const second = await create()
    rememberLook(second.workbench, memory)
    expect(second.get().look).toEqual({ ...plainLook, fill: 0.5, names: false })
  })

  it('that makes no sense is as usual', async () => {
    expect(lookOf({ fill: 7, line: 'wide', outlines: 1, names: null, crosshair: true })).toEqual({
      ...plainLook,
      crosshair: true,
    })
    for (const nonsense of [null, 3, [], 'x']) expect(lookOf(nonsense)).toEqual(plainLook)
    const { workbench, get } = await create()
    rememberLook(workbench, createMemory('{{'))
    expect(get().look).toEqual(plainLook)
  })
})

describe('keys for the sliders', () => {
  it('go in steps, to their ends and no further; a fill is seen', async () => {
    const { workbench, get } = await create()
    const run = (id: string, times = 1) => {
      const action = lookActions.find((known) => known.id === id)!
      for (let time = 0; time < times; time++) void action.run({ workbench } as Session)
    }
    get().setLook({ fill: 0.3, line: 2, outlines: true })
    run('fill-more')
    expect(get().look).toMatchObject({ fill: 0.4, outlines: false })
    run('fill-more', 9)
    run('line-wider', 20)
    expect(get().look).toMatchObject({ fill: 0.8, line: 5 })
    run('fill-less', 20)
    run('line-finer', 20)
    expect(get().look).toMatchObject({ fill: 0, line: 0.5 })
  })
})

describe('the zoom', () => {
  /** To image 2 (300 x 300) with image 1 (200 x 100) zoomed, and on to image 3, which is as large as 2. */
  const walk = async (keepZoom: boolean) => {
    const made = await create([{ id: 3, width: 300, height: 300 }])
    made.get().setLook({ keepZoom })
    await made.open(2)
    made.get().zoomTo(8, 1)
    const { view } = made.get()
    await made.open(3)
    const kept = made.get().view === view
    await made.open(1)
    return { kept, keptAtOtherSize: made.get().view === view, fitted: made.get().fitted }
  }
  it('is kept from image to image of one size when the user wishes it', async () => {
    expect(await walk(true)).toEqual({ kept: true, keptAtOtherSize: false, fitted: true })
  })
  it('fits each image else', async () => {
    expect(await walk(false)).toMatchObject({ kept: false, fitted: true })
  })
})
