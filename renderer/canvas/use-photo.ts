/** Loads the pixels of the image on screen and of its neighbours, and hands them to the painter. */
import { useEffect, useRef, type RefObject } from 'react'
import { useStore } from 'zustand'
import type { ImageId } from '../../common/model.ts'
import type { Workbench } from '../state/workbench-store.ts'
import { createPixelSource, type PixelSource } from './image-pixels.ts'
import type { Painter } from './painter.ts'

/** Pixels are kept for this many images that follow, and for the one before. */
const AHEAD = 1
const canBeTransparent = /\.(png|webp|gif|avif|tiff?)$/i

export const usePhoto = (
  workbench: Workbench,
  imageUrl: (imageId: ImageId) => string,
  painter: RefObject<Painter | null>,
): void => {
  const imageId = useStore(workbench, (state) => state.image?.id ?? null)
  const problem = useStore(workbench, (state) => state.image?.problem ?? null)
  const source = useRef<PixelSource | null>(null)
  const before = useRef<ImageId | null>(null)
  const url = useRef(imageUrl)
  useEffect(() => {
    url.current = imageUrl
  }, [imageUrl])

  useEffect(() => {
    const pixels = createPixelSource((id) => url.current(id))
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
    const show = async () => {
      if (imageId === null || problem !== null) {
        painter.current?.setPhoto(null)
        return
      }
      const { ahead, image } = workbench.getState()
      const next = ahead.slice(0, AHEAD)
      pixels.keep([imageId, ...next, ...(before.current === null ? [] : [before.current])])
      before.current = imageId
      try {
        const loaded = await pixels.load(imageId)
        // React calls an effect's cleanup in between.
        if (!wanted) return
        const transparent = canBeTransparent.test(image?.path ?? '')
        painter.current?.setPhoto({ imageId, pixels: loaded, transparent })
        workbench.getState().imageShown(imageId)
        pixels.prepare(next)
      } catch (thrown) {
        if (!wanted) return
        painter.current?.setPhoto(null)
        workbench.getState().imageFailed(imageId, thrown instanceof Error ? thrown.message : String(thrown))
      }
    }
    void show()
    return () => {
      wanted = false
    }
  }, [workbench, imageId, problem, painter])
}
