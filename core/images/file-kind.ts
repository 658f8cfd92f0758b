/**
 * What kind of picture a file holds, whatever its name says, and whether readers on OpenCV or Pillow see in it what a
 * person sees here. Read from its header; never decodes.
 */
import { constants, open } from 'node:fs/promises'
import { openFlags } from '../files/inside.ts'
import { farDirectoryOf, isDeepPng } from './claims.ts'
import { readFailure } from './failures.ts'
import { formatOf, jpegSegments, type ImageFormat } from './orientation.ts'
import { readTiffPage, type TiffPage } from './tiff-directory.ts'
import { said } from '../../common/said.ts'

export interface FileKind {
  readonly format: ImageFormat
  /** Why other readers see something else, or nothing, as a clause; null when they see the same. */
  readonly odd: string | null
}

const HEAD_BYTES = 64 * 1024
/** Of a JPEG with much before its picture, and of a TIFF's directory behind its pixels. */
const MORE_BYTES = 512 * 1024

const UNREAD = said('trainers do not read this kind of file')
const DEEP = said(
  'it has more than 8 bits, which trainers see black, white or not at all; written as it is shown here',
)

const isCmyk = (jpeg: Buffer): boolean => {
  let channels = 3
  jpegSegments(jpeg, (marker, body) => {
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) channels = body[5] ?? 3
  })
  return channels === 4
}

/** None, LZW, JPEG, deflate (both numbers), PackBits. */
const usualPacking = [1, 5, 7, 8, 32_946, 32_773]
/** White is zero, black is zero, RGB, palette; YCbCr in JPEG alone. */
const usualColours = [0, 1, 2, 3]

const oddTiff = (page: TiffPage | null): string | null => {
  if (page === null) return UNREAD
  const { bitsPerSample, sampleFormat, samplesPerPixel, photometric, compression, isPlain, planar } = page
  if (bitsPerSample > 8 || sampleFormat !== 1) return DEEP
  const colours = samplesPerPixel - (page.hasAlpha ? 1 : 0)
  const isUsual =
    isPlain &&
    planar === 1 &&
    [1, 3].includes(colours) &&
    usualPacking.includes(compression) &&
    (usualColours.includes(photometric) || (photometric === 6 && compression === 7))
  return isUsual
    ? null
    : said('it is a TIFF that trainers do not read or see otherwise; written as it is shown here')
}

const tiffPageOf = (head: Buffer, far: Buffer | null, at: number): TiffPage | null => {
  try {
    return far === null ? readTiffPage(head) : readTiffPage(head, far, at)
  } catch {
    return null
  }
}

/** What a file holds; null when it is no picture that is read here. @throws CodedError image-unreadable */
export const readFileKind = async (file: string): Promise<FileKind | null> => {
  try {
    const handle = await open(file, constants.O_RDONLY | openFlags.noWait)
    try {
      const readAt = async (at: number, length: number) => {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at)
        return buffer.subarray(0, bytesRead)
      }
      const head = await readAt(0, HEAD_BYTES)
      const format = formatOf(head)
      switch (format) {
        case null:
          return null
        case 'jpeg': {
          const isWhole = jpegSegments(head, () => undefined) >= 0
          const bytes = isWhole || head.length < HEAD_BYTES ? head : await readAt(0, MORE_BYTES)
          const odd = said('its colours are CMYK, which trainers see otherwise; written in RGB')
          return { format, odd: isCmyk(bytes) ? odd : null }
        }
        case 'png':
          return { format, odd: isDeepPng(head) ? DEEP : null }
        case 'webp':
        case 'bmp':
          return { format, odd: null }
        case 'tiff': {
          const at = farDirectoryOf(head)
          const far = at === null ? null : await readAt(at, MORE_BYTES)
          return { format, odd: oddTiff(tiffPageOf(head, far, at ?? 0)) }
        }
        case 'gif':
        case 'avif':
        case 'jp2':
        case 'heic':
          return { format, odd: UNREAD }
      }
    } finally {
      await handle.close()
    }
  } catch (thrown) {
    throw readFailure(thrown)
  }
}
