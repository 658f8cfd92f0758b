/**
 * Pixels of images, decoded off the main thread and kept for the images nearby. Each image comes with halved copies,
 * so that drawing it small is fast and smooth. An image is known by its whole address, which names folder, file and
 * version: an id alone means another image in each folder.
 */

export interface ImagePixels {
  /** Full size first, each next one half of the one before. */
  readonly levels: readonly ImageBitmap[]
}

export interface PixelSource {
  /** Rejects with an Error whose message is for the user. */
  load(url: string): Promise<ImagePixels>
  /** Loads when idle; a failure is told when the image is really wanted. */
  prepare(urls: readonly string[]): void
  /** Forgets all but these. */
  keep(urls: readonly string[]): void
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

export const createPixelSource = (): PixelSource => {
  const known = new Map<string, Promise<ImagePixels>>()

  const load = (url: string): Promise<ImagePixels> => {
    const old = known.get(url)
    if (old) return old
    const pixels = fetchPixels(url)
    known.set(url, pixels)
    pixels.catch(() => {
      if (known.get(url) === pixels) known.delete(url)
    })
    return pixels
  }

  const keep = (urls: readonly string[]) => {
    for (const [url, pixels] of known) {
      if (urls.includes(url)) continue
      known.delete(url)
      void release(pixels)
    }
  }

  return {
    load,
    prepare: (urls) => urls.forEach((url) => void load(url).catch(() => undefined)),
    keep,
    close: () => keep([]),
  }
}

/** The smallest level that still has a pixel for each of the screen's: `scale` is device pixels an image pixel. */
export const levelFor = (pixels: ImagePixels, imageWidth: number, scale: number): ImageBitmap | null =>
  pixels.levels.findLast((level) => level.width >= imageWidth * scale) ?? pixels.levels[0] ?? null
