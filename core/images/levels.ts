/**
 * Which values of a picture with more than 8 bits are black and white: 12 bits stored in 16 would be all black, a height
 * in metres all white. The same for the window, the list, the model and exports.
 */

export type Numbers = ArrayLike<number>

export interface Levels {
  readonly black: number
  readonly white: number
}

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

/** Calls `visit` with the colour values of pixels spread over the picture. */
const look = (data: Numbers, channels: number, colors: number, visit: (value: number) => void) => {
  const pixels = Math.floor(data.length / channels)
  const step = stepOf(pixels, colors)
  for (let pixel = 0; pixel < pixels; pixel += step)
    for (let color = 0; color < colors; color++) {
      const value = data[pixel * channels + color]!
      if (isValue(value)) visit(value)
    }
}

/** Calls `visit` with each value and how often it is there; the same ones in both passes. */
type Values = (visit: (value: number, times: number) => void) => void

/** The values that are stretched to 0 and 255: those between which all but a thousandth at each end lie. */
const levelsOfValues = (values: Values): Levels => {
  let low = Infinity
  let high = -Infinity
  values((value) => {
    if (value < low) low = value
    if (value > high) high = value
  })
  if (!(high > low)) return { black: Math.min(low, 0), white: Math.max(high, 1) }
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
  return last > first
    ? { black: low + first * width, white: low + last * width }
    : { black: low, white: high }
}

/**
 * @param data [pixels * channels]
 * @param colors how many of the channels are no alpha
 */
export const levelsOf = (data: Numbers, channels: number, colors: number): Levels =>
  levelsOfValues((visit) => look(data, channels, colors, (value) => visit(value, 1)))

/**
 * Levels for samples whose type has a range of its own: that range where the picture makes use of it, as every camera's
 * does, and the picture's own levels where it does not.
 * @param full the type's white
 */
const within = (found: Levels, full: number): Levels =>
  found.black >= 0 && found.white <= full && found.white > full / 2 ? { black: 0, white: full } : found

/** As `levelsOf`, in the range of the samples' type. @param full the type's white */
export const levelsWithin = (data: Numbers, channels: number, colors: number, full: number): Levels =>
  within(levelsOf(data, channels, colors), full)

/**
 * As `levelsWithin`, of unsigned samples that were counted one by one.
 * @param counts [full + 1], how often each value was seen at the pixels of `stepOf`
 */
export const levelsOfCounts = (counts: Uint32Array): Levels => {
  const values: Values = (visit) => {
    for (let value = 0; value < counts.length; value++) if (counts[value]! > 0) visit(value, counts[value]!)
  }
  return within(levelsOfValues(values), counts.length - 1)
}
