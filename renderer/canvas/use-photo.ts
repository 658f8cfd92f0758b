/** Loads the pixels of the image on screen and of its neighbours, and hands them to the painter. */
import { useEffect, useRef, type RefObject } from 'react'
import { useStore } from 'zustand'
import type { ImageId, ImageItem } from '../../common/model.ts'
import type { Workbench } from '../workbench/store.ts'
import { createPixelSource, type ImagePixels, type PixelSource } from './image-pixels.ts'
import type { Painter } from './painter.ts'
import { messageOf } from '../../common/errors.ts'

/** Pixels are kept for this many images that follow, and for the one before. */
const AHEAD = 1
const canBeTransparent = /\.(png|webp|gif|avif|tiff?)$/i

/** The upright frame as the core has it; null until it was read. */
type Told = Pick<ImageItem, 'width' | 'height'>

const hasTold = ({ size }: ImagePixels, told: Told | null): boolean =>
  (told?.width ?? size.width) === size.width && (told?.height ?? size.height) === size.height

/**
 * The pixels in the frame that objects are drawn in, which is the core's. Where Chromium decodes another one, or nothing,
 * they are the core's own.
 * @returns them with the address that they came from
 * @throws Error for the user
 */
export const loadTrue = async (
  pixels: Pick<PixelSource, 'load'>,
  url: string,
  told: Told | null,
): Promise<{ shown: string; first: ImagePixels }> => {
  const first = await pixels.load(url).catch((thrown: unknown) => {
    if (isUndecoded(thrown)) return null
    throw thrown
  })
  if (first !== null && hasTold(first, told)) return { shown: url, first }
  const shown = `${url}&decoded`
  const ours = await pixels.load(shown)
  if (hasTold(ours, told)) return { shown, first: ours }
  throw new Error('The picture has other sides than its file says, so no object could lie right on it.')
}

/** createImageBitmap could make nothing of the bytes. */
const isUndecoded = (thrown: unknown) => thrown instanceof DOMException

const fileOf = (image: ImageItem | null): string | null =>
  image && `${image.id} ${image.path} ${image.modifiedAt} ${image.bytes}`

/** @param imageUrl the address of an image's pixels; it changes when the image's file or the folder does */
export const usePhoto = (
  workbench: Workbench,
  imageUrl: (imageId: ImageId) => string,
  painter: RefObject<Pick<Painter, 'setPhoto'> | null>,
): void => {
  const imageId = useStore(workbench, (state) => state.image?.id ?? null)
  const url = useStore(workbench, ({ image }) => (image?.problem === null ? imageUrl(image.id) : null))
  const source = useRef<PixelSource | null>(null)
  const before = useRef<string | null>(null)
  const shown = useRef<string | null>(null)

  useEffect(() => {
    const pixels = createPixelSource()
    source.current = pixels
    return () => {
      source.current = null
      pixels.close()
    }
  }, [])

  useEffect(() => {
    const pixels = source.current
    if (!pixels) return
    let wanted = true
    // React calls the effect's cleanup while pixels are on their way.
    const isWanted = () => wanted
    const show = async () => {
      // The id may be the same: of an image in another folder, or of a file that changed. Shown in another way, the
      // picture stays until the new one is there.
      const { ahead, image } = workbench.getState()
      const now = url === null ? null : fileOf(image)
      if (now === null || now !== shown.current) painter.current?.setPhoto(null)
      shown.current = now
      if (imageId === null) {
        pixels.keep([])
        before.current = null
      }
      if (imageId === null || url === null) return
      const next = ahead.slice(0, AHEAD).map(imageUrl)
      pixels.keep([url, `${url}&decoded`, ...next, ...(before.current === null ? [] : [before.current])])
      before.current = url
      try {
        const transparent = canBeTransparent.test(image?.path ?? '')
        const { shown: from, first } = await loadTrue(pixels, url, image)
        if (!isWanted()) return
        painter.current?.setPhoto({ imageId, pixels: first, transparent })
        workbench.getState().imageShown(imageId)
        const whole = await pixels.complete(from)
        if (!isWanted()) return
        if (whole !== first) painter.current?.setPhoto({ imageId, pixels: whole, transparent })
        pixels.prepare(next)
      } catch (thrown) {
        if (!isWanted()) return
        workbench.getState().imageFailed(imageId, messageOf(thrown))
      }
    }
    void show()
    return () => {
      wanted = false
    }
  }, [workbench, imageId, url, imageUrl, painter])
}
