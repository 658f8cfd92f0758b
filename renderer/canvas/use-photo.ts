/** Loads the pixels of the image on screen and of its neighbours, and hands them to the painter. */
import { useEffect, useRef, type RefObject } from 'react'
import { useStore } from 'zustand'
import type { ImageId } from '../../common/model.ts'
import type { Workbench } from '../workbench/store.ts'
import { createPixelSource, type PixelSource } from './image-pixels.ts'
import type { Painter } from './painter.ts'
import { messageOf } from '../../common/errors.ts'

/** Pixels are kept for this many images that follow, and for the one before. */
const AHEAD = 1
const canBeTransparent = /\.(png|webp|gif|avif|tiff?)$/i

/** @param imageUrl the address of an image's pixels; it changes when the image's file or the folder does */
export const usePhoto = (
  workbench: Workbench,
  imageUrl: (imageId: ImageId) => string,
  painter: RefObject<Painter | null>,
): void => {
  const imageId = useStore(workbench, (state) => state.image?.id ?? null)
  const url = useStore(workbench, ({ image }) => (image?.problem === null ? imageUrl(image.id) : null))
  const source = useRef<PixelSource | null>(null)
  const before = useRef<string | null>(null)

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
      // The id may be the same: of an image in another folder, or of a file that changed.
      painter.current?.setPhoto(null)
      if (imageId === null) {
        pixels.keep([])
        before.current = null
      }
      if (imageId === null || url === null) return
      const { ahead, image } = workbench.getState()
      const next = ahead.slice(0, AHEAD).map(imageUrl)
      pixels.keep([url, ...next, ...(before.current === null ? [] : [before.current])])
      before.current = url
      try {
        const transparent = canBeTransparent.test(image?.path ?? '')
        const first = await pixels.load(url)
        if (!isWanted()) return
        painter.current?.setPhoto({ imageId, pixels: first, transparent })
        workbench.getState().imageShown(imageId)
        const whole = await pixels.complete(url)
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
