/**
 * Shapes as JSON, the same text that JSON.stringify makes. Owns that a polygon of usual numbers takes a third of its
 * time: most outlines have two decimals at most, and turning numbers into digits is a good part of storing an object.
 */
import type { Ring, Shape } from '../../common/model.ts'

const [ZERO, MINUS, DOT, COMMA, OPEN, CLOSE] = [48, 45, 46, 44, 91, 93]

/** Longest number that JSON has, with its comma. */
const LONGEST = 32

export interface ShapeJson {
  of: (shape: Shape) => string
  /** A polygon of parts without holes, of each the numbers of its ring: x0, y0, x1, y1, ... */
  ofFlat: (rings: readonly (readonly number[])[]) => string
}

export const createShapeJson = (): ShapeJson => {
  let bytes = Buffer.allocUnsafe(16 * 1024)
  let at = 0

  const writeText = (text: string) => {
    at += bytes.write(text, at, 'latin1')
  }
  /** Whole numbers under 2^31: their arithmetic takes a third of that of doubles. */
  const writeWhole = (value: number) => {
    const digits = value < 10 ? 1 : value < 100 ? 2 : value < 1000 ? 3 : value < 10_000 ? 4 : 0
    if (digits === 0) return writeText(String(value))
    let rest = value
    for (let place = at + digits - 1; place > at; place--) {
      const next = (rest / 10) | 0
      bytes[place] = ZERO + rest - 10 * next
      rest = next
    }
    bytes[at] = ZERO + rest
    at += digits
  }
  const writeNumber = (value: number) => {
    const hundredths = Math.round(value * 100) | 0
    // What is larger, or no number, differs from its 32 bits.
    if (hundredths / 100 !== value) return writeText(JSON.stringify(value))
    const size = hundredths < 0 ? -hundredths : hundredths
    if (hundredths < 0) bytes[at++] = MINUS
    const whole = (size / 100) | 0
    writeWhole(whole)
    const rest = size - 100 * whole
    if (rest === 0) return
    bytes[at++] = DOT
    const tenth = (rest / 10) | 0
    bytes[at++] = ZERO + tenth
    if (rest > 10 * tenth) bytes[at++] = ZERO + rest - 10 * tenth
  }
  const begin = (points: number) => {
    at = 0
    const needed = 2 * LONGEST * (points + 2)
    if (needed > bytes.length) bytes = Buffer.allocUnsafe(2 * needed)
    bytes[at++] = OPEN
  }
  const writePoint = (x: number, y: number) => {
    if (at > 1) bytes[at++] = COMMA
    bytes[at++] = OPEN
    writeNumber(x)
    bytes[at++] = COMMA
    writeNumber(y)
    bytes[at++] = CLOSE
  }
  const end = (): string => {
    bytes[at++] = CLOSE
    return bytes.toString('latin1', 0, at)
  }
  const textOfRing = (ring: Ring): string => {
    begin(ring.length)
    for (const point of ring) writePoint(point[0], point[1])
    return end()
  }
  const textOfFlat = (numbers: readonly number[]): string => {
    begin(numbers.length / 2)
    for (let k = 0; k < numbers.length; k += 2) writePoint(numbers[k]!, numbers[k + 1]!)
    return end()
  }

  return {
    of(shape) {
      if (shape.type !== 'polygon') return JSON.stringify(shape)
      const parts = shape.parts.map(
        ({ outer, holes }) => `{"outer":${textOfRing(outer)},"holes":[${holes.map(textOfRing).join(',')}]}`,
      )
      return `{"type":"polygon","parts":[${parts.join(',')}]}`
    },
    ofFlat: (rings) =>
      `{"type":"polygon","parts":[${rings.map((ring) => `{"outer":${textOfFlat(ring)},"holes":[]}`).join(',')}]}`,
  }
}
