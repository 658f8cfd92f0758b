/** Turns the samples that decoders answer with into RGB of 8 bits, in plain loops over typed arrays. */

export type Samples = Uint8Array | Uint16Array | Float32Array

export interface SampleLayout {
  /** 1 or 2: grey. */
  readonly channels: number
  /** The last channel is how opaque the pixel is. */
  readonly alpha: boolean
}

/** A view of native endian samples of 1, 2 or 4 (float 0..1) bytes; a copy only where they lie at an odd place. */
export const samplesOf = (raw: Buffer, bytes: 1 | 2 | 4): Samples => {
  if (bytes === 1) return raw
  const { buffer, byteOffset, byteLength } = raw.byteOffset % bytes === 0 ? raw : new Uint8Array(raw)
  return bytes === 2
    ? new Uint16Array(buffer, byteOffset, byteLength / 2)
    : new Float32Array(buffer, byteOffset, byteLength / 4)
}

/** @returns [pixels * 3]; alpha is laid on white. `samples` itself when it is that already. */
export const toRgb = (samples: Samples, { channels, alpha }: SampleLayout): Uint8Array => {
  if (channels === 3 && samples instanceof Uint8Array) return samples
  const pixels = samples.length / channels
  const rgb = new Uint8ClampedArray(pixels * 3)
  // Clamped arrays round; 16 bits are cut, as Chromium cuts them.
  const scale = samples instanceof Float32Array ? 255 : 1
  const shift = samples instanceof Uint16Array ? 8 : 0
  const green = channels < 3 ? 0 : 1
  const blue = channels < 3 ? 0 : 2
  for (let pixel = 0, from = 0, to = 0; pixel < pixels; pixel++, from += channels, to += 3) {
    let r = samples[from]!
    let g = samples[from + green]!
    let b = samples[from + blue]!
    let opacity = alpha ? samples[from + channels - 1]! : 255
    if (shift > 0) {
      r >>= 8
      g >>= 8
      b >>= 8
      if (alpha) opacity >>= 8
    } else if (scale > 1) {
      r *= scale
      g *= scale
      b *= scale
      if (alpha) opacity *= scale
    }
    if (opacity < 255) {
      const white = 255 * (255 - opacity)
      r = (r * opacity + white) / 255
      g = (g * opacity + white) / 255
      b = (b * opacity + white) / 255
    }
    rgb[to] = r
    rgb[to + 1] = g
    rgb[to + 2] = b
  }
  return new Uint8Array(rgb.buffer)
}
