/**
 * Half-precision floats (IEEE 754 binary16) for embeddings on disk. Float16Array would do, but Node 20 lacks it.
 * Conversion by tables, after J. van der Zijp, "Fast Half Float Conversions".
 */

const float = new Float32Array(1)
const bits = new Uint32Array(float.buffer)

/** By the 9 bits of sign and exponent: what to add, and how far to shift the fraction. */
const createEncodeTables = () => {
  const base = new Uint16Array(512)
  const shift = new Uint8Array(512)
  for (let i = 0; i < 512; i++) {
    const sign = (i & 0x100) << 7
    const exponent = (i & 0xff) - 127
    if (exponent < -25) [base[i], shift[i]] = [sign, 24]
    else if (exponent < -14) [base[i], shift[i]] = [sign | (0x0400 >> (-exponent - 14)), -exponent - 1]
    else if (exponent <= 15) [base[i], shift[i]] = [sign | ((exponent + 15) << 10), 13]
    else if (exponent < 128) [base[i], shift[i]] = [sign | 0x7c00, 24]
    else [base[i], shift[i]] = [sign | 0x7c00, 13]
  }
  return { base, shift }
}

const toFloat = (half: number) => {
  const sign = half & 0x8000 ? -1 : 1
  const exponent = (half >> 10) & 0x1f
  const fraction = half & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

const { base, shift } = createEncodeTables()
const decoded = Float32Array.from({ length: 65536 }, (_, half) => toFloat(half))

/** Rounds half up in magnitude: within half a unit of the last place. */
export const encodeHalf = (values: Float32Array): Uint16Array => {
  const halves = new Uint16Array(values.length)
  for (let i = 0; i < values.length; i++) {
    float[0] = values[i]!
    const whole = bits[0]!
    const key = whole >>> 23
    const fraction = (whole & 0x7fffff) | 0
    const right = shift[key]!
    const round = right < 24 ? (fraction >> (right - 1)) & 1 : 0
    halves[i] = base[key]! + (fraction >> right) + round
  }
  return halves
}

export const decodeHalf = (halves: Uint16Array): Float32Array => {
  const values = new Float32Array(halves.length)
  for (let i = 0; i < halves.length; i++) values[i] = decoded[halves[i]!]!
  return values
}
