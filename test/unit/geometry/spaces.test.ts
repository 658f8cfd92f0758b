import { expect, test } from 'vitest'
import { imageToModel, modelToImage, resizedSize, wholeImage } from '../../../common/geometry/letterbox.ts'
import {
  boxToImage,
  boxToScreen,
  clampViewport,
  fitViewport,
  matrixOf,
  MAX_SCALE,
  minScale,
  mirrored,
  nextTurn,
  panBy,
  quarterLeft,
  quarterRight,
  revealBox,
  stepToImage,
  stepToScreen,
  toImage,
  toScreen,
  turnedView,
  upright,
  zoomAt,
  type Turn,
  type Viewport,
} from '../../../common/geometry/viewport.ts'
import { createRandom } from '../../support/random.ts'

test('the long side is 1024, the other rounds as int(x * scale + .5)', () => {
  expect(resizedSize(wholeImage({ width: 4000, height: 3000 }))).toEqual({ width: 1024, height: 768 })
  expect(resizedSize(wholeImage({ width: 427, height: 640 }))).toEqual({ width: 683, height: 1024 })
  expect(resizedSize(wholeImage({ width: 100, height: 100 }))).toEqual({ width: 1024, height: 1024 })
  expect(resizedSize(wholeImage({ width: 5000, height: 1 }))).toEqual({ width: 1024, height: 1 })
})

test('image -> model -> image is the same point, crop or not', () => {
  const random = createRandom(1)
  for (let i = 0; i < 200; i++) {
    const crop = {
      x: Math.floor(random() * 500),
      y: Math.floor(random() * 500),
      width: 1 + Math.floor(random() * 4000),
      height: 1 + Math.floor(random() * 4000),
    }
    const point = { x: crop.x + random() * crop.width, y: crop.y + random() * crop.height }
    const model = imageToModel(point, crop)
    expect(Math.max(model.x, model.y)).toBeLessThanOrEqual(1024)
    const back = modelToImage(model, crop)
    expect(back.x).toBeCloseTo(point.x, 8)
    expect(back.y).toBeCloseTo(point.y, 8)
  }
})

const bounds = { image: { width: 4000, height: 3000 }, stage: { width: 1200, height: 800 } }

test('fit shows the whole image in the middle', () => {
  const fitted = fitViewport(bounds)
  const start = toScreen(fitted, { x: 0, y: 0 })
  const end = toScreen(fitted, { x: 4000, y: 3000 })
  expect(start.y).toBeCloseTo(16)
  expect(800 - end.y).toBeCloseTo(16)
  expect(start.x).toBeCloseTo(1200 - end.x)
})

test('the point under the pointer stays when zooming, until a limit', () => {
  let viewport = fitViewport(bounds)
  const at = { x: 500, y: 300 }
  const under = toImage(viewport, at)
  for (let i = 0; i < 10; i++) {
    viewport = zoomAt(viewport, at, 1.3, bounds)
    expect(toImage(viewport, at).x).toBeCloseTo(under.x, 6)
    expect(toImage(viewport, at).y).toBeCloseTo(under.y, 6)
  }
  expect(zoomAt(viewport, at, 1e6, bounds).scale).toBe(MAX_SCALE)
  expect(zoomAt(viewport, at, 1e-6, bounds).scale).toBe(minScale(bounds))
})

test('the image cannot be lost: some of it is always on the stage', () => {
  const random = createRandom(2)
  let viewport = fitViewport(bounds)
  for (let i = 0; i < 500; i++) {
    viewport = panBy(viewport, (random() - 0.5) * 5000, (random() - 0.5) * 5000, bounds)
    viewport = zoomAt(viewport, { x: random() * 1200, y: random() * 800 }, 0.3 + random() * 3, bounds)
    const start = toScreen(viewport, { x: 0, y: 0 })
    const end = toScreen(viewport, { x: 4000, y: 3000 })
    expect(Math.min(end.x, 1200) - Math.max(start.x, 0)).toBeGreaterThan(63)
    expect(Math.min(end.y, 800) - Math.max(start.y, 0)).toBeGreaterThan(63)
    expect(clampViewport(viewport, bounds)).toEqual(viewport)
  }
})

test('a tiny image is fitted no larger than the largest scale', () => {
  const tiny = { image: { width: 4, height: 4 }, stage: bounds.stage }
  expect(fitViewport(tiny).scale).toBe(MAX_SCALE)
})

test('a box off the stage is brought into view, a visible one leaves the view as it is', () => {
  const close = zoomAt(fitViewport(bounds), { x: 600, y: 400 }, 8, bounds)
  expect(revealBox(fitViewport(bounds), { x: 10, y: 10, width: 50, height: 50 }, bounds)).toEqual(
    fitViewport(bounds),
  )
  const shown = revealBox(close, { x: 0, y: 0, width: 300, height: 200 }, bounds)
  expect(toScreen(shown, { x: 0, y: 0 }).x).toBeGreaterThanOrEqual(0)
  expect(toScreen(shown, { x: 300, y: 200 }).y).toBeLessThanOrEqual(800)
})

const turnedBy = (...turns: readonly (Turn | null)[]): Turn =>
  turns.reduce((turn: Turn, by) => nextTurn({ scale: 1, x: 0, y: 0, turn }, by), upright)

test('turns go together as they do for the eye', () => {
  expect(turnedBy(quarterRight, quarterRight, quarterRight, quarterRight)).toEqual(upright)
  expect(turnedBy(quarterRight, quarterLeft)).toEqual(upright)
  expect(turnedBy(mirrored, mirrored)).toEqual(upright)
  expect(turnedBy(quarterRight, mirrored)).toEqual(turnedBy(mirrored, quarterLeft))
  expect(turnedBy(quarterRight, mirrored, null)).toEqual(upright)
  // To the right in the image is down, seen turned to the right.
  expect(stepToScreen({ scale: 2, x: 0, y: 0, turn: quarterRight }, { x: 1, y: 0 })).toEqual({ x: 0, y: 2 })
})

test('turned and mirrored, zoomed and panned: screen and image are each other, and the image is not lost', () => {
  const random = createRandom(3)
  const ways = [quarterRight, quarterLeft, mirrored, null]
  let viewport: Viewport = fitViewport(bounds)
  for (let i = 0; i < 400; i++) {
    const middle = toImage(viewport, { x: 600, y: 400 })
    if (i % 3 === 0) {
      const turned = turnedView(viewport, nextTurn(viewport, ways[Math.floor(4 * random())]!), bounds)
      const isInside = middle.x > 0 && middle.y > 0 && middle.x < 4000 && middle.y < 3000
      if (isInside && turned.scale === viewport.scale) {
        expect(toScreen(turned, middle).x).toBeCloseTo(600, 6)
        expect(toScreen(turned, middle).y).toBeCloseTo(400, 6)
      }
      viewport = turned
    } else if (i % 3 === 1) {
      const at = { x: 1200 * random(), y: 800 * random() }
      viewport = zoomAt(viewport, at, 0.3 + 3 * random(), bounds)
    } else viewport = panBy(viewport, 900 * (random() - 0.5), 900 * (random() - 0.5), bounds)

    const point = { x: 4000 * random(), y: 3000 * random() }
    const there = toScreen(viewport, point)
    const back = toImage(viewport, there)
    expect(back.x).toBeCloseTo(point.x, 6)
    expect(back.y).toBeCloseTo(point.y, 6)
    const [a, b, c, d, e, f] = matrixOf(viewport)
    expect(a * point.x + c * point.y + e).toBeCloseTo(there.x, 6)
    expect(b * point.x + d * point.y + f).toBeCloseTo(there.y, 6)
    const step = stepToImage(viewport, stepToScreen(viewport, { x: 3, y: -7 }))
    expect(step.x).toBeCloseTo(3, 9)
    expect(step.y).toBeCloseTo(-7, 9)

    const box = { x: point.x, y: point.y, width: 50, height: 20 }
    const seen = boxToScreen(viewport, box)
    expect(seen.width * seen.height).toBeCloseTo(1000 * viewport.scale ** 2, 4)
    const again = boxToImage(viewport, seen)
    expect(again.x).toBeCloseTo(box.x, 6)
    expect(again.height).toBeCloseTo(20, 6)

    const whole = boxToScreen(viewport, { x: 0, y: 0, ...bounds.image })
    expect(Math.min(whole.x + whole.width, 1200) - Math.max(whole.x, 0)).toBeGreaterThan(63)
    expect(Math.min(whole.y + whole.height, 800) - Math.max(whole.y, 0)).toBeGreaterThan(63)
    const shown = boxToScreen(revealBox(viewport, { x: 10, y: 2900, width: 30, height: 30 }, bounds), box)
    expect(Number.isFinite(shown.x)).toBe(true)
  }
})

test('a turned image is fitted by its turned sides', () => {
  const fitted = fitViewport(bounds, quarterRight)
  const { x, y, width, height } = boxToScreen(fitted, { x: 0, y: 0, ...bounds.image })
  expect(y).toBeCloseTo(16)
  expect(height).toBeCloseTo(768)
  expect(width).toBeCloseTo(576)
  expect(x).toBeCloseTo(1200 - x - width)
})
