/**
 * Pixels of images, decoded off the main thread and kept for the images nearby. Each image comes with halved copies,
 * so that drawing it small is fast and smooth; of a large neighbour only these are kept. An image is known by its
 * whole address, which names folder, file and version: an id alone means another image in each folder.
 */
import type { Size } from '../../common/geometry/point.ts'
import { fetchBlob } from '../fetch-blob.ts'

export interface ImagePixels {
  /** Full size first when it is there, each next one half of the one before; never empty. */
  readonly levels: readonly ImageBitmap[]
  /** Of the full size, which may have been let go. */
  readonly size: Size
}

export interface PixelSource {
  /** What is there soonest: halved copies of an image that was prepared, else all. Rejects with an Error for the user. */
  load(url: string): Promise<ImagePixels>
  /** All levels, of an image that was loaded. */
  complete(url: string): Promise<ImagePixels>
  /** Loads when idle; a failure is reported when the image is opened. */
  prepare(urls: readonly string[]): void
  /** Forgets all but these, and the full size of large ones. */
  keep(urls: readonly string[]): void
  close(): void
}

const SMALLEST_LEVEL = 512
/** Of images up to this size, pixels, all is kept: 16 MB. A neighbour of 12 megapixels takes 16 MB as well, not 64. */
const KEPT_WHOLE = 4_000_000

const halved = async (full: ImageBitmap): Promise<ImageBitmap[]> => {
  const levels = [full]
  let last = full
  while (Math.max(last.width, last.height) / 2 >= SMALLEST_LEVEL) {
    const resizeWidth = Math.ceil(last.width / 2)
    const resizeHeight = Math.ceil(last.height / 2)
    last = await createImageBitmap(last, { resizeWidth, resizeHeight, resizeQuality: 'medium' })
    levels.push(last)
  }
  return levels
}

interface Known extends ImagePixels {
  /** The file's bytes: a full size that was let go is decoded from them again. */
  readonly blob: Blob
  readonly isWhole: boolean
}

const shrunk = (known: Known): Known => {
  const [full, ...smaller] = known.levels
  if (!known.isWhole || !full || smaller.length === 0 || full.width * full.height <= KEPT_WHOLE) return known
  full.close()
  return { ...known, levels: smaller, isWhole: false }
}

const completed = async (known: Known): Promise<Known> =>
  known.isWhole
    ? known
    : { ...known, levels: [await createImageBitmap(known.blob), ...known.levels], isWhole: true }

const fetchKnown = async (url: string): Promise<Known> => {
  const blob = await fetchBlob(url)
  const full = await createImageBitmap(blob)
  const size = { width: full.width, height: full.height }
  return { blob, size, levels: await halved(full), isWhole: true }
}

const release = ({ levels }: Known) => levels.forEach((level) => level.close())

export const createPixelSource = (): PixelSource => {
  const all = new Map<string, Promise<Known>>()

  const set = (url: string, coming: Promise<Known>): Promise<Known> => {
    all.set(url, coming)
    coming.catch(() => {
      if (all.get(url) === coming) all.delete(url)
    })
    return coming
  }
  const find = (url: string) => all.get(url) ?? set(url, fetchKnown(url))

  const keep = (urls: readonly string[]) => {
    for (const [url, known] of all) {
      if (urls.includes(url)) {
        void set(url, known.then(shrunk))
        continue
      }
      all.delete(url)
      void known.then(release, () => undefined)
    }
  }

  return {
    load: (url) => find(url),
    complete: (url) => set(url, find(url).then(completed)),
    prepare: (urls) => {
      for (const url of urls) if (!all.has(url)) void set(url, fetchKnown(url).then(shrunk))
    },
    keep,
    close: () => keep([]),
  }
}

/** The smallest level that still has a pixel for each of the screen's: `scale` is device pixels an image pixel. */
export const levelFor = (pixels: ImagePixels, imageWidth: number, scale: number): ImageBitmap | null =>
  pixels.levels.findLast((level) => level.width >= imageWidth * scale) ?? pixels.levels[0] ?? null
