/** Writes TIFFs of the kinds that cameras, microscopes and maps come in: strips and tiles, packed and plain. */
import { deflateSync } from 'node:zlib'

type Packing = 'none' | 'lzw' | 'deflate' | 'packbits'

export interface TiffShape {
  readonly width: number
  readonly height: number
  /** 1 grey, 3 RGB, 4 RGB and alpha; with `bands` any number of greys, as satellites and drones take them. */
  readonly channels: number
  readonly bands?: boolean
  /** Each channel in a plane of its own. */
  readonly planar?: boolean
  readonly packing?: Packing
  /** Differences to the sample before, as encoders write photos. */
  readonly predictor?: boolean
  readonly bigEndian?: boolean
  /** Strips of so many rows, or tiles of so many pixels each way. */
  readonly rows?: number
  readonly tile?: number
}

/** TIFF 6.0, section 13: a table that is cleared when its entry 4094 is there. */
const lzw = (bytes: Uint8Array): Buffer => {
  const out: number[] = []
  let [held, bits, width] = [0, 0, 9]
  const put = (code: number) => {
    held = (held << width) | code
    for (bits += width; bits >= 8; bits -= 8) out.push((held >> (bits - 8)) & 255)
    held &= (1 << bits) - 1
  }
  let table = new Map<number, number>()
  let next = 258
  const grow = () => {
    if (next === 512 || next === 1024 || next === 2048) width++
  }
  put(256)
  let code = bytes[0]!
  for (const byte of bytes.subarray(1)) {
    const key = code * 256 + byte
    const known = table.get(key)
    if (known !== undefined) {
      code = known
      continue
    }
    put(code)
    table.set(key, next++)
    code = byte
    if (next === 4095) {
      put(256)
      table = new Map()
      next = 258
      width = 9
    } else grow()
  }
  put(code)
  next++
  grow()
  put(257)
  if (bits > 0) out.push((held << (8 - bits)) & 255)
  return Buffer.from(out)
}

/** Runs of at least three, and what lies between them. */
const packBits = (bytes: Uint8Array): Buffer => {
  const out: number[] = []
  for (let at = 0; at < bytes.length;) {
    let run = 1
    while (run < 128 && bytes[at + run] === bytes[at]) run++
    if (run >= 3) {
      out.push(257 - run, bytes[at]!)
      at += run
      continue
    }
    const start = at
    const isRun = () => bytes[at] === bytes[at + 1] && bytes[at] === bytes[at + 2]
    do at++
    while (at < bytes.length && at - start < 128 && !isRun())
    out.push(at - start - 1, ...bytes.subarray(start, at))
  }
  return Buffer.from(out)
}

const packers: Record<Packing, { tag: number; pack: (bytes: Buffer) => Buffer }> = {
  none: { tag: 1, pack: (bytes) => bytes },
  lzw: { tag: 5, pack: lzw },
  deflate: { tag: 8, pack: (bytes) => deflateSync(bytes) },
  packbits: { tag: 32_773, pack: packBits },
}

type Values = Uint8Array | Uint16Array | Float32Array

const blockSize = ({ width, height, rows, tile }: TiffShape) =>
  tile === undefined ? ([width, rows ?? height] as const) : ([tile, tile] as const)

/** Strips or tiles as they are stored. */
const blocksOf = (shape: TiffShape, samples: Values): Buffer[] => {
  const { width, height, channels, packing = 'none', predictor = false, bigEndian = false, tile } = shape
  const bytes = samples.BYTES_PER_ELEMENT
  const [blockWidth, blockHeight] = blockSize(shape)
  const blocks: Buffer[] = []
  for (let top = 0; top < height; top += blockHeight)
    for (let left = 0; left < width; left += blockWidth) {
      const rows = tile === undefined ? Math.min(blockHeight, height - top) : blockHeight
      const block = new (samples.constructor as Uint16ArrayConstructor)(rows * blockWidth * channels)
      const right = Math.min(width, left + blockWidth)
      for (let y = 0; y < Math.min(rows, height - top); y++) {
        const row = (top + y) * width
        block.set(
          samples.subarray((row + left) * channels, (row + right) * channels),
          y * blockWidth * channels,
        )
      }
      if (predictor)
        for (let y = 0; y < rows; y++)
          for (let at = blockWidth * channels - 1; at >= channels; at--)
            block[y * blockWidth * channels + at]! -= block[y * blockWidth * channels + at - channels]!
      const stored = Buffer.from(block.buffer)
      if (bigEndian && bytes === 2) stored.swap16()
      blocks.push(packers[packing].pack(stored))
    }
  return blocks
}

/** @param samples [height * width * channels] */
export const writeTiff = (shape: TiffShape, samples: Values): Buffer => {
  const { width, height, channels, bands = false, planar = false } = shape
  const { packing = 'none', predictor = false, bigEndian = false, tile } = shape
  const bytes = samples.BYTES_PER_ELEMENT
  const [, blockHeight] = blockSize(shape)
  const planes = planar ? Array.from({ length: channels }, (_, plane) => plane) : []
  const planeOf = (plane: number) => samples.filter((_, index) => index % channels === plane)
  const blocks = planar
    ? planes.flatMap((plane) => blocksOf({ ...shape, channels: 1 }, planeOf(plane)))
    : blocksOf(shape, samples)
  const placeTag = tile === undefined ? 273 : 324
  const fields: [tag: number, type: 3 | 4, values: number[]][] = [
    [256, 4, [width]],
    [257, 4, [height]],
    [258, 3, Array.from({ length: channels }, () => 8 * bytes)],
    [259, 3, [packers[packing].tag]],
    [262, 3, [bands || channels === 1 ? 1 : 2]],
    [placeTag, 4, blocks.map(() => 0)],
    [277, 3, [channels]],
    ...(tile === undefined ? ([[278, 4, [blockHeight]]] as [number, 4, number[]][]) : []),
    [tile === undefined ? 279 : 325, 4, blocks.map((block) => block.length)],
    [284, 3, [planar ? 2 : 1]],
    [317, 3, [predictor ? 2 : 1]],
    ...(tile === undefined
      ? []
      : ([
          [322, 3, [tile]],
          [323, 3, [tile]],
        ] as [number, 3, number[]][])),
    ...(samples instanceof Float32Array
      ? ([[339, 3, Array.from({ length: channels }, () => 3)]] as [number, 3, number[]][])
      : []),
    ...(channels === 4 && !bands ? ([[338, 3, [2]]] as [number, 3, number[]][]) : []),
  ]
  fields.sort(([a], [b]) => a - b)
  const valuesAt = 8 + 2 + fields.length * 12 + 4
  const long = fields.map(([, type, values]) => (values.length * (type - 2) * 2 > 4 ? values.length * 4 : 0))
  let dataAt = valuesAt + long.reduce((sum, size) => sum + size, 0)
  const places = fields.find(([tag]) => tag === placeTag)![2]
  for (const [index, block] of blocks.entries()) {
    places[index] = dataAt
    dataAt += block.length
  }
  const head = Buffer.alloc(valuesAt + long.reduce((sum, size) => sum + size, 0))
  const uint16 = (value: number, at: number) =>
    bigEndian ? head.writeUInt16BE(value, at) : head.writeUInt16LE(value, at)
  const uint32 = (value: number, at: number) =>
    bigEndian ? head.writeUInt32BE(value, at) : head.writeUInt32LE(value, at)
  head.write(bigEndian ? 'MM' : 'II', 0, 'latin1')
  uint16(42, 2)
  uint32(8, 4)
  uint16(fields.length, 8)
  let valueAt = valuesAt
  for (const [index, [tag, type, values]] of fields.entries()) {
    const at = 10 + index * 12
    uint16(tag, at)
    uint16(type, at + 2)
    uint32(values.length, at + 4)
    const isLong = long[index]! > 0
    if (isLong) uint32(valueAt, at + 8)
    const from = isLong ? valueAt : at + 8
    const put = type === 3 ? uint16 : uint32
    for (const [place, value] of values.entries()) put(value, from + place * (type === 3 ? 2 : 4))
    valueAt += long[index]!
  }
  return Buffer.concat([head, ...blocks])
}
