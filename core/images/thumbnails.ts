/** Small upright pictures for the list, and crops of objects, made once a file and kept in the data folder. */
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { CropWindow } from '../../common/contract/gallery.ts'
import { nameOfRendition, type Rendition } from '../../common/rendition.ts'
import type { EncodedPicture } from './decoder/messages.ts'
import { readFailure } from './failures.ts'
import { nameOfVersion } from './refusals.ts'

export interface ThumbnailCache {
  /** @param windows of crops; without them, the whole picture @throws CodedError image-unreadable */
  read(file: string, rendition?: Rendition | null, windows?: readonly CropWindow[]): Promise<EncodedPicture>
}

const CONTENT_TYPE = 'image/webp'
/** Follows the WebP in its file; what reads a WebP ends before it. */
const CHECKSUM_BYTES = 20

const checksumOf = (webp: Uint8Array): Buffer => createHash('sha1').update(webp).digest()

/** The picture in a kept file; null when it is not as it was written. */
const openKept = (kept: Buffer): Buffer | null => {
  const webp = kept.subarray(0, Math.max(0, kept.length - CHECKSUM_BYTES))
  return checksumOf(webp).equals(kept.subarray(webp.length)) ? webp : null
}

/** The cache is a convenience: a full or read-only disk only makes it slower. */
const keep = async (cached: string, webp: Uint8Array): Promise<void> => {
  const draft = `${cached}.${process.pid}.tmp`
  try {
    await mkdir(dirname(cached), { recursive: true })
    await writeFile(draft, Buffer.concat([webp, checksumOf(webp)]))
    await rename(draft, cached)
  } catch {
    await rm(draft, { force: true }).catch(() => undefined)
  }
}

/** @param make makes the WebP of a file */
export const createThumbnailCache = (
  dataFolder: string,
  make: (
    file: string,
    rendition: Rendition | null,
    windows?: readonly CropWindow[],
  ) => Promise<EncodedPicture>,
): ThumbnailCache => {
  const running = new Map<string, Promise<Uint8Array>>()

  const readOrMake = async (
    file: string,
    cached: string,
    rendition: Rendition | null,
    windows?: readonly CropWindow[],
  ): Promise<Uint8Array> => {
    const kept = await readFile(cached).catch(() => null)
    const webp = kept === null ? null : openKept(kept)
    if (webp !== null) return webp
    const { bytes } = await make(file, rendition, windows)
    await keep(cached, bytes)
    return bytes
  }

  return {
    async read(file, rendition = null, windows) {
      const version = await nameOfVersion(file).catch((thrown: unknown) => {
        throw readFailure(thrown)
      })
      const name =
        windows === undefined && rendition === null
          ? version
          : createHash('sha256')
              .update(`${version} ${JSON.stringify(windows ?? null)}${nameOfRendition(rendition)}`)
              .digest('hex')
      const cached = join(dataFolder, 'thumbnails', name.slice(0, 2), `${name.slice(2, 40)}.webp`)
      let making = running.get(cached)
      if (making === undefined) {
        making = readOrMake(file, cached, rendition, windows).finally(() => running.delete(cached))
        running.set(cached, making)
      }
      return { bytes: await making, contentType: CONTENT_TYPE }
    },
  }
}
