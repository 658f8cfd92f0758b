/** float16 (IEEE 754 binary16) by its bits, for detectors that take or give it. Pure. */
import { fromHalf } from '../likeness.ts'

const float = new Float32Array(1)
const bits = new Uint32Array(float.buffer)

/** Rounded to the nearest, halves away from zero; beyond 65,504 it is infinite. */
const toHalf = (value: number): number => {
  float[0] = value
  const all = bits[0]!
  const sign = (all >>> 16) & 0x8000
  const magnitude = Math.abs(float[0])
  if (Number.isNaN(magnitude)) return sign | 0x7e00
  if (magnitude >= 65_520) return sign | 0x7c00
  // Below 2^-14 the steps are 2^-24.
  if (magnitude < 2 ** -14) return sign | Math.round(magnitude * 2 ** 24)
  return sign | ((((all & 0x7fff_ffff) - (112 << 23) + 0x1000) >>> 13) & 0x7fff)
}

export const halvesOf = (floats: Float32Array): Uint16Array => Uint16Array.from(floats, toHalf)

export const floatsOf = (halves: Uint16Array): Float32Array => Float32Array.from(halves, fromHalf)
