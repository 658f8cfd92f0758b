import { expect, test } from 'vitest'
import {
  createLevels,
  gammaOf,
  isPlainView,
  matrixOf,
  plainView,
  tableOf,
} from '../../../renderer/state/levels.ts'

const createMemory = (kept: Record<string, string> = {}) => ({
  kept,
  getItem: (key: string) => kept[key] ?? null,
  setItem: (key: string, value: string) => void (kept[key] = value),
})

test('plain levels change nothing; the others are what their names say', () => {
  expect(tableOf(plainView)).toEqual(Array.from({ length: 65 }, (_, index) => index / 64))
  const middle = (change: Partial<typeof plainView>) => tableOf({ ...plainView, ...change })[32]!
  expect(middle({ brightness: 40 })).toBeCloseTo(0.7, 6)
  expect(middle({ contrast: 60 })).toBeCloseTo(0.5, 6)
  expect(middle({ gamma: 30 })).toBeCloseTo(0.5 ** (1 / gammaOf({ gamma: 30 })), 6)
  const steep = tableOf({ ...plainView, contrast: 100 })
  expect([steep[20], steep[44]]).toEqual([0, 1])
  for (const value of tableOf({ brightness: -100, contrast: -100, gamma: 100 })) {
    expect(value).toBeGreaterThanOrEqual(0)
    expect(value).toBeLessThanOrEqual(1)
  }
})

test('levels are the folder’s until an image has its own, and are kept over restarts', () => {
  const memory = createMemory()
  const levels = createLevels(memory)
  levels.set('/p', 'a.jpg', { brightness: 20 })
  expect(levels.of('/p', 'b.jpg')).toEqual({ levels: { ...plainView, brightness: 20 }, isOwn: false })
  levels.setOwn('/p', 'a.jpg', true)
  levels.set('/p', 'a.jpg', { gamma: 50 })
  expect(levels.of('/p', 'b.jpg').levels.gamma).toBe(0)
  expect(isPlainView(levels.of('/other', 'a.jpg').levels)).toBe(true)

  const later = createLevels(memory)
  expect(later.of('/p', 'a.jpg')).toEqual({
    levels: { ...plainView, brightness: 20, gamma: 50 },
    isOwn: true,
  })
  later.setOwn('/p', 'a.jpg', false)
  expect(later.of('/p', 'a.jpg')).toEqual({ levels: { ...plainView, brightness: 20 }, isOwn: false })
})

test('one channel is shown as greys, kept, and what is no channel is all of them', () => {
  const memory = createMemory()
  createLevels(memory).set('/p', 'a.jpg', { channel: 'green' })
  const { levels } = createLevels(memory).of('/p', 'b.jpg')
  expect(matrixOf(levels)).toBe('0 1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 0 0 1 0')
  expect(isPlainView(levels)).toBe(false)
  expect(matrixOf(plainView)).toBeNull()
  const odd = createLevels(createMemory({ 'maskwright.levels': '{"/p":{"all":{"channel":"infrared"}}}' }))
  expect(odd.of('/p', 'a.jpg').levels).toEqual(plainView)
  for (const channel of ['red', 'green', 'blue', 'grey'] as const) {
    const [r, g, b] = matrixOf({ channel })!.split(' ').map(Number)
    expect(r! + g! + b!).toBeCloseTo(1, 6)
  }
})

test('what was kept and is damaged is plain, and what is kept has an end', () => {
  for (const text of [
    '',
    'no JSON',
    '[]',
    '{"/p":null}',
    '{"/p":{"all":{"gamma":"x","contrast":1e9},"images":3}}',
  ])
    expect(isPlainView(createLevels(createMemory({ 'maskwright.levels': text })).of('/p', 'a').levels)).toBe(
      true,
    )
  const memory = createMemory()
  const levels = createLevels(memory)
  for (let folder = 0; folder < 60; folder++) levels.set(`/${folder}`, 'a', { gamma: 1 })
  for (let image = 0; image < 250; image++) levels.setOwn('/59', `${image}.jpg`, true)
  const kept = JSON.parse(memory.kept['maskwright.levels']!) as Record<string, { images: object }>
  expect(Object.keys(kept)).toHaveLength(50)
  expect(Object.keys(kept['/59']!.images)).toHaveLength(200)
})
