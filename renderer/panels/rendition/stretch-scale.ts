/** The numbers of the stretch: the part of the values that its handles run over, their steps, and how they are written. Pure. */
import type { Stretch, Tones } from '../../../common/rendition.ts'

/** Steps of a handle. */
const STEPS = 500
/** Bars of the histogram. */
const BARS = 64

export interface StretchScale {
  readonly from: number
  readonly to: number
  /** Whole numbers where the values are far apart. */
  readonly step: number
  /** 0 to 1, the largest is 1. */
  readonly bars: readonly number[]
}

/** What is found and what is set, and a half of that on both sides, as far as there are values. */
export const scaleOf = ({ least, most, found, histogram }: Tones, shown: Stretch): StretchScale => {
  const [low, high] = [Math.min(found.black, shown.black), Math.max(found.white, shown.white)]
  const more = (high - low) / 2
  const from = Math.min(low, Math.max(least, low - more))
  const to = Math.max(high, Math.min(most, high + more))
  const fine = (to - from) / STEPS
  const isWhole = to - from > STEPS / 4
  const step = isWhole ? Math.max(1, Math.round(fine)) : fine
  const bars = new Array<number>(BARS).fill(0)
  const part = (most - least) / histogram.length
  histogram.forEach((count, at) => {
    const bar = Math.floor(((least + (at + 0.5) * part - from) / (to - from)) * BARS)
    if (bar >= 0 && bar < BARS) bars[bar]! += count
  })
  // The square root shows what is rare too.
  const top = Math.sqrt(Math.max(1, ...bars))
  return {
    from: isWhole ? Math.floor(from) : from,
    to: isWhole ? Math.ceil(to) : to,
    step,
    bars: bars.map((count) => Math.sqrt(count) / top),
  }
}

/** As few digits as tell two steps apart. */
export const rounded = (value: number, { step }: Pick<StretchScale, 'step'>): number => {
  const digits = step >= 1 ? 0 : Math.min(12, 1 - Math.floor(Math.log10(step)))
  return Number(value.toFixed(digits))
}
