import { expect, it } from 'vitest'
import { mirrored, quarterRight } from '../../../common/geometry/viewport.ts'
import { zoomPercent } from '../../../renderer/panels/words.ts'
import { settle } from './fake-core.ts'
import { create } from './open-workbench.ts'

it.each([1, 1.5, 2])(
  'at %s pixels of the screen a CSS pixel, 100 %% is one for each of the image',
  async (ratio) => {
    const { get } = await create()
    get().resizeStage({ width: 433, height: 317 })
    get().zoomTo(1, ratio)
    const { view, scale } = get()
    expect(view.scale * ratio).toBeCloseTo(1, 9)
    expect(zoomPercent(scale, ratio)).toBe('100%')
    for (const offset of [view.x, view.y]) expect(offset * ratio).toBeCloseTo(Math.round(offset * ratio), 9)
  },
)

it('of a turned view moves what is nudged as it is seen, and keeps the turn on the next image', async () => {
  const { get, drag, open } = await create()
  get().setTool('rectangle')
  drag(20, 30, 60, 50)
  await settle()
  get().setTool('select')
  drag(40, 40, 50, 40)
  await settle()
  const place = () => get().annotations[0]!.shape
  expect(place()).toMatchObject({ x: 30, y: 30 })
  get().turnView(quarterRight)
  expect(get()).toMatchObject({ isTurned: true, fitted: true })
  get().nudge(1, 0)
  await settle()
  // To the right on the screen is up in the image.
  expect(place()).toMatchObject({ x: 30, y: 29, width: 40 })
  await open(2)
  expect(get().view.turn).toEqual(quarterRight)
  get().turnView(null)
  expect(get().isTurned).toBe(false)
  const upright = get().view
  get().turnView(mirrored)
  get().turnView(mirrored)
  expect(get().isTurned).toBe(false)
  expect(get().view.x).toBeCloseTo(upright.x, 9)
})
