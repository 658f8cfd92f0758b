/**
 * Unpacks the strips and tiles of a TIFF in pieces, so that none is held whole: a reader that has its rows stops asking.
 * Each piece is valid until the next one is asked for.
 */
import { createInflate, inflateSync } from 'node:zlib'

type Pieces = Iterable<Uint8Array> | AsyncIterable<Uint8Array>

/** A piece is no larger, but for what is not packed, which is a view of the file. */
export const PIECE_BYTES = 2 ** 16

const CLEAR = 256
const END = 257
const CODES = 4096

/**
 * LZW as TIFF has it: codes of 9 to 12 bits, the highest bit first, growing one code early (TIFF 6.0, section 13).
 * @throws Error at a code that is not defined yet
 */
export function* unlzw(packed: Uint8Array): Generator<Uint8Array> {
  const before = new Uint16Array(CODES)
  const last = new Uint8Array(CODES)
  const first = new Uint8Array(CODES)
  const length = new Uint16Array(CODES)
  for (let code = 0; code < CLEAR; code++) {
    last[code] = code
    first[code] = code
    length[code] = 1
  }
  const piece = new Uint8Array(PIECE_BYTES)
  let filled = 0
  let next = END + 1
  let width = 9
  let previous = -1
  let held = 0
  let bits = 0
  for (let at = 0; ;) {
    while (bits < width && at < packed.length) {
      held = ((held << 8) | packed[at++]!) & 0xff_ffff
      bits += 8
    }
    if (bits < width) break
    bits -= width
    const code = (held >> bits) & ((1 << width) - 1)
    if (code === END) break
    if (code === CLEAR) {
      next = END + 1
      width = 9
      previous = -1
      continue
    }
    const isNext = code === next && previous >= 0
    if (code >= (previous < 0 ? CLEAR : next) && !isNext) throw new Error('A code of LZW is not defined.')
    if (previous >= 0 && next < CODES) {
      before[next] = previous
      first[next] = first[previous]!
      last[next] = isNext ? first[previous]! : first[code]!
      length[next] = length[previous]! + 1
      next++
      if (next >= (1 << width) - 1 && width < 12) width++
    } else if (isNext) throw new Error('The table of LZW is full.')
    if (filled + length[code]! > PIECE_BYTES) {
      yield piece.subarray(0, filled)
      filled = 0
    }
    // From its end to its beginning: each code knows the one it continues.
    let to = filled + length[code]!
    filled = to
    for (let one = code, left = length[code]!; left > 0; left--, one = before[one]!) piece[--to] = last[one]!
    previous = code
  }
  yield piece.subarray(0, filled)
}

/** @throws Error where a run goes on behind the end */
export function* unpackBits(packed: Uint8Array): Generator<Uint8Array> {
  const piece = new Uint8Array(PIECE_BYTES)
  let filled = 0
  for (let at = 0; at < packed.length;) {
    const head = packed[at++]!
    if (head === 128) continue
    if (filled + 128 > PIECE_BYTES) {
      yield piece.subarray(0, filled)
      filled = 0
    }
    const run = head < 128 ? head + 1 : 257 - head
    if (at + (head < 128 ? run : 1) > packed.length) throw new Error('A run of PackBits is cut off.')
    if (head < 128) piece.set(packed.subarray(at, at + run), filled)
    else piece.fill(packed[at]!, filled, filled + run)
    at += head < 128 ? run : 1
    filled += run
  }
  yield piece.subarray(0, filled)
}

/** One call for a small block; a stream costs more than such a block takes. */
export async function* inflate(packed: Uint8Array, blockBytes: number): AsyncGenerator<Uint8Array> {
  if (blockBytes < PIECE_BYTES) {
    yield inflateSync(packed, { chunkSize: blockBytes + 64, maxOutputLength: PIECE_BYTES })
    return
  }
  const stream = createInflate({ chunkSize: PIECE_BYTES })
  stream.end(packed)
  for await (const piece of stream) yield piece as Uint8Array
}

/** By the number of TIFF's Compression. `blockBytes` is what a whole block holds. */
export const unpackers: Readonly<Record<number, (packed: Uint8Array, blockBytes: number) => Pieces>> = {
  1: (plain) => [plain],
  5: unlzw,
  8: inflate,
  32_946: inflate,
  32_773: unpackBits,
}
