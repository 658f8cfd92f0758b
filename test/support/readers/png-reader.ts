/**
 * A second reader of PNG, from the specification (W3C): one channel of 8 or 16 bits, or a palette; every filter, every
 * checksum. Shares nothing with the writer.
 */
import { readFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'

export interface PngNumbers {
  readonly width: number
  readonly height: number
  readonly bits: number
  /** [height * width] row by row; indexes when there is a palette. */
  readonly values: readonly number[]
  /** Red, green, blue of each value; null without a palette. */
  readonly palette: readonly (readonly number[])[] | null
}

const crcOf = (bytes: Buffer): number => {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

const paeth = (a: number, b: number, c: number) => {
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)]
  if (pa <= pb && pa <= pc) return a
  return pb <= pc ? b : c
}

const unfilter = (raw: Buffer, height: number, rowBytes: number, pixelBytes: number): Buffer => {
  const out = Buffer.alloc(height * rowBytes)
  for (let row = 0; row < height; row++) {
    const filter = raw[row * (rowBytes + 1)]!
    for (let i = 0; i < rowBytes; i++) {
      const at = row * rowBytes + i
      const left = i >= pixelBytes ? out[at - pixelBytes]! : 0
      const up = row > 0 ? out[at - rowBytes]! : 0
      const corner = row > 0 && i >= pixelBytes ? out[at - rowBytes - pixelBytes]! : 0
      const add = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]
      if (add === undefined) throw new Error(`No such filter: ${filter}`)
      out[at] = (raw[row * (rowBytes + 1) + 1 + i]! + add) & 255
    }
  }
  return out
}

export const readPng = (file: string): PngNumbers => {
  const bytes = readFileSync(file)
  if (bytes.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') throw new Error(`${file} is no PNG.`)
  const chunks = new Map<string, Buffer>()
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at)
    const type = bytes.toString('latin1', at + 4, at + 8)
    const data = bytes.subarray(at + 8, at + 8 + length)
    if (crcOf(bytes.subarray(at + 4, at + 8 + length)) !== bytes.readUInt32BE(at + 8 + length))
      throw new Error(`${type} has a wrong checksum.`)
    chunks.set(type, Buffer.concat([chunks.get(type) ?? Buffer.alloc(0), data]))
    at += 12 + length
  }
  const header = chunks.get('IHDR')!
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const [bits, colour, compression, filter, interlace] = [...header.subarray(8)]
  if (!chunks.has('IEND') || compression !== 0 || filter !== 0 || interlace !== 0)
    throw new Error('Not a PNG that is read here.')
  if (!(colour === 0 && (bits === 8 || bits === 16)) && !(colour === 3 && bits === 8))
    throw new Error(`Not one channel: colour ${colour}, ${bits} bits`)
  const step = bits === 16 ? 2 : 1
  const pixels = unfilter(inflateSync(chunks.get('IDAT')!), height, width * step, step)
  const values = Array.from({ length: width * height }, (_, index) =>
    step === 2 ? pixels.readUInt16BE(2 * index) : pixels[index]!,
  )
  const plte = chunks.get('PLTE')
  const palette = plte
    ? Array.from({ length: plte.length / 3 }, (_, index) => [...plte.subarray(3 * index, 3 * index + 3)])
    : null
  return { width, height, bits: bits, values, palette }
}
