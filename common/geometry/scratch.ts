/**
 * Memory for the arrays of one piece of work, which is kept for the next: asking the system for
 * the 10 MB of a large mask each time takes a third of what its polygon takes.
 */

export interface Scratch {
  /** Holding whatever was there before. */
  doubles(count: number): Float64Array
  /** Holding whatever was there before. */
  floats(count: number): Float32Array
  /** All 0. */
  bytes(count: number): Uint8Array
  /** What was handed out is free to be handed out again. */
  clear(): void
}

/** Arrays begin at multiples of this, so that any kind of number fits. */
const ALIGNED = 8
/** Small arrays share a piece of memory of this size, bytes: the first is small, since most work is. */
const [FIRST_BYTES, PIECE_BYTES] = [2 ** 14, 2 ** 18]

export const createScratch = (): Scratch => {
  let piece = new ArrayBuffer(0)
  let used = 0
  /** Of all pieces since it was cleared, bytes. */
  let total = 0
  const take = (wanted: number) => {
    const bytes = Math.ceil(wanted / ALIGNED) * ALIGNED
    if (used + bytes > piece.byteLength) {
      // What was handed out keeps the old one alive.
      const usual = Math.min(PIECE_BYTES, Math.max(FIRST_BYTES, 4 * piece.byteLength))
      piece = new ArrayBuffer(Math.max(bytes, usual))
      total += piece.byteLength
      used = 0
    }
    used += bytes
    return used - bytes
  }
  // The place first: taking it may change the piece.
  return {
    doubles(count) {
      const at = take(8 * count)
      return new Float64Array(piece, at, count)
    },
    floats(count) {
      const at = take(4 * count)
      return new Float32Array(piece, at, count)
    },
    bytes(count) {
      const at = take(count)
      return new Uint8Array(piece, at, count).fill(0)
    },
    clear() {
      // Next time all is in one piece.
      if (total > piece.byteLength) piece = new ArrayBuffer(total)
      total = piece.byteLength
      used = 0
    },
  }
}
