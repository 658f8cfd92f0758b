import { expect, it } from 'vitest'
import { zoomPercent } from '../../../renderer/panels/words.ts'
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
