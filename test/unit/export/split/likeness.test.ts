/** Pictures that look nearly the same are found, others are not. */
import { expect, test } from 'vitest'
import { fingerprintOf, nearPairs } from '../../../../core/export/split/likeness.ts'
import { createRandom } from '../../../support/random.ts'

type Paint = (x: number, y: number) => number

const pictureOf = (width: number, height: number, paint: Paint) => {
  const rgba = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const value = Math.max(0, Math.min(255, paint(x / width, y / height)))
      rgba.set([value, value, value, 255], 4 * (y * width + x))
    }
  return fingerprintOf(rgba, width, height, 4)
}

/** A scene of soft blobs. */
const sceneOf = (seed: number): Paint => {
  const random = createRandom(seed)
  const blobs = Array.from(
    { length: 12 },
    () => [random(), random(), 0.05 + 0.2 * random(), 255 * random()] as const,
  )
  return (x, y) =>
    blobs.reduce(
      (sum, [bx, by, size, value]) => sum + value * Math.exp(-((x - bx) ** 2 + (y - by) ** 2) / size ** 2),
      20,
    )
}

test('another size, another light and noise leave a picture near itself; other scenes are apart', () => {
  const random = createRandom(1)
  const scenes = Array.from({ length: 40 }, (_, seed) => sceneOf(seed + 10))
  const prints = scenes.flatMap((scene) => [
    pictureOf(160, 160, scene),
    pictureOf(96, 120, (x, y) => 0.8 * scene(x, y) + 12 + 4 * random()),
  ])
  const pairs = nearPairs(prints)
  const found = new Set(pairs.map(([a, b]) => `${a} ${b}`))
  const own = scenes.map((_, index) => `${2 * index} ${2 * index + 1}`)
  expect(own.filter((pair) => found.has(pair)).length).toBeGreaterThanOrEqual(38)
  expect([...found].filter((pair) => !own.includes(pair))).toEqual([])
})

test('plain pictures and unreadable ones are like nothing', () => {
  const grey = pictureOf(160, 160, () => 128)
  expect(nearPairs([grey, grey, null, null])).toEqual([])
})

test('the search misses no pair that differs in four bits', () => {
  const random = createRandom(3)
  const base = [0x5a5a1234, 0x0ff0a5c3] as const
  for (let round = 0; round < 200; round++) {
    const other: [number, number] = [...base]
    for (let flips = 0; flips < 4; flips++) {
      const bit = Math.floor(64 * random())
      const half = bit < 32 ? 0 : 1
      other[half] = (other[half] ^ (1 << (bit & 31))) >>> 0
    }
    expect(nearPairs([base, other])).toEqual([[0, 1]])
  }
})
