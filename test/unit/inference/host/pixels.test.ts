/** Resizing for the encoder, against what the filter is by definition. */
import { describe, expect, test } from 'vitest'
import { frameSize, paddedSize, type Pixels } from '../../../../core/inference/host/pixels.ts'
import { openResize } from '../../../../core/inference/host/resize.ts'

const filled = (width: number, height: number, color: (x: number, y: number) => number[]): Pixels => ({
  width,
  height,
  rgb: Uint8Array.from(
    Array.from({ length: width * height }, (_, i) => color(i % width, Math.floor(i / width))).flat(),
  ),
})
const resize = await openResize(0)
const wholeOf = ({ width, height }: Pixels) => ({ x: 0, y: 0, width, height })

test('the frame has a long side of 1024, the short side rounded as SAM rounds it', () => {
  expect(frameSize({ width: 4000, height: 3000 })).toEqual({ width: 1024, height: 768 })
  expect(frameSize({ width: 427, height: 640 })).toEqual({ width: 683, height: 1024 })
  expect(frameSize({ width: 5000, height: 1 })).toEqual({ width: 1024, height: 1 })
})

test('the padded size is the frame rounded up to 16 and 64 more, at most 1024', () => {
  expect(paddedSize({ width: 1024, height: 768 })).toEqual({ width: 1024, height: 832 })
  expect(paddedSize({ width: 683, height: 1024 })).toEqual({ width: 752, height: 1024 })
  expect(paddedSize({ width: 1024, height: 1 })).toEqual({ width: 1024, height: 80 })
})

describe('resize', () => {
  test.each([
    ['smaller', 2000, 1500],
    ['larger', 100, 75],
    ['the same', 1024, 768],
    ['a line', 3000, 1],
  ])('%s: an even colour stays as it is', async (_, width, height) => {
    const image = filled(width, height, () => [10, 128, 255])
    const frame = await resize.toFrame(image, wholeOf(image), 1024)
    expect([frame.width, frame.height]).toEqual(Object.values(frameSize(image)))
    const same = frame.rgb.every((value, i) => value === [10, 128, 255][i % 3])
    expect(same).toBe(true)
  })

  test('an image of 1024 comes out as it went in', async () => {
    const image = filled(1024, 40, (x, y) => [x & 255, (x * y) & 255, (x ^ y) & 255])
    expect((await resize.toFrame(image, wholeOf(image), 1024)).rgb).toEqual(image.rgb)
  })

  test('growing is bilinear with pixel middles', async () => {
    const image = filled(2, 1, (x) => [x * 200, 0, 0])
    const { rgb } = await resize.toFrame(image, wholeOf(image), 1024)
    const red = (x: number) => rgb[x * 3]!
    expect([red(0), red(255), red(512), red(1023)]).toEqual([0, 0, 100, 200])
    expect(red(640)).toBe(Math.round(200 * (640.5 / 512 - 0.5)))
  })

  test('shrinking does not alias: stripes of one pixel become grey', async () => {
    const image = filled(4096, 64, (x) => (x % 2 === 0 ? [255, 255, 255] : [0, 0, 0]))
    const { rgb } = await resize.toFrame(image, wholeOf(image), 1024)
    const middle = rgb.subarray(30, rgb.length - 30)
    expect(Math.min(...middle.subarray(0, 2000))).toBeGreaterThan(120)
    expect(Math.max(...middle.subarray(0, 2000))).toBeLessThan(136)
  })

  test('a crop is that part of the image and nothing of its surroundings', async () => {
    const image = filled(300, 200, (x, y) =>
      x >= 100 && x < 150 && y >= 50 && y < 90 ? [1, 2, 3] : [255, 255, 255],
    )
    const { rgb, width, height } = await resize.toFrame(image, { x: 100, y: 50, width: 50, height: 40 }, 1024)
    expect([width, height]).toEqual([1024, 819])
    expect(rgb.every((value, i) => value === (i % 3) + 1)).toBe(true)
  })
})
