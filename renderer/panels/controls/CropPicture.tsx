/** An object as a crop of its image, with its outline. */
import { useEffect, useRef } from 'react'
import type { GalleryItem } from '../../../common/contract/gallery.ts'
import { contextOf } from '../../paint/paint.ts'
import { drawSmall } from '../../paint/small.ts'
import type { Crop } from '../../state/crops.ts'

export const CropPicture = ({
  crop,
  item,
  size,
  color,
  hasOutline,
}: {
  /** null until it is there. */
  crop: Crop | null
  item: Pick<GalleryItem, 'lines'>
  /** CSS pixels. */
  size: number
  color: string
  hasOutline: boolean
}) => {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const target = canvas.current
    // Its picture was let go of when many others had come.
    if (target === null || crop === null || crop.picture.width === 0) return
    const density = window.devicePixelRatio
    target.width = target.height = Math.round(size * density)
    const context = contextOf(target)
    context.imageSmoothingQuality = 'high'
    const { picture, top, side } = crop
    context.drawImage(picture, 0, top, side, side, 0, 0, target.width, target.height)
    const frame = { left: 0, top: 0, side: target.width }
    if (hasOutline) drawSmall(context, { lines: item.lines, proposed: false }, color, frame, density, 0)
  }, [crop, item, size, color, hasOutline])
  return <canvas ref={canvas} aria-hidden />
}
