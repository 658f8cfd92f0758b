/** The map's frame is what the stage shows, and a press on the map brings that place to the middle. */
import { expect, test } from 'vitest'
import {
  fitViewport,
  mirrored,
  panBy,
  quarterRight,
  toImage,
  turnedView,
  zoomAt,
} from '../../../common/geometry/viewport.ts'
import { mapOf, panTo, partOn } from '../../../renderer/canvas/minimap-geometry.ts'

const size = { width: 3000, height: 2000 }
const stage = { width: 600, height: 500 }
const map = mapOf(size)

test('the map has the shape of the image, and of a panorama still something to press', () => {
  expect(map).toEqual({ width: 150, height: 100 })
  expect(mapOf({ width: 2000, height: 3000 })).toEqual({ width: 75, height: 112 })
  expect(mapOf({ width: 20_000, height: 400 })).toEqual({ width: 150, height: 24 })
})

test('the frame is the part of the image on the stage', () => {
  const part = partOn({ scale: 1, x: -1200, y: -1000 }, stage, size, map)
  expect(part.x).toBeCloseTo(60)
  expect(part.y).toBeCloseTo(50)
  expect(part.width).toBeCloseTo(30)
  expect(part.height).toBeCloseTo(25)
  // Beside the image there is nothing.
  expect(partOn({ scale: 1, x: 100, y: 0 }, stage, size, map)).toMatchObject({ x: 0, width: 25 })
})

test('a press brings its place to the middle, by whole pixels', () => {
  const view = { scale: 1.3, x: -77.25, y: -12.5 }
  const by = panTo({ x: 75, y: 50 }, view, stage, size, map)
  expect([by.x, by.y].every(Number.isInteger)).toBe(true)
  const after = toImage(panBy(view, by.x, by.y, { image: size, stage }), { x: 300, y: 250 })
  expect(Math.abs(after.x - 1500)).toBeLessThan(1)
  expect(Math.abs(after.y - 1000)).toBeLessThan(1)
})

test('of a turned view the map is turned too', () => {
  const bounds = { image: size, stage }
  const close = zoomAt(fitViewport(bounds, quarterRight), { x: 300, y: 250 }, 6, bounds)
  const turned = mapOf(size, close)
  expect(turned).toEqual({ width: 75, height: 112 })
  // Up in the turned view is left in the image.
  const up = panTo({ x: 37, y: 0 }, close, stage, size, turned)
  const at = toImage({ ...close, x: close.x + up.x, y: close.y + up.y }, { x: 300, y: 250 })
  expect(Math.abs(at.x)).toBeLessThan(1)
  const both = turnedView(close, mirrored, bounds)
  const part = partOn(both, stage, size, mapOf(size, both))
  expect(part.width).toBeGreaterThan(0)
  expect(part.x + part.width).toBeLessThanOrEqual(150)
})
