/**
 * Pixels of images, decoded off the main thread and kept for the images nearby. Each image comes with halved copies,
 * so that drawing it small is fast and smooth.
 */
import type { ImageId } from '../../common/model.ts'

export interface ImagePixels {
  /** Full size first, each next one half of the one before. */
  readonly levels: readonly ImageBitmap[]
}

export interface PixelSource {
  /** Rejects with an Error whose message is for the user. */
  load(imageId: ImageId): Promise<ImagePixels>
  /** Loads when idle; a failure is told when the image is really wanted. */
  prepare(imageIds: readonly ImageId[]): void
  /** Forgets all but these. */
  keep(imageIds: readonly ImageId[]): void
  close(): void
}

const SMALLEST_LEVEL = 512

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

const fetchPixels = async (url: string): Promise<ImagePixels> => {
  const response = await fetch(url)
  if (!response.ok) {
    const reason = await response.text()
    throw new Error(reason === '' ? `The image could not be read (${response.status}).` : reason)
  }
  const full = await createImageBitmap(await response.blob())
  return { levels: await halved(full) }
}

const release = async (pixels: Promise<ImagePixels>) => {
  const [result] = await Promise.allSettled([pixels])
  if (result.status === 'fulfilled') result.value.levels.forEach((level) => level.close())
}

export const createPixelSource = (imageUrl: (imageId: ImageId) => string): PixelSource => {
  const known = new Map<ImageId, Promise<ImagePixels>>()

  const load = (imageId: ImageId): Promise<ImagePixels> => {
    const old = known.get(imageId)
    if (old) return old
    const pixels = fetchPixels(imageUrl(imageId))
    known.set(imageId, pixels)
    pixels.catch(() => {
      if (known.get(imageId) === pixels) known.delete(imageId)
    })
    return pixels
  }

  const keep = (imageIds: readonly ImageId[]) => {
    for (const [imageId, pixels] of known) {
      if (imageIds.includes(imageId)) continue
      known.delete(imageId)
      void release(pixels)
    }
  }

  return {
    load,
    prepare: (imageIds) => imageIds.forEach((imageId) => void load(imageId).catch(() => undefined)),
    keep,
    close: () => keep([]),
  }
}

/** The smallest level that still has a pixel for each of the screen's: `scale` is device pixels an image pixel. */
export const levelFor = (pixels: ImagePixels, imageWidth: number, scale: number): ImageBitmap | null =>
  pixels.levels.findLast((level) => level.width >= imageWidth * scale) ?? pixels.levels[0] ?? null
