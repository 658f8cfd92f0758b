/** A pan within reach moves the canvas and draws nothing; all else places it anew. */
import { expect, test } from 'vitest'
import { createPannedCanvas } from '../../../renderer/canvas/panned-canvas.ts'

const create = (ratio: number) => {
  const canvas = { width: 0, height: 0, style: {} as Record<string, string> }
  const panned = createPannedCanvas(canvas as unknown as HTMLCanvasElement, {
    resize: (width, height) => Object.assign(canvas, { width, height }),
  })
  panned.resize({ width: 400, height: 300 }, ratio)
  return { canvas, panned }
}
const view = (x: number, y: number, scale = 0.5) => ({ scale, x, y })

test('it reaches beyond the stage at each side, by whole pixels of the device', () => {
  const { canvas, panned } = create(1.1)
  const { size, view: placed } = panned.place(view(10, 20))
  const beyond = (size.width - 400) / 2
  expect(beyond * 1.1).toBeCloseTo(Math.round(beyond * 1.1), 6)
  expect(placed.x).toBeCloseTo(10 + beyond, 6)
  expect(placed.y).toBeCloseTo(20 + beyond, 6)
  expect(canvas.width).toBe(Math.round(size.width * 1.1))
  const [x, y] = canvas.style.transform!.match(/-[\d.]+/g)!.map(Number)
  expect(x).toBeCloseTo(-beyond, 6)
  expect(y).toBeCloseTo(-beyond, 6)
})

test('a pan moves it for as long as it covers the stage', () => {
  const { canvas, panned } = create(2)
  const first = panned.place(view(0, 0))
  expect(panned.place(view(64, -10.5))).toBe(first)
  expect(canvas.style.transform).toBe('translate(0px, -74.5px)')
  expect(panned.place(view(65, 0))).not.toBe(first)
  expect(canvas.style.transform).toBe('translate(-64px, -64px)')
})

test('a zoom, a part of a pixel or another size places it anew', () => {
  const { panned } = create(1)
  const first = panned.place(view(0, 0))
  const second = panned.place(view(0, 0, 0.6))
  expect(second).not.toBe(first)
  const third = panned.place(view(0.5, 0, 0.6))
  expect(third).not.toBe(second)
  panned.resize({ width: 500, height: 300 }, 1)
  expect(panned.place(view(0.5, 0, 0.6)).size.width).toBe(628)
})
