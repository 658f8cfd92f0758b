/**
 * HEIF with HEVC inside (.heic, as phones take photos): the size that the boxes claim, and the pixels, decoded by libheif
 * as WebAssembly. Its turns are the boxes' own (`irot`, `imir`) and are applied here; EXIF in it counts for nothing.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { visitBoxes } from './boxes.ts'
import type { StoredImage } from './decode.ts'
import { toRgb } from './samples.ts'

/** Brands of HEVC stills, and those of any codec, which AVIF is told from before. */
const brand = /hei[cxms]|hev[cxms]|mif1|msf1/

export const isHeif = (bytes: Buffer): boolean =>
  bytes.toString('latin1', 4, 8) === 'ftyp' && brand.test(bytes.toString('latin1', 8, 40))

interface Box {
  readonly type: string
  readonly from: number
  readonly to: number
}

const boxesIn = (bytes: Buffer, from: number, to: number): Box[] => {
  const boxes: Box[] = []
  visitBoxes(
    bytes,
    from,
    Math.min(to, bytes.length),
    (type, start, end) => boxes.push({ type, from: start, to: end }) > 0,
  )
  return boxes
}

/** Version and flags of a "full" box. */
const FULL = 4

/** Which properties an item has, counted from 1, in their order: an `ipma` box (ISO/IEC 23008-12, 9.3). */
const propertiesOf = (bytes: Buffer, ipma: Box, item: number): number[] => {
  const isWide = bytes[ipma.from]! >= 1
  const isLong = (bytes[ipma.from + 3]! & 1) === 1
  let at = ipma.from + FULL
  const entries = bytes.readUInt32BE(at)
  at += 4
  for (let entry = 0; entry < entries && at < ipma.to; entry++) {
    const id = isWide ? bytes.readUInt32BE(at) : bytes.readUInt16BE(at)
    at += isWide ? 4 : 2
    const count = bytes.readUInt8(at++)
    const step = isLong ? 2 : 1
    if (id === item)
      return Array.from({ length: count }, (_, index) =>
        isLong ? bytes.readUInt16BE(at + index * 2) & 0x7fff : bytes.readUInt8(at + index) & 0x7f,
      )
    at += count * step
  }
  return []
}

/**
 * The size of the primary picture, upright: cut (`clap`) and turned (`irot`) as its boxes say, in their order.
 * @returns null when there is none
 * @throws RangeError when a box goes on behind the bytes
 */
export const readHeifSize = (bytes: Buffer): { readonly width: number; readonly height: number } | null => {
  const find = (boxes: readonly Box[], type: string) => boxes.find((box) => box.type === type)
  const meta = find(boxesIn(bytes, 0, bytes.length), 'meta')
  if (meta === undefined) return null
  if (meta.to > bytes.length) throw new RangeError('The boxes go on behind the bytes.')
  const inside = boxesIn(bytes, meta.from + FULL, meta.to)
  const [primary, iprp] = [find(inside, 'pitm'), find(inside, 'iprp')]
  if (primary === undefined || iprp === undefined) return null
  const item =
    bytes[primary.from] === 0
      ? bytes.readUInt16BE(primary.from + FULL)
      : bytes.readUInt32BE(primary.from + FULL)
  const properties = boxesIn(bytes, iprp.from, iprp.to)
  const shared = find(properties, 'ipco')
  if (shared === undefined) return null
  const known = boxesIn(bytes, shared.from, shared.to)
  let size: { width: number; height: number } | null = null
  for (const ipma of properties.filter(({ type }) => type === 'ipma'))
    for (const index of propertiesOf(bytes, ipma, item)) {
      const box = known[index - 1]
      const part = (at: number) =>
        Math.round(bytes.readUInt32BE(box!.from + at) / bytes.readUInt32BE(box!.from + at + 4))
      if (box?.type === 'ispe')
        size = { width: bytes.readUInt32BE(box.from + FULL), height: bytes.readUInt32BE(box.from + FULL + 4) }
      if (box?.type === 'clap' && size !== null) size = { width: part(0), height: part(8) }
      if (box?.type === 'irot' && size !== null && (bytes[box.from]! & 1) === 1)
        size = { width: size.height, height: size.width }
    }
  return size
}

/** What libheif answers when something is wrong, in place of a result. */
interface Fault {
  readonly code?: { readonly value: number }
  readonly message?: string
}

interface Plane {
  readonly id: unknown
  readonly width: number
  readonly height: number
  /** Bytes a row. */
  readonly stride: number
  readonly data: Uint8Array
}

/** A part of libheif's C interface, as its package exports it. */
interface LibHeif {
  readonly heif_error_code: { readonly heif_error_Ok: unknown }
  readonly heif_colorspace: { readonly heif_colorspace_RGB: unknown }
  readonly heif_chroma: { readonly heif_chroma_interleaved_RGBA: unknown }
  readonly heif_channel: { readonly heif_channel_interleaved: unknown }
  heif_context_alloc(): object | null
  heif_context_read_from_memory(context: object, bytes: Uint8Array): Fault
  heif_js_context_get_primary_image_handle(context: object): (object & Fault) | null
  heif_js_decode_image2(
    handle: object,
    space: unknown,
    chroma: unknown,
  ): (Fault & { readonly channels: readonly Plane[] }) | null
}

const require = createRequire(import.meta.url)
const silent = () => undefined

/** An instance for one picture: a damaged one may leave it unusable, and its memory goes with it. */
const startLibHeif = (): LibHeif => {
  const open = require('libheif-js/libheif-wasm/libheif.js') as (options: object) => LibHeif
  const wasmBinary = readFileSync(require.resolve('libheif-js/libheif-wasm/libheif.wasm'))
  return open({ wasmBinary, print: silent, printErr: silent })
}

/** Rows without what fills them up. */
const packed = ({ width, height, stride, data }: Plane): Uint8Array => {
  const row = width * 4
  if (stride < row || data.length < (height - 1) * stride + row) throw new Error('A plane is too short.')
  const rgba = new Uint8Array(row * height)
  for (let y = 0; y < height; y++) rgba.set(data.subarray(y * stride, y * stride + row), y * row)
  return rgba
}

/** Upright, of 8 bits. @throws Error for damaged files, and kinds that are not read */
export const decodeHeif = (bytes: Buffer): StoredImage => {
  const heif = startLibHeif()
  const context = heif.heif_context_alloc()
  if (context === null) throw new Error('There is no memory for a decoder.')
  const read = heif.heif_context_read_from_memory(context, bytes)
  if (read.code !== heif.heif_error_code.heif_error_Ok) throw new Error(read.message)
  const handle = heif.heif_js_context_get_primary_image_handle(context)
  if (handle === null || handle.code !== undefined)
    throw new Error(handle?.message ?? 'It has no primary picture.')
  const image = heif.heif_js_decode_image2(
    handle,
    heif.heif_colorspace.heif_colorspace_RGB,
    heif.heif_chroma.heif_chroma_interleaved_RGBA,
  )
  if (image === null || image.code !== undefined) throw new Error(image?.message ?? 'It was not decoded.')
  const plane = image.channels.find(({ id }) => id === heif.heif_channel.heif_channel_interleaved)
  if (plane === undefined) throw new Error('It has no colours.')
  const { width, height } = plane
  const claimed = readHeifSize(bytes)
  if (width !== claimed?.width || height !== claimed.height)
    throw new Error('Its pixels are not what its boxes say.')
  return { width, height, rgb: toRgb(packed(plane), { channels: 4, alpha: true }) }
}
