import { expect, test } from 'vitest'
import { colorDistance, createLabelColors, nextLabelColor, palette } from '../../../common/palette.ts'

test('the palette has at least 20 colours and no pair looks alike', () => {
  expect(palette.length).toBeGreaterThanOrEqual(20)
  for (const [index, color] of palette.entries()) {
    expect(color).toMatch(/^#[0-9a-f]{6}$/)
    for (const other of palette.slice(0, index))
      expect(colorDistance(color, other), `${color} ${other}`).toBeGreaterThanOrEqual(0.088)
  }
})

test('distances are those of OKLab', () => {
  expect(colorDistance('#000000', '#ffffff')).toBeCloseTo(1, 5)
  expect(colorDistance('#ff0000', '#ff0000')).toBe(0)
})

test('new classes take palette colours in order and fill a gap that was freed', () => {
  const labels: { color: string }[] = []
  for (const expected of palette) {
    expect(nextLabelColor(labels)).toBe(expected)
    labels.push({ color: expected })
  }
  expect(nextLabelColor(labels.filter((_, index) => index !== 3))).toBe(palette[3])
})

test('a colour near one that the user chose is passed over', () => {
  expect(nextLabelColor([{ color: '#e5a001' }])).toBe(palette[1])
})

test('past the palette every colour is new, up to 100 classes', () => {
  const labels: { color: string }[] = []
  for (let count = 0; count < 100; count += 1) {
    const color = nextLabelColor(labels)
    expect(color).toMatch(/^#[0-9a-f]{6}$/)
    expect(labels.map((label) => label.color)).not.toContain(color)
    labels.push({ color })
  }
})

test('10,000 classes at once get what one after the other would, and no colour much more often than another', () => {
  const colors = createLabelColors([])
  const all = Array.from({ length: 10_000 }, () => colors.next())
  const labels: { color: string }[] = []
  for (const color of all.slice(0, 60)) {
    expect(nextLabelColor(labels)).toBe(color)
    labels.push({ color })
  }
  const counts = new Map<string, number>()
  for (const color of all.slice(500)) counts.set(color, (counts.get(color) ?? 0) + 1)
  expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(2)
})
