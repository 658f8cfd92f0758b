/** The overlay's canvas lies where its region is, and gets new pixels only when that is another one. */
import { expect, test } from 'vitest'
import { createOverlayCanvas } from '../../../renderer/canvas/overlay-canvas.ts'

/** A canvas that counts how often it is given a size, which empties it. */
const createCanvas = () => {
  const transforms: number[][] = []
  const sizes: number[] = []
  const canvas = {
    style: {},
    height: 0,
    set width(value: number) {
      sizes.push(value)
    },
    getContext: () => ({ setTransform: (...values: number[]) => void transforms.push(values) }),
  }
  return { canvas, sizes, transforms }
}

test('it lies over the region, in device pixels, and draws in the units of the stage', () => {
  const { canvas, sizes, transforms } = createCanvas()
  const overlay = createOverlayCanvas(canvas as unknown as HTMLCanvasElement)
  overlay.placeOver({ x0: 10, y0: 20.5, x1: 110, y1: 60 }, 2)
  expect(sizes).toEqual([200])
  expect(canvas.height).toBe(79)
  expect(canvas.style).toEqual({ transform: 'translate(10px, 20.5px)', width: '100px', height: '39.5px' })
  expect(transforms).toEqual([[2, 0, 0, 2, -20, -41]])
})

test('the same region and one of its size keep their pixels, another one or none does not', () => {
  const { canvas, sizes } = createCanvas()
  const overlay = createOverlayCanvas(canvas as unknown as HTMLCanvasElement)
  const region = { x0: 0, y0: 0, x1: 100, y1: 50 }
  overlay.placeOver(region, 1)
  overlay.placeOver({ ...region }, 1)
  expect(sizes).toEqual([100])
  overlay.placeOver({ ...region, x0: 1, x1: 101 }, 1)
  expect(canvas.style).toMatchObject({ transform: 'translate(1px, 0px)' })
  expect(sizes).toEqual([100])
  overlay.placeOver({ ...region, x1: 120 }, 1)
  overlay.hide()
  overlay.hide()
  overlay.placeOver(region, 1)
  expect(sizes).toEqual([100, 120, 0, 100])
  overlay.placeOver(region, 2)
  expect(sizes).toEqual([100, 120, 0, 100, 0, 200])
})
