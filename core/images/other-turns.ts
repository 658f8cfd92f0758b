/**
 * Whether other programs may turn a picture by what its file says besides the pixels, where Chromium does not: exports
 * carry no such thing, or a label would lie beside its object in OpenCV or Pillow.
 */
import { constants, open } from 'node:fs/promises'
import { openFlags } from '../files/inside.ts'
import { readFailure } from './failures.ts'
import { formatOf, turnTagsIn, turnTagsOf, type TurnTag } from './orientation.ts'

/** Metadata stands at a file's beginning, and a PNG's or WebP's at its end too. */
const END_BYTES = 256 * 1024

const turns = (tags: readonly TurnTag[]) => tags.some(({ value, isPlain }) => value !== 1 || !isPlain)

/** Of each EXIF block whose name stands in `bytes`, wherever: PNG's `eXIf` and WebP's `EXIF` have 4 bytes around. */
const blocksIn = (bytes: Buffer, name: string): TurnTag[] => {
  const tags: TurnTag[] = []
  for (let at = bytes.indexOf(name, 0, 'latin1'); at >= 0; at = bytes.indexOf(name, at + 4, 'latin1')) {
    const body = bytes.subarray(at + (name === 'EXIF' ? 8 : 4))
    tags.push(...turnTagsOf(body.toString('latin1', 0, 4) === 'Exif' ? body.subarray(6) : body))
  }
  return tags
}

/** @param head the file's first bytes @param tail its last ones; they may overlap */
const isTurnedElsewhere = (head: Buffer, tail: Buffer): boolean => {
  const xmp = [head, tail].some((bytes) => /tiff:Orientation(="|>)[2-8]/.test(bytes.toString('latin1')))
  switch (formatOf(head)) {
    case 'jpeg':
      return xmp || turns(turnTagsIn(head))
    case 'png':
      // Old programs put EXIF into a text block, and Pillow reads it there.
      return (
        xmp ||
        head.includes('Raw profile type') ||
        turns([head, tail].flatMap((bytes) => blocksIn(bytes, 'eXIf')))
      )
    case 'webp':
      return xmp || turns([head, tail].flatMap((bytes) => blocksIn(bytes, 'EXIF')))
    default:
      return false
  }
}

/** As `isTurnedElsewhere`, of a file. @throws CodedError image-unreadable */
export const readOtherTurns = async (file: string): Promise<boolean> => {
  try {
    const handle = await open(file, constants.O_RDONLY | openFlags.noWait)
    try {
      const { size } = await handle.stat()
      const length = Math.min(size, END_BYTES)
      const readAt = async (at: number) => {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at)
        return buffer.subarray(0, bytesRead)
      }
      return isTurnedElsewhere(await readAt(0), await readAt(size - length))
    } finally {
      await handle.close()
    }
  } catch (thrown) {
    throw readFailure(thrown)
  }
}
