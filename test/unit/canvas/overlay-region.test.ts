/** Where the overlay draws: everything that it shows, and no more than that for a click. */
import { expect, test } from 'vitest'
import type { Polygon } from '../../../common/model.ts'
import { overlayRegion } from '../../../renderer/canvas/overlay-layer.ts'
import { onPixels, uniteRegions } from '../../../renderer/paint/region.ts'
import type { WorkbenchStore } from '../../../renderer/workbench/store.ts'

const stageSize = { width: 800, height: 600 }
const whole = { x0: 0, y0: 0, x1: 800, y1: 600 }
const polygon: Polygon = {
  type: 'polygon',
  parts: [
    {
      outer: [
        [100, 100],
        [300, 100],
        [300, 200],
      ],
      holes: [],
    },
  ],
}
const point = { type: 'point', x: 400, y: 400, positive: true } as const
const candidates = [{ index: 0, score: 1, polygon }]

/** The parts of the state that the overlay draws from; the image is shown at half its size, 10 pixels from the edge. */
const stateOf = (masks: object, change: object = {}) =>
  ({
    image: { id: 1 },
    tool: 'smart',
    tools: { smart: { gesture: null, committing: [] } },
    view: { x: 10, y: 10, scale: 0.5 },
    stageSize,
    preview: null,
    masks: { prompts: [], candidates: [], chosen: 0, crop: null, zoom: false, status: 'ready', ...masks },
    ...change,
  }) as unknown as WorkbenchStore

const contains = (outer: typeof whole, x0: number, y0: number, x1: number, y1: number) =>
  outer.x0 <= x0 && outer.y0 <= y0 && outer.x1 >= x1 && outer.y1 >= y1

test('nothing is drawn without an image, a prompt or a mask', () => {
  expect(overlayRegion(stateOf({}))).toBe(null)
  expect(overlayRegion(stateOf({ prompts: [point] }, { image: null }))).toBe(null)
})

test('a prompt takes the place of its mark', () => {
  const region = overlayRegion(stateOf({ prompts: [point] }))!
  expect(contains(region, 200, 200, 220, 220)).toBe(true)
  expect(contains(whole, region.x0, region.y0, region.x1, region.y1)).toBe(true)
  expect((region.x1 - region.x0) * (region.y1 - region.y0)).toBeLessThan(1000)
})

test('a mask takes its box with the lines around it, together with the prompts', () => {
  const region = overlayRegion(stateOf({ prompts: [point], candidates }))!
  expect(contains(region, 56, 56, 164, 114)).toBe(true)
  expect(contains(region, 200, 200, 220, 220)).toBe(true)
})

test('a preview counts as a mask', () => {
  const preview = { imageId: 1, point, answer: { candidates } }
  expect(contains(overlayRegion(stateOf({}, { preview }))!, 56, 56, 164, 114)).toBe(true)
})

test('while an answer is waited for there is room for the text beside the newest prompt', () => {
  const region = overlayRegion(stateOf({ prompts: [point], status: 'waiting' }))!
  expect(contains(region, 210, 210, 430, 250)).toBe(true)
})

test('what reaches far, and other tools, take the whole stage', () => {
  const crop = { x: 0, y: 0, width: 10, height: 10 }
  const dragging = { gesture: { dragging: true }, committing: [] }
  const committing = { gesture: null, committing: [{}] }
  for (const state of [
    stateOf({ crop }),
    stateOf({ zoom: true }),
    stateOf({}, { tools: { smart: dragging } }),
    stateOf({}, { tools: { smart: committing } }),
    stateOf({}, { tool: 'rectangle' }),
  ])
    expect(overlayRegion(state)).toEqual(whole)
})

test('regions are united, and cut to whole device pixels of the stage', () => {
  expect(uniteRegions([])).toBe(null)
  const united = uniteRegions([
    { x0: -5, y0: 10.3, x1: 20.2, y1: 30 },
    { x0: 3, y0: 2, x1: 900, y1: 12 },
  ])!
  expect(united).toEqual({ x0: -5, y0: 2, x1: 900, y1: 30 })
  expect(onPixels({ x0: 3.3, y0: 2.1, x1: 900, y1: 30.1 }, stageSize, 2)).toEqual({
    x0: 3,
    y0: 2,
    x1: 800,
    y1: 30.5,
  })
})
