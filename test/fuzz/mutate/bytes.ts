/** Bytes with some of them changed, as drives, transfers and strangers do it. */
import type { Random } from '../random.ts'

const numbers = [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0xffffffff, 0x10000, 20_000]

type Change = (bytes: Buffer, random: Random, others: readonly Uint8Array[]) => Buffer

/** The head of a file is hit more often than its share. */
const placeIn = (bytes: Buffer, random: Random): number =>
  random.below(random.chance(0.4) ? Math.min(bytes.length, 200) : bytes.length)

/** Short runs mostly. */
const lengthIn = (bytes: Buffer, random: Random): number =>
  1 + random.below(random.chance(0.7) ? 16 : bytes.length)

const changes: Readonly<Record<string, Change>> = {
  flip(bytes, random) {
    for (let count = 1 + random.below(8); count > 0; count -= 1)
      bytes[placeIn(bytes, random)]! ^= 1 << random.below(8)
    return bytes
  },
  overwrite(bytes, random) {
    const at = placeIn(bytes, random)
    random.bytes(Math.min(lengthIn(bytes, random), bytes.length - at, 4000)).copy(bytes, at)
    return bytes
  },
  number(bytes, random) {
    const value = random.pick(numbers)
    const width = random.pick([1, 2, 4])
    const at = placeIn(bytes, random)
    if (at + width > bytes.length) return bytes
    const held = width === 4 ? value : value % 2 ** (8 * width)
    if (random.chance(0.5)) bytes.writeUIntBE(held, at, width)
    else bytes.writeUIntLE(held, at, width)
    return bytes
  },
  cut: (bytes, random) => bytes.subarray(0, placeIn(bytes, random)),
  remove(bytes, random) {
    const at = placeIn(bytes, random)
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + lengthIn(bytes, random))])
  },
  insert(bytes, random) {
    const at = placeIn(bytes, random)
    return Buffer.concat([bytes.subarray(0, at), random.bytes(1 + random.below(64)), bytes.subarray(at)])
  },
  repeat(bytes, random) {
    const at = placeIn(bytes, random)
    const piece = bytes.subarray(at, at + lengthIn(bytes, random))
    const times = Math.min(random.pick([2, 10, 1000]), Math.ceil(1e6 / Math.max(1, piece.length)))
    return Buffer.concat([bytes.subarray(0, at), ...Array<Buffer>(times).fill(piece), bytes.subarray(at)])
  },
  splice(bytes, random, others) {
    const other = Buffer.from(random.pick(others))
    return Buffer.concat([bytes.subarray(0, placeIn(bytes, random)), other.subarray(placeIn(other, random))])
  },
  zero(bytes, random) {
    const at = placeIn(bytes, random)
    return bytes.fill(0, at, Math.min(bytes.length, at + lengthIn(bytes, random)))
  },
}

const names = Object.keys(changes)

/**
 * A copy with one to four changes.
 * @param others files of the same kind, a piece of one of which may be put in
 * @returns the bytes and the names of what was done
 */
export const mutateBytes = (
  seed: Uint8Array,
  random: Random,
  others: readonly Uint8Array[] = [seed],
): { bytes: Buffer; about: string } => {
  let bytes: Buffer = Buffer.from(seed)
  const done: string[] = []
  for (let count = 1 + random.below(random.chance(0.7) ? 1 : 4); count > 0 && bytes.length > 0; count -= 1) {
    const name = random.pick(names)
    bytes = changes[name]!(bytes, random, others)
    done.push(name)
  }
  return { bytes, about: done.join(', ') }
}
