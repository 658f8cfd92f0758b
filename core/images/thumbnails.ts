/** Small upright pictures for the list, made once a file and kept in the data folder. */
import { FastResizeFilter, Orientation, ResizeFit, Transformer } from '@napi-rs/image'
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { decodeUprightBytes, readImageFile } from './decode.ts'
import { toRgba, type DisplayPicture } from './display.ts'
import { formatOf, orientationOf } from './orientation.ts'

export interface Thumbnails {
  /** @throws CodedError image-unreadable */
  read(file: string): Promise<DisplayPicture>
}

/** Long side, pixels; twice what the list shows, for dense screens. */
export const thumbnailSide = 160
const quality = 80
/** Leaves threads of the pool to the image on screen. */
const atOnce = 2
const contentType = 'image/webp'

/** By EXIF's number less one. */
const turns = [
  Orientation.Horizontal,
  Orientation.MirrorHorizontal,
  Orientation.Rotate180,
  Orientation.MirrorVertical,
  Orientation.MirrorHorizontalAndRotate270Cw,
  Orientation.Rotate90Cw,
  Orientation.MirrorHorizontalAndRotate90Cw,
  Orientation.Rotate270Cw,
] as const

const shrink = (image: Transformer): Promise<Buffer> =>
  image
    .fastResize({
      width: thumbnailSide,
      height: thumbnailSide,
      fit: ResizeFit.Inside,
      filter: FastResizeFilter.Bilinear,
    })
    .webp(quality)

const makeThumbnail = async (file: string): Promise<Buffer> => {
  const bytes = await readImageFile(file)
  const format = formatOf(bytes)
  if (format === 'jpeg' || format === 'png' || format === 'webp' || format === 'bmp') {
    // All of it in native code, off this thread; what it can't read, decode.ts may, or says why not.
    const made = await shrink(new Transformer(bytes).rotate(turns[orientationOf(bytes) - 1])).catch(
      () => null,
    )
    if (made !== null) return made
  }
  const image = await decodeUprightBytes(bytes)
  return shrink(Transformer.fromRgbaPixels(toRgba(image), image.width, image.height))
}

const isWhole = (webp: Buffer): boolean =>
  webp.length > 12 && webp.toString('latin1', 0, 4) === 'RIFF' && webp.readUInt32LE(4) + 8 === webp.length

/** The cache is a convenience: a full or read-only disk only makes it slower. */
const keep = async (cached: string, webp: Buffer): Promise<void> => {
  const draft = `${cached}.${process.pid}.tmp`
  try {
    await mkdir(dirname(cached), { recursive: true })
    await writeFile(draft, webp)
    await rename(draft, cached)
  } catch {
    await rm(draft, { force: true }).catch(() => undefined)
  }
}

export const createThumbnails = (dataFolder: string): Thumbnails => {
  const running = new Map<string, Promise<Buffer>>()
  const queue: (() => void)[] = []
  let busy = 0

  const next = () => {
    while (busy < atOnce && queue.length > 0) {
      busy += 1
      // The one asked for last is the one that is on screen now.
      queue.pop()?.()
    }
  }
  const inTurn = <T>(work: () => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      queue.push(() => {
        void work()
          .then(resolve, reject)
          .finally(() => {
            busy -= 1
            next()
          })
      })
      next()
    })

  const readOrMake = async (file: string, cached: string): Promise<Buffer> => {
    const kept = await readFile(cached).catch(() => null)
    if (kept !== null && isWhole(kept)) return kept
    const made = await inTurn(() => makeThumbnail(file))
    await keep(cached, made)
    return made
  }

  return {
    async read(file) {
      const stats = await stat(file).catch(() => null)
      const key = createHash('sha256')
        .update(`${file}\n${stats?.mtimeMs ?? 0}\n${stats?.size ?? 0}`)
        .digest('hex')
      const cached = join(dataFolder, 'thumbnails', key.slice(0, 2), `${key.slice(2, 40)}.webp`)
      let making = running.get(cached)
      if (making === undefined) {
        making = readOrMake(file, cached).finally(() => running.delete(cached))
        running.set(cached, making)
      }
      return { bytes: await making, contentType }
    },
  }
}
