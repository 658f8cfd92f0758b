/**
 * Looks through a frame before anything of it is made: how many values it claims, how deep they lie, how long its texts
 * are. A few bytes can claim billions, and a decoder believes them. Reads MessagePack as its specification has it
 * (https://github.com/msgpack/msgpack/blob/master/spec.md) and makes no value.
 */

export interface FrameLimits {
  readonly bytes: number
  /** Values of all kinds, keys of maps among them. */
  readonly values: number
  /** Arrays and maps inside one another. */
  readonly depth: number
  /** Of one text, one typed array or one other run of bytes. */
  readonly runBytes: number
}

/**
 * A Diff of 5,000 polygons with 100 points each is 10 MB and 1.6 million values; a mask's logits are 256 kB; the
 * contract's own values lie at most 12 deep.
 */
export const frameLimits: FrameLimits = { bytes: 24e6, values: 2e6, depth: 16, runBytes: 1e6 }

/** Typed arrays, and `undefined`: all that the page sends beside plain values. msgpackr has types that run code. */
const extensions = new Set([0x74, 0x00])

/** What a head says: how many bytes a number in it or a length after it takes, or how many values follow. */
type Head =
  | { readonly kind: 'number'; readonly bytes: number }
  | { readonly kind: 'run' | 'extension' | 'array' | 'map'; readonly count: number }
  | { readonly kind: 'run' | 'extension' | 'array' | 'map'; readonly lengthBytes: 1 | 2 | 4 }

/** 0xc0 to 0xdf in their order; null is what the specification never uses. */
const heads: readonly (Head | null)[] = [
  { kind: 'number', bytes: 0 },
  null,
  { kind: 'number', bytes: 0 },
  { kind: 'number', bytes: 0 },
  ...([1, 2, 4] as const).map((lengthBytes): Head => ({ kind: 'run', lengthBytes })),
  ...([1, 2, 4] as const).map((lengthBytes): Head => ({ kind: 'extension', lengthBytes })),
  ...[4, 8, 1, 2, 4, 8, 1, 2, 4, 8].map((bytes): Head => ({ kind: 'number', bytes })),
  ...[1, 2, 4, 8, 16].map((count): Head => ({ kind: 'extension', count })),
  ...([1, 2, 4] as const).map((lengthBytes): Head => ({ kind: 'run', lengthBytes })),
  ...([2, 4] as const).map((lengthBytes): Head => ({ kind: 'array', lengthBytes })),
  ...([2, 4] as const).map((lengthBytes): Head => ({ kind: 'map', lengthBytes })),
]

const headOf = (byte: number): Head | null => {
  if (byte <= 0x7f || byte >= 0xe0) return { kind: 'number', bytes: 0 }
  if (byte <= 0x8f) return { kind: 'map', count: byte & 0x0f }
  if (byte <= 0x9f) return { kind: 'array', count: byte & 0x0f }
  if (byte <= 0xbf) return { kind: 'run', count: byte & 0x1f }
  return heads[byte - 0xc0] ?? null
}

/** True when `frame` is exactly one value inside the limits. */
export const isFrameWithin = (frame: Uint8Array, limits: FrameLimits = frameLimits): boolean => {
  if (frame.byteLength > limits.bytes) return false
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  /** How many values are still to come, one number for each array or map that is open. */
  const open = [1]
  let at = 0
  let values = 0
  while (open.length > 0) {
    const level = open.length - 1
    if (open[level] === 0) {
      open.pop()
      continue
    }
    open[level]! -= 1
    values += 1
    if (values > limits.values || at >= frame.byteLength) return false
    const head = headOf(frame[at]!)
    at += 1
    if (head === null) return false
    if (head.kind === 'number') {
      at += head.bytes
      continue
    }
    let count: number
    if ('count' in head) count = head.count
    else {
      const { lengthBytes } = head
      if (at + lengthBytes > frame.byteLength) return false
      count =
        lengthBytes === 1 ? view.getUint8(at) : lengthBytes === 2 ? view.getUint16(at) : view.getUint32(at)
      at += lengthBytes
    }
    if (head.kind === 'array' || head.kind === 'map') {
      const inside = head.kind === 'map' ? count * 2 : count
      // Each value takes at least a byte: what claims more is no frame.
      if (inside > frame.byteLength - at || open.length > limits.depth) return false
      open.push(inside)
      continue
    }
    if (head.kind === 'extension') {
      if (at >= frame.byteLength || !extensions.has(frame[at]!)) return false
      at += 1
    }
    if (count > limits.runBytes) return false
    at += count
  }
  return at === frame.byteLength
}
