/** Pictures of more than 8 bits: a ramp is a ramp from dark to bright, whatever numbers it is stored in. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Transformer } from '@napi-rs/image'
import { expect, onTestFinished, test } from 'vitest'
import { decodeUprightBytes } from '../../../core/images/decode.ts'
import { forkDecoderProcess } from '../../../core/images/decoder/fork.ts'
import { createPictures } from '../../../core/images/pictures.ts'
import { pngOf, tiffOf } from '../../support/hostile-pictures.ts'
import { temporaryFolder } from '../store/records.ts'

const WIDTH = 64
const HEIGHT = 48

/** A ramp from the left, 0..1, as samples. */
const ramp = (valueOf: (part: number) => number): number[] =>
  Array.from({ length: WIDTH * HEIGHT }, (_, index) => valueOf((index % WIDTH) / (WIDTH - 1)))

const deepPng = (valueOf: (part: number) => number): Buffer => {
  const rows = Buffer.alloc(HEIGHT * (2 * WIDTH + 1))
  ramp(valueOf).forEach((value, index) => {
    rows.writeUInt16BE(value, Math.floor(index / WIDTH) * (2 * WIDTH + 1) + 1 + 2 * (index % WIDTH))
  })
  return pngOf({ width: WIDTH, height: HEIGHT, depth: 16, color: 0 }, rows)
}

const bytesOf = (samples: Int16Array | Uint16Array | Float32Array) => new Uint8Array(samples.buffer)
const tiff = (samples: Int16Array | Uint16Array | Float32Array, bits: number, sampleFormat: number) =>
  tiffOf({ width: WIDTH, height: HEIGHT, bits, channels: 1, sampleFormat }, bytesOf(samples))

const cases: [name: string, file: string, bytes: () => Buffer][] = [
  ['12 bits in a PNG of 16', 'a.png', () => deepPng((part) => Math.round(4095 * part))],
  ['all 16 bits of a PNG', 'a.png', () => deepPng((part) => Math.round(65_535 * part))],
  ['signed numbers', 'a.tif', () => tiff(Int16Array.from(ramp((part) => -16_000 + 32_000 * part)), 16, 2)],
  ['floats of metres', 'a.tif', () => tiff(Float32Array.from(ramp((part) => 200 + 1800 * part)), 32, 3)],
  [
    'floats, some without a value',
    'a.tif',
    () =>
      tiff(
        Float32Array.from(
          ramp((part) => part),
          (value, index) => (index % 7 === 3 ? -9999 : value),
        ),
        32,
        3,
      ),
  ],
]

test.each(cases)('%s', async (_name, name, bytesOfFile) => {
  const folder = temporaryFolder()
  const file = join(folder, name)
  const bytes = bytesOfFile()
  writeFileSync(file, bytes)
  const { rgb } = await decodeUprightBytes(bytes)
  const at = (x: number) => rgb[(24 * WIDTH + x) * 3]!
  for (const x of [1, 16, 32, 48, 62]) {
    // One without a value is black.
    const nearby = Math.max(at(x), at(x - 1))
    expect(Math.abs(nearby - (255 * x) / (WIDTH - 1))).toBeLessThan(9)
  }
  const pictures = createPictures({ dataFolder: folder, startProcess: forkDecoderProcess })
  onTestFinished(() => pictures.close())
  const shown = await new Transformer((await pictures.display(file)).bytes).rawPixels()
  // The page shows the very pixels that the model sees.
  expect(Buffer.from(shown.filter((_, index) => index % 4 !== 3)).equals(rgb)).toBe(true)
})
