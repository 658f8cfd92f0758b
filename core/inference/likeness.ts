/** How like two embeddings are. Pure. */

/** The number that the bits of a float16 say. */
export const fromHalf = (half: number): number => {
  const sign = half & 0x8000 ? -1 : 1
  const exponent = (half >>> 10) & 31
  const part = half & 1023
  if (exponent === 0) return sign * part * 2 ** -24
  if (exponent === 31) return part === 0 ? sign * Infinity : NaN
  return sign * (1 + part / 1024) * 2 ** (exponent - 15)
}

/** Cosine of two rows of float16 bits; NaN where one holds what is no number, or nothing but zeros. */
export const cosineOf = (one: Uint16Array, other: Uint16Array): number => {
  let [both, first, second] = [0, 0, 0]
  for (const [at, bits] of one.entries()) {
    const [a, b] = [fromHalf(bits), fromHalf(other[at] ?? 0)]
    both += a * b
    first += a * a
    second += b * b
  }
  return both / Math.sqrt(first * second)
}
