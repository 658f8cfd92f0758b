/**
 * Decodes the common TIFFs row by row: greys, colours and pictures of many bands, of 8 and 16 bits, in
 * strips or tiles, BigTIFF too. Of many bands three are shown, the first ones unless
 * others were chosen. It holds the file, one piece of a strip, one row, and the result; more than 8 bits are read twice, first to count the values.
 * Whatever it does not read, and every damaged file, is left to the libraries (decode.ts).
 */
import type { StoredImage } from './decode.ts'
import { MAX_BANDS } from '../../common/rendition.ts'
import { levelsOfCounts, plainRendering, stepOf, type Levels, type Rendering } from './levels.ts'
import {
  distinct,
  paintRgb,
  plainLevels,
  samplesOf,
  shownOf,
  type Samples,
  type SampleLayout,
  type Shown,
} from './samples.ts'
import { openDirectory, readTiffPage, type TiffPage } from './tiff-directory.ts'
import { unpackers } from './tiff-unpack.ts'

/** Of a strip or tile: it may claim to be far wider than its picture. */
const MAX_ROW_BYTES = 2 ** 26

interface Layout extends SampleLayout {
  readonly bytes: 1 | 2
  /** Each sample in a plane of its own, and `channels` is 1. */
  readonly isPlanar: boolean
}

/** Null for what is left to the libraries. */
const layoutOf = (page: TiffPage): Layout | null => {
  const { bitsPerSample, samplesPerPixel: channels, photometric, hasAlpha } = page
  const isGrey = channels === 1 && photometric === 1
  const alpha = photometric === 2 && channels === 4 && hasAlpha
  const isColor = channels >= 3 && channels <= MAX_BANDS && (photometric === 2 || photometric === 1)
  const isPlanar = page.planar === 2 && channels > 1
  const isRead =
    (isGrey || isColor) &&
    !(isPlanar && alpha) &&
    page.isPlain &&
    page.sampleFormat === 1 &&
    (page.predictor === 1 || page.predictor === 2) &&
    unpackers[page.compression] !== undefined &&
    page.blockHeight > 0
  if (!isRead || (bitsPerSample !== 8 && bitsPerSample !== 16)) return null
  const bytes = bitsPerSample === 8 ? 1 : 2
  return page.blockWidth * channels * bytes > MAX_ROW_BYTES
    ? null
    : { channels: isPlanar ? 1 : channels, bytes, alpha, isPlanar }
}

/** The bytes of each strip or tile as stored. @throws Error, RangeError where they are not in the file */
const blocksOf = (tiff: Buffer, page: TiffPage) => {
  const opened = openDirectory(tiff)
  const places = opened?.field(page.isTiled ? 324 : 273)
  const sizes = opened?.field(page.isTiled ? 325 : 279)
  if (!places || !sizes) throw new Error('It does not say where its pixels are.')
  return (index: number): Buffer => {
    if (index >= places.count || index >= sizes.count) throw new Error('A strip is missing.')
    const from = places.at(index)
    const to = from + sizes.at(index)
    if (to > tiff.length) throw new Error('A strip is cut off.')
    return tiff.subarray(from, to)
  }
}

/** Differences to the sample before in the same channel, as sums; they wrap. */
const undoPredictor = (samples: Samples, channels: number) => {
  for (let at = channels; at < samples.length; at++) samples[at]! += samples[at - channels]!
}

/** @param at the first pixel's place in the picture, row by row */
type VisitRow = (samples: Samples, at: number, pixels: number) => void

/**
 * Visits each row of each strip or tile; `samples` is the same array each time.
 * @param plane of a picture with planes: the first is 0
 * @throws Error when it is damaged
 */
const eachRow = async (
  tiff: Buffer,
  page: TiffPage,
  { channels, bytes }: Layout,
  visit: VisitRow,
  plane = 0,
) => {
  const { width, height, blockWidth, blockHeight } = page
  const blockOf = blocksOf(tiff, page)
  const unpack = unpackers[page.compression]!
  const row = Buffer.alloc(blockWidth * channels * bytes)
  const samples = samplesOf(row, bytes)
  const isSwapped = bytes === 2 && tiff[0] === 0x4d
  let index = plane * Math.ceil(height / blockHeight) * Math.ceil(width / blockWidth)
  for (let y = 0; y < height; y += blockHeight)
    for (let x = 0; x < width; x += blockWidth) {
      const bottom = Math.min(height, y + blockHeight)
      let filled = 0
      let at = y
      for await (const piece of unpack(blockOf(index++), row.length * blockHeight)) {
        for (let from = 0; from < piece.length && at < bottom;) {
          const part = piece.subarray(from, from + row.length - filled)
          row.set(part, filled)
          from += part.length
          filled += part.length
          if (filled < row.length) break
          if (isSwapped) row.swap16()
          if (page.predictor === 2) undoPredictor(samples, channels)
          visit(samples, at * width + x, Math.min(blockWidth, width - x))
          filled = 0
          at++
        }
        if (at === bottom) break
      }
      if (at < bottom) throw new Error('A strip is too short.')
    }
}

const countedLevels = async (
  tiff: Buffer,
  page: TiffPage,
  layout: Layout,
  shown: Shown,
  rendering: Rendering,
) => {
  // What was set by hand need not be found.
  if (rendering.stretch !== null && rendering.onTones === undefined) return rendering.stretch
  const { channels } = layout
  const seen = distinct(shown)
  const [planes, colors] = layout.isPlanar ? [seen, [0]] : [[0], seen]
  const step = stepOf(page.width * page.height, seen.length)
  const counts = new Uint32Array(65_536)
  const count: VisitRow = (samples, at, pixels) => {
    for (let pixel = (step - (at % step)) % step; pixel < pixels; pixel += step)
      for (const color of colors) counts[samples[pixel * channels + color]!]! += 1
  }
  for (const plane of planes) await eachRow(tiff, page, layout, count, plane)
  return levelsOfCounts(counts, rendering)
}

/** One of red, green and blue, from a plane of its own. */
const paintPlane = (
  samples: Samples,
  { black, white }: Levels,
  rgb: Uint8ClampedArray,
  from: number,
  pixels: number,
) => {
  const scale = 255 / (white - black)
  for (let pixel = 0, to = from; pixel < pixels; pixel++, to += 3) rgb[to] = (samples[pixel]! - black) * scale
}

/**
 * From how many bands of this page three can be chosen; 0 for pictures whose colours are what the file says, and for
 * kinds that are not read band by band.
 */
export const bandsOfPage = (page: TiffPage): number => {
  const { samplesPerPixel: count, photometric, sampleFormat, planar, isPlain, hasAlpha } = page
  const isRgb = photometric === 2 && (count === 3 || (count === 4 && hasAlpha))
  const isLight = photometric === 1 || photometric === 2
  if (!isLight || isRgb || count < 3 || count > MAX_BANDS || !isPlain) return 0
  // Signed numbers and floats are read by tiff.ts.
  return layoutOf(page) !== null || (sampleFormat > 1 && planar === 1) ? count : 0
}

/** The first page, as stored; null for what the libraries read, or refuse. */
export const decodeTiffByRows = async (
  tiff: Buffer,
  rendering: Rendering = plainRendering,
): Promise<StoredImage | null> => {
  try {
    const page = readTiffPage(tiff)
    const layout = page === null ? null : layoutOf(page)
    if (page === null || layout === null) return null
    const { width, height } = page
    const shown = shownOf(page.samplesPerPixel, rendering.bands)
    const levels =
      layout.bytes === 1 ? plainLevels : await countedLevels(tiff, page, layout, shown, rendering)
    const rgb = new Uint8ClampedArray(width * height * 3)
    if (layout.isPlanar)
      for (const [colour, plane] of shown.entries()) {
        const paint: VisitRow = (samples, at, pixels) =>
          paintPlane(samples, levels, rgb, at * 3 + colour, pixels)
        await eachRow(tiff, page, layout, paint, plane)
      }
    else
      await eachRow(tiff, page, layout, (samples, at, pixels) =>
        paintRgb(samples, { ...layout, shown }, levels, rgb, at, pixels),
      )
    return { width, height, rgb: new Uint8Array(rgb.buffer) }
  } catch {
    // The libraries know whether what is damaged can be read all the same, and why not.
    return null
  }
}
