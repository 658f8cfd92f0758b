/**
 * Which values of a picture with more than 8 bits are black and white: 12 bits stored in 16 would be all black, a height
 * in metres all white. The same for the window, the list, the model and exports.
 */

import type { Rendition, Stretch, Tones } from '../../common/rendition.ts'

export type Numbers = ArrayLike<number>

export type Levels = Stretch

/** What a decoder is told of colours. */
export interface Rendering extends Rendition {
  /** Hears of the values of a picture of more than 8 bits. */
  readonly onTones?: ((tones: Tones) => void) | undefined
}

/** Nothing was chosen. */
export const plainRendering: Rendering = { bands: null, stretch: null }

/** The share of all values that may lie below black; as many may lie above white. */
const TAIL = 0.001
/** Stands for "no value" in maps of heights, as do NaN and what lies past 1e30. */
const NO_DATA = -9999
const BINS = 65_536
/** More values than this would not change the levels. */
const LOOKED_AT = 4_000_000

const isValue = (value: number) => value !== NO_DATA && Math.abs(value) < 1e30

/** One of this many pixels is looked at. */
export const stepOf = (pixels: number, colors: number): number =>
  Math.max(1, Math.floor((pixels * colors) / LOOKED_AT))

/** Calls `visit` with the values of the channels `shown` of pixels spread over the picture. */
const look = (data: Numbers, channels: number, shown: readonly number[], visit: (value: number) => void) => {
  const pixels = Math.floor(data.length / channels)
  const step = stepOf(pixels, shown.length)
  for (let pixel = 0; pixel < pixels; pixel += step)
    for (const channel of shown) {
      const value = data[pixel * channels + channel]!
      if (isValue(value)) visit(value)
    }
}

/** Calls `visit` with each value and how often it is there; the same ones in both passes. */
type Values = (visit: (value: number, times: number) => void) => void

/** Parts of a histogram. */
const PARTS = 1024

const histogramOf = (bins: Uint32Array): number[] => {
  const histogram = new Array<number>(PARTS).fill(0)
  for (let bin = 0; bin < BINS; bin++) histogram[Math.floor((bin * PARTS) / BINS)]! += bins[bin]!
  return histogram
}

/** The values that are stretched to 0 and 255: those between which all but a thousandth at each end lie. */
const measure = (values: Values): Tones => {
  let low = Infinity
  let high = -Infinity
  values((value) => {
    if (value < low) low = value
    if (value > high) high = value
  })
  if (!(high > low)) {
    const [least, most] = [Math.min(low, 0), Math.max(high, 1)]
    return { least, most, found: { black: least, white: most }, histogram: [] }
  }
  const bins = new Uint32Array(BINS)
  const width = (high - low) / (BINS - 1)
  let count = 0
  values((value, times) => {
    bins[Math.round((value - low) / width)]! += times
    count += times
  })
  const tail = Math.floor(count * TAIL)
  let first = 0
  for (let seen = bins[0]!; seen <= tail && first < BINS - 1;) seen += bins[++first]!
  let last = BINS - 1
  for (let seen = bins[last]!; seen <= tail && last > 0;) seen += bins[--last]!
  // Two values alone, one of them rare.
  const found =
    last > first ? { black: low + first * width, white: low + last * width } : { black: low, white: high }
  return { least: low, most: high, found, histogram: histogramOf(bins) }
}

/**
 * Levels for samples whose type has a range of its own: that range where the picture makes use of it, as every camera's
 * does, and the picture's own levels where it does not.
 * @param full the type's white
 */
const within = (found: Levels, full: number): Levels =>
  found.black >= 0 && found.white <= full && found.white > full / 2 ? { black: 0, white: full } : found

/** What was set by hand counts; else what is found. @param full the white of the samples' type; null: it has none */
const levelsOfValues = (values: Values, full: number | null, { stretch, onTones }: Rendering): Levels => {
  if (stretch !== null && onTones === undefined) return stretch
  const tones = measure(values)
  const found = full === null ? tones.found : within(tones.found, full)
  onTones?.({ ...tones, found })
  return stretch ?? found
}

/**
 * @param data [pixels * channels]
 * @param shown the channels that are seen, the first is 0
 * @param full the white of the samples' type; null: it has none
 */
export const levelsOf = (
  data: Numbers,
  channels: number,
  shown: readonly number[],
  full: number | null,
  rendering: Rendering,
): Levels =>
  levelsOfValues((visit) => look(data, channels, shown, (value) => visit(value, 1)), full, rendering)

/**
 * As `levelsOf`, of unsigned samples that were counted one by one.
 * @param counts [full + 1], how often each value was seen at the pixels of `stepOf`
 */
export const levelsOfCounts = (counts: Uint32Array, rendering: Rendering): Levels => {
  const values: Values = (visit) => {
    for (let value = 0; value < counts.length; value++) if (counts[value]! > 0) visit(value, counts[value]!)
  }
  return levelsOfValues(values, counts.length - 1, rendering)
}
