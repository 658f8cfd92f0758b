/** A small canvas stays where it is as long as that will do, and keeps its size when it is moved. */
import { expect, test } from 'vitest'
import { placeAround } from '../../../renderer/paint/place.ts'
import { isWithin } from '../../../renderer/paint/region.ts'

const region = (x0: number, y0: number, width: number, height: number) => ({
  x0,
  y0,
  x1: x0 + width,
  y1: y0 + height,
})
const sizeOf = ({ x0, y0, x1, y1 }: ReturnType<typeof region>) => [x1 - x0, y1 - y0]

test('it lies around what it shows, with room for what is beside that', () => {
  const placed = placeAround(region(300, 200, 40, 40), null)
  expect(sizeOf(placed)).toEqual([256, 256])
  expect(isWithin(region(220, 120, 200, 200), placed)).toBe(true)
  for (const beside of [region(350, 200, 40, 40), region(300, 260, 30, 30)])
    expect(placeAround(beside, placed)).toBe(placed)
})

test('it goes along in its size to what is not on it, and gets another one for what is larger', () => {
  const placed = placeAround(region(300, 200, 300, 40), null)
  expect(sizeOf(placed)).toEqual([320, 256])
  const far = region(900, 601, 40, 40)
  const next = placeAround(far, placed)
  expect(sizeOf(next)).toEqual([320, 256])
  expect(isWithin(far, next)).toBe(true)
  expect([next.x0 % 4, next.y0 % 4]).toEqual([0, 0])
  expect(sizeOf(placeAround(region(0, 0, 1000, 800), next))).toEqual([1024, 832])
})

test('one of the whole stage is not kept for something small', () => {
  const whole = placeAround(region(0, 0, 1000, 800), null)
  expect(sizeOf(placeAround(region(10, 10, 64, 64), whole))).toEqual([256, 256])
})
