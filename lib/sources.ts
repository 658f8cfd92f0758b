/** An image given as path, bytes or pixels, as a file that the inference process can read. */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { CodedError } from '../common/errors.ts'
import type { Pixels, Source } from './types.ts'

const HEADER_BYTES = 54

/** A BMP of 24 bits, top down: plain pixels behind a short header, which every decoder reads alike. @throws CodedError bad-input */
const bmpOf = ({ data, width, height }: Pixels): Buffer => {
  const channels = data.length / (width * height)
  const isSize = (side: number) => Number.isInteger(side) && side > 0 && side < 65_536
  if (!isSize(width) || !isSize(height) || (channels !== 3 && channels !== 4))
    throw new CodedError(
      'bad-input',
      `"data" has ${data.length} bytes: ${width} x ${height} pixels take 3 (RGB) or 4 (RGBA) bytes each.`,
    )
  const stride = Math.ceil((width * 3) / 4) * 4
  const file = Buffer.alloc(HEADER_BYTES + stride * height)
  file.write('BM', 'latin1')
  file.writeUInt32LE(file.length, 2)
  file.writeUInt32LE(HEADER_BYTES, 10)
  file.writeUInt32LE(40, 14)
  file.writeInt32LE(width, 18)
  file.writeInt32LE(-height, 22)
  file.writeUInt16LE(1, 26)
  file.writeUInt16LE(24, 28)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * channels
      const to = HEADER_BYTES + y * stride + x * 3
      file[to] = data[from + 2]!
      file[to + 1] = data[from + 1]!
      file[to + 2] = data[from]!
    }
  return file
}

interface PlacedSource {
  /** Absolute. */
  readonly file: string
  /** As it was given; null for bytes and pixels. */
  readonly path: string | null
  /** Removes what was written for it. */
  release(): Promise<void>
}

export interface Sources {
  /** @throws CodedError bad-input, not-writable */
  place(source: Source): Promise<PlacedSource>
  close(): Promise<void>
}

const isPixels = (source: Exclude<Source, string>): source is Pixels => 'width' in source

export const createSources = (): Sources => {
  let folder: Promise<string> | null = null
  return {
    async place(source) {
      if (typeof source === 'string')
        return { file: resolve(source), path: source, release: () => Promise.resolve() }
      const bytes = isPixels(source) ? bmpOf(source) : source
      folder ??= mkdtemp(join(tmpdir(), 'maskwright-'))
      const file = join(await folder, randomUUID())
      await writeFile(file, bytes).catch((thrown: unknown) => {
        throw new CodedError('not-writable', `The image can't be written to ${file}.`, { cause: thrown })
      })
      return { file, path: null, release: () => rm(file, { force: true }) }
    },
    async close() {
      if (folder !== null) await rm(await folder, { recursive: true, force: true })
    },
  }
}
