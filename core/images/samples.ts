/** Turns the samples that decoders answer with into RGB of 8 bits, in plain loops over typed arrays. */

import type { Bands } from '../../common/rendition.ts'
import { levelsOf, plainRendering, type Levels, type Rendering } from './levels.ts'

export type Samples = Uint8Array | Uint16Array | Float32Array

export interface SampleLayout {
  /** 1 or 2: grey. */
  readonly channels: number
  /** The last channel is how opaque the pixel is. */
  readonly alpha: boolean
  /** Which channels are red, green and blue, the first is 0; left out, the first three, or the only one. */
  readonly shown?: Shown | undefined
}

export type Shown = readonly [red: number, green: number, blue: number]

/** @param bands what was chosen; a picture with fewer is shown as it is read */
export const shownOf = (channels: number, bands: Bands | null): Shown => {
  if (bands?.every((band) => band <= channels)) return [bands[0] - 1, bands[1] - 1, bands[2] - 1]
  return channels < 3 ? [0, 0, 0] : [0, 1, 2]
}

/** Each once. */
export const distinct = (shown: Shown): number[] => [...new Set(shown)]

/** A view of native endian samples of 1, 2 or 4 (float 0..1) bytes; a copy only where they lie at an odd place. */
export const samplesOf = (raw: Buffer, bytes: 1 | 2 | 4): Samples => {
  if (bytes === 1) return raw
  const { buffer, byteOffset, byteLength } = raw.byteOffset % bytes === 0 ? raw : new Uint8Array(raw)
  return bytes === 2
    ? new Uint16Array(buffer, byteOffset, byteLength / 2)
    : new Float32Array(buffer, byteOffset, byteLength / 4)
}

const fullOf = (samples: Samples) =>
  samples instanceof Uint8Array ? 255 : samples instanceof Uint16Array ? 65_535 : 1

/**
 * Writes `pixels` pixels from the start of `samples` into `rgb` [... * 3] from pixel `at` on; alpha is laid on white.
 * @param rgb clamped arrays round and clamp
 */
export const paintRgb = (
  samples: Samples,
  { channels, alpha, shown = shownOf(channels, null) }: SampleLayout,
  levels: Levels,
  rgb: Uint8ClampedArray,
  at: number,
  pixels: number,
): void => {
  const { black } = levels
  const full = fullOf(samples)
  const scale = 255 / (levels.white - black)
  const [red, green, blue] = shown
  const clamp = (value: number) => (value < 0 ? 0 : value > 255 ? 255 : value)
  for (let pixel = 0, from = 0, to = at * 3; pixel < pixels; pixel++, from += channels, to += 3) {
    let r = (samples[from + red]! - black) * scale
    let g = (samples[from + green]! - black) * scale
    let b = (samples[from + blue]! - black) * scale
    if (alpha) {
      const opacity = samples[from + channels - 1]! / full
      const white = 255 * (1 - opacity)
      r = clamp(r) * opacity + white
      g = clamp(g) * opacity + white
      b = clamp(b) * opacity + white
    }
    rgb[to] = r
    rgb[to + 1] = g
    rgb[to + 2] = b
  }
}

/** What 8 bits are shown with. */
export const plainLevels: Levels = { black: 0, white: 255 }

/** @returns [pixels * 3]; `samples` itself when it is that already. */
export const toRgb = (
  samples: Samples,
  layout: SampleLayout,
  rendering: Rendering = plainRendering,
): Uint8Array => {
  const { channels } = layout
  if (channels === 3 && samples instanceof Uint8Array) return samples
  const pixels = samples.length / channels
  const rgb = new Uint8ClampedArray(pixels * 3)
  const full = fullOf(samples)
  const levels =
    full === 255
      ? plainLevels
      : levelsOf(samples, channels, distinct(shownOf(channels, null)), full, rendering)
  paintRgb(samples, layout, levels, rgb, 0, pixels)
  return new Uint8Array(rgb.buffer)
}
