/** Reads image files: whole, or what their header tells. Never writes, and never decodes. */
import { hash } from 'node:crypto'
import type { Stats } from 'node:fs'
import { constants, open, type FileHandle } from 'node:fs/promises'
import { CodedError } from '../../common/errors.ts'
import { bytesText } from '../../common/bytes.ts'
import { said } from '../../common/said.ts'
import { checkClaims, claimsOfPage, farDirectoryOf, readClaims } from './claims.ts'
import { openFlags } from '../files/inside.ts'
import { emptyFile, notAnImage, readFailure, unreadable } from './failures.ts'
import { MAX_FILE_BYTES } from './limits.ts'
import { formatOf, isOrientation, orientationOf, swapsSides, type Orientation } from './orientation.ts'
import { bandsOfJp2 } from './jp2.ts'
import { readTiffPage } from './tiff-directory.ts'
import { bandsOfPage } from './tiff-rows.ts'

export interface ImageSize {
  /** Of the upright frame, pixels. */
  readonly width: number
  readonly height: number
  /** EXIF's 1-8, as stored in the file; already applied to width and height. */
  readonly orientation: Orientation
}

const HEADER_BYTES = 512 * 1024
/** Of a TIFF that has its directory behind its pixels: room for the longest directory and its values. */
const DIRECTORY_BYTES = 128 * 1024

export const uprightSize = (
  { width, height }: { width: number; height: number },
  orientation: Orientation,
): ImageSize =>
  swapsSides(orientation) ? { width: height, height: width, orientation } : { width, height, orientation }

/** Opens a regular file, gives it to `work` and closes it. @throws CodedError image-unreadable */
const withFile = async <T>(
  file: string,
  work: (handle: FileHandle, bytes: number, stats: Stats) => Promise<T>,
): Promise<T> => {
  let handle: FileHandle | null = null
  try {
    handle = await open(file, constants.O_RDONLY | openFlags.noWait)
    const stats = await handle.stat()
    if (stats.isDirectory()) throw unreadable(said('This is a folder, not an image.'))
    if (!stats.isFile()) throw unreadable(said('This is a device or a pipe, not a file.'))
    if (stats.size === 0) throw emptyFile()
    return await work(handle, stats.size, stats)
  } catch (thrown) {
    throw thrown instanceof CodedError ? thrown : readFailure(thrown)
  } finally {
    await handle?.close()
  }
}

/** The file's bytes. @throws CodedError image-unreadable */
export const readImageFile = (file: string): Promise<Buffer> =>
  withFile(file, (handle, bytes) => {
    if (bytes > MAX_FILE_BYTES)
      throw unreadable(
        said('The file is too large: {size}; at most {most} are read.', {
          size: bytesText(bytes),
          most: bytesText(MAX_FILE_BYTES),
        }),
      )
    return handle.readFile()
  })

const readAt = async (handle: FileHandle, at: number, length: number) => {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at)
  return buffer.subarray(0, bytesRead)
}

/** A TIFF's directory behind its pixels. */
const probeFar = async (handle: FileHandle, head: Buffer, at: number, bytes: number) => {
  const directory = at < bytes ? await readAt(handle, at, DIRECTORY_BYTES) : Buffer.alloc(0)
  const page = (() => {
    try {
      return readTiffPage(head, directory, at)
    } catch {
      return null
    }
  })()
  const orientation = page?.orientation ?? 1
  return {
    claims: claimsOfPage(page),
    orientation: isOrientation(orientation) ? orientation : 1,
    bands: page === null ? 0 : bandsOfPage(page),
  } as const
}

/** From a file's beginning, or all of it; 0 too where its header goes on behind that. */
const bandsOf = (bytes: Buffer): number => {
  try {
    const format = formatOf(bytes)
    if (format === 'jp2') return bandsOfJp2(bytes)
    const page = format === 'tiff' ? readTiffPage(bytes) : null
    return page === null ? 0 : bandsOfPage(page)
  } catch {
    return 0
  }
}

const probeBytes = (bytes: Buffer) => ({
  claims: readClaims(bytes),
  orientation: orientationOf(bytes),
  bands: bandsOf(bytes),
})

/** What one look at a file tells. */
export interface Probed {
  readonly size: ImageSize
  /** From how many bands three can be chosen; 0: the file says its colours itself. */
  readonly bands: number
  /** SHA-256 of the file, lower-case hex, where all of it was read for its size; else null. */
  readonly hash: string | null
  /** Of the file that was read. */
  readonly stats: Stats
}

/**
 * The upright size by the header, and whether a picture of such claims is decoded at all. Damage in the pixels is found
 * by decoding alone.
 * @throws CodedError image-unreadable, with what happened in words for the user
 */
export const probeFile = (file: string): Promise<Probed> =>
  withFile(file, async (handle, bytes, stats) => {
    const head = await readAt(handle, 0, Math.min(bytes, HEADER_BYTES))
    if (formatOf(head) === null) throw notAnImage()
    const near = probeBytes(head)
    const far = near.claims === null ? farDirectoryOf(head) : null
    let found = far === null ? near : await probeFar(handle, head, far, bytes)
    if (found.claims === null && far === null && bytes > head.length) {
      // Half a megabyte of metadata before the picture.
      const whole = await readAt(handle, 0, Math.min(bytes, MAX_FILE_BYTES))
      found = probeBytes(whole)
    }
    if (found.claims === null)
      throw unreadable(said('The file is damaged: it does not say how large its picture is.'))
    checkClaims(found.claims, bytes)
    return {
      size: uprightSize(found.claims, found.orientation),
      bands: found.bands,
      hash: head.length === bytes ? hash('sha256', head) : null,
      stats,
    }
  })

/** The upright size alone, as `probeFile` tells it. @throws CodedError image-unreadable */
export const probeImage = async (file: string): Promise<ImageSize> => (await probeFile(file)).size
