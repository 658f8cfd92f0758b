/**
 * Room for the arrays of one piece of work, handed out from memory that is kept for the next: asking the system for
 * the 10 MB of a large mask each time takes a third of what its polygon takes.
 */

export interface Room {
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
const LEAST_BYTES = 2 ** 20

export const createRoom = (): Room => {
  let buffer = new ArrayBuffer(0)
  let used = 0
  const take = (bytes: number) => {
    if (used + bytes > buffer.byteLength) {
      // What was handed out keeps the old one alive.
      buffer = new ArrayBuffer(Math.max(2 * buffer.byteLength, bytes, LEAST_BYTES))
      used = 0
    }
    const at = used
    used += Math.ceil(bytes / ALIGNED) * ALIGNED
    return at
  }
  // The place first: taking it may change the buffer.
  return {
    doubles(count) {
      const at = take(8 * count)
      return new Float64Array(buffer, at, count)
    },
    floats(count) {
      const at = take(4 * count)
      return new Float32Array(buffer, at, count)
    },
    bytes(count) {
      const at = take(count)
      return new Uint8Array(buffer, at, count).fill(0)
    },
    clear() {
      used = 0
    },
  }
}
