/**
 * JPEG 2000 (.jp2 and bare codestreams): what the header claims, and the pixels, decoded by OpenJPEG as WebAssembly. Of
 * pictures with more than three bands three are shown, the first ones unless others were chosen.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { visitBoxes } from './boxes.ts'
import type { StoredImage } from './decode.ts'
import { MAX_BANDS } from '../../common/rendition.ts'
import { levelsOf, type Rendering } from './levels.ts'
import { distinct, paintRgb, plainLevels, shownOf, type Samples } from './samples.ts'

/** Of ISO/IEC 15444-1: the size marker of the codestream (A.5.1), and what the boxes around it say (annex I). */
export interface Jp2Header {
  readonly width: number
  readonly height: number
  readonly components: number
  /** Of the first component; `isEven` when all are alike and none is stored smaller than the picture. */
  readonly bits: number
  readonly isEven: boolean
  /** The last component is how opaque the pixel is. */
  readonly hasAlpha: boolean
  readonly hasPalette: boolean
  /** EnumCS: 16 sRGB, 17 grey, 18 YCC; null for a bare codestream and for ICC profiles. */
  readonly space: number | null
}

const CODESTREAM = Buffer.from('ff4fff51', 'hex')
const SIGNATURE = Buffer.from('0000000c6a5020200d0a870a', 'hex')
export const isJp2 = (bytes: Buffer): boolean =>
  bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE) || bytes.subarray(0, 4).equals(CODESTREAM)

const readBoxes = (bytes: Buffer) => {
  const found = { codestream: -1, space: null as number | null, hasAlpha: false, hasPalette: false }
  const readHead = (type: string, from: number, to: number) => {
    if (type === 'colr' && bytes[from] === 1) found.space ??= bytes.readUInt32BE(from + 3)
    if (type === 'pclr') found.hasPalette = true
    if (type === 'cdef')
      // N, and for each channel its number, its kind (1: opacity) and what it belongs to.
      for (let at = from + 2; at + 6 <= to; at += 6)
        if (bytes.readUInt16BE(at + 2) === 1) found.hasAlpha = true
    return true
  }
  visitBoxes(bytes, 0, bytes.length, (type, from, to) => {
    if (type === 'jp2h') visitBoxes(bytes, from, Math.min(to, bytes.length), readHead)
    if (type === 'jp2c') found.codestream = from
    return type !== 'jp2c'
  })
  return found
}

/** Null when the bytes hold no size. @throws RangeError when the header goes on behind them */
export const readJp2Header = (bytes: Buffer): Jp2Header | null => {
  const isBare = bytes.subarray(0, 4).equals(CODESTREAM)
  const { codestream, ...boxes } = isBare
    ? { codestream: 0, space: null, hasAlpha: false, hasPalette: false }
    : readBoxes(bytes)
  if (codestream < 0 || !bytes.subarray(codestream, codestream + 4).equals(CODESTREAM)) return null
  // After SOC and the marker: Lsiz, Rsiz, Xsiz, Ysiz, XOsiz, YOsiz, four of the tiles, Csiz; then three bytes a component.
  const at = codestream + 4
  const word = (index: number) => bytes.readUInt32BE(at + 4 + index * 4)
  const components = bytes.readUInt16BE(at + 36)
  const first = at + 38
  const parts = Array.from({ length: components }, (_, index) => {
    const [depth, dx, dy] = bytes.subarray(first + index * 3, first + index * 3 + 3)
    return [depth ?? -1, dx ?? 0, dy ?? 0] as const
  })
  const depth = parts[0]?.[0] ?? -1
  return {
    ...boxes,
    width: word(0) - word(2),
    height: word(1) - word(3),
    components,
    bits: (depth & 0x7f) + 1,
    isEven: depth >= 0 && parts.every(([other, dx, dy]) => other === depth && dx === 1 && dy === 1),
  }
}

interface Decoder {
  getEncodedBuffer(length: number): Uint8Array
  decode(): void
  /** A view into the module's memory. */
  getDecodedBuffer(): Uint8Array
  getFrameInfo(): {
    width: number
    height: number
    bitsPerSample: number
    componentCount: number
    isSigned: boolean
  }
}

type OpenJpeg = (options: {
  wasmBinary: Uint8Array
  print: (line: string) => void
  printErr: (line: string) => void
}) => Promise<{ readonly J2KDecoder: new () => Decoder }>

const require = createRequire(import.meta.url)
const silent = () => undefined

/** An instance for one picture: a damaged one may leave it unusable, and its memory goes with it. */
const startDecoder = async (): Promise<Decoder> => {
  const open = require('@cornerstonejs/codec-openjpeg/decodewasmjs') as OpenJpeg
  const wasmBinary = readFileSync(require.resolve('@cornerstonejs/codec-openjpeg/decodewasm'))
  const { J2KDecoder } = await open({ wasmBinary, print: silent, printErr: silent })
  return new J2KDecoder()
}

/** Signed ones as floats, which keep every number of 16 bits. */
const samplesOf = (bytes: Uint8Array, bits: number, isSigned: boolean): Samples => {
  if (bits <= 8) return isSigned ? Float32Array.from(new Int8Array(bytes.buffer)) : bytes
  return isSigned ? Float32Array.from(new Int16Array(bytes.buffer)) : new Uint16Array(bytes.buffer)
}

/** EnumCS of YCC and CMYK: their values are no colours of the screen. */
const foreignSpaces: readonly (number | null)[] = [18, 12, 24]

/** From how many bands three can be chosen; 0 for greys, colours and palettes. @throws RangeError as `readJp2Header` */
export const bandsOfJp2 = (bytes: Buffer): number => {
  const header = readJp2Header(bytes)
  if (header === null || header.hasPalette) return 0
  const { components, hasAlpha } = header
  return components > (hasAlpha ? 4 : 3) && components <= MAX_BANDS ? components : 0
}

/** @throws Error for damaged files, and kinds that are not read */
export const decodeJp2 = async (bytes: Buffer, rendering: Rendering): Promise<StoredImage> => {
  const header = readJp2Header(bytes)
  if (header === null) throw new Error('It has no codestream.')
  const { isEven, bits, space, hasAlpha } = header
  if (!isEven || bits > 16 || foreignSpaces.includes(space))
    throw new Error(
      'Components of different sizes or depths, of over 16 bits, YCC and CMYK are not supported.',
    )
  const decoder = await startDecoder()
  decoder.getEncodedBuffer(bytes.length).set(bytes)
  decoder.decode()
  const { width, height, componentCount, isSigned, bitsPerSample } = decoder.getFrameInfo()
  const raw = new Uint8Array(decoder.getDecodedBuffer())
  const size = width * height * componentCount * (bitsPerSample <= 8 ? 1 : 2)
  if (size === 0 || raw.length !== size || width !== header.width || height !== header.height)
    throw new Error('Its pixels are not what its header says.')
  const samples = samplesOf(raw, bitsPerSample, isSigned)
  const alpha = hasAlpha && !isSigned && (bitsPerSample === 8 || bitsPerSample === 16)
  const isGrey = componentCount - (hasAlpha ? 1 : 0) < 3
  const shown = isGrey ? ([0, 0, 0] as const) : shownOf(componentCount, rendering.bands)
  const full = isSigned ? null : 2 ** bitsPerSample - 1
  const rgb = new Uint8ClampedArray(width * height * 3)
  const levels =
    bitsPerSample === 8 && !isSigned
      ? plainLevels
      : levelsOf(samples, componentCount, distinct(shown), full, rendering)
  paintRgb(samples, { channels: componentCount, alpha, shown }, levels, rgb, 0, width * height)
  return { width, height, rgb: new Uint8Array(rgb.buffer) }
}
