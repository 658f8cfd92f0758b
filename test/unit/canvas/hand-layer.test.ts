/** What was hovered is selected without a canvas being moved, where that looks the same. */
import { expect, test } from 'vitest'
import { shouldExchange } from '../../../renderer/canvas/hand-layer.ts'

const region = (x0: number, y0: number, side: number) => ({ x0, y0, x1: x0 + side, y1: y0 + side })
const [here, there] = [region(100, 100, 50), region(600, 100, 50)]
/** The one that was hovered, here, is selected now; the one that was selected lies there. */
const selecting = {
  emphasis: null,
  active: here,
  hasNames: false,
  placed: { emphasis: region(0, 0, 256), active: region(500, 0, 256) },
  areExchanged: false,
}

test('the canvas of what was hovered gets the handles of it', () => {
  expect(shouldExchange(selecting)).toBe(true)
  expect(shouldExchange({ ...selecting, areExchanged: true })).toBe(true)
  expect(shouldExchange({ ...selecting, emphasis: there })).toBe(true)
})

test('each keeps its part where that moves nothing either', () => {
  expect(shouldExchange({ ...selecting, active: null })).toBe(false)
  expect(shouldExchange({ ...selecting, active: there })).toBe(false)
  expect(shouldExchange({ ...selecting, active: region(1000, 500, 50) })).toBe(false)
  const first = { emphasis: null, active: null }
  expect(shouldExchange({ ...selecting, placed: first })).toBe(false)
})

test('handles are above what is hovered and above all names', () => {
  expect(shouldExchange({ ...selecting, emphasis: region(140, 140, 50) })).toBe(false)
  expect(shouldExchange({ ...selecting, hasNames: true })).toBe(false)
  expect(shouldExchange({ ...selecting, hasNames: true, areExchanged: true })).toBe(true)
  const covered = { ...selecting, emphasis: region(140, 140, 50), areExchanged: true }
  expect(shouldExchange(covered)).toBe(true)
})
