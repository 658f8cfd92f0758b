/** The open image with what the detector finds on it, as it would be stored. */
import { useEffect, useRef } from 'react'
import type { FoundObject } from '../../../common/contract/detect.ts'
import { ringsOfPart } from '../../../common/geometry/measure.ts'
import type { ImageItem } from '../../../common/model.ts'
import { contextOf, drawTag, FALLBACK_COLOR, HALO } from '../../paint/paint.ts'
import { usePhotoBitmap } from '../controls/use-photo-bitmap.ts'
import { percent } from '../words.ts'
import { t } from '../../texts/t.ts'

const WIDTH = 400
const HEIGHT = 300

type Find = FoundObject & { readonly to: string }

type Points = readonly (readonly [x: number, y: number])[]

const outlinesOf = ({ outline, corners, box: [x0, y0, x1, y1] }: Find, withOutline: boolean): Points[] => {
  if (withOutline && outline !== null) return outline.parts.flatMap((part) => [...ringsOfPart(part)])
  if (corners !== null) return [corners.map(({ x, y }) => [x, y] as const)]
  return [
    [
      [x0, y0],
      [x1, y0],
      [x1, y1],
      [x0, y1],
    ],
  ]
}

export const DetectPreview = ({
  image,
  size,
  finds,
  withOutlines,
  colorOf,
}: {
  image: ImageItem
  /** Of the upright image; null until it is known. */
  size: { readonly width: number; readonly height: number } | null
  finds: readonly Find[]
  withOutlines: boolean
  colorOf: (name: string) => string | null
}) => {
  const canvas = useRef<HTMLCanvasElement>(null)
  const bitmap = usePhotoBitmap(image.id, image, 2 * WIDTH)
  const [wide, high] = [size?.width ?? image.width ?? 4, size?.height ?? image.height ?? 3]
  const fit = Math.min(WIDTH / wide, HEIGHT / high)
  const [width, height] = [Math.max(1, Math.round(wide * fit)), Math.max(1, Math.round(high * fit))]
  useEffect(() => {
    const target = canvas.current
    if (target === null) return
    const dense = window.devicePixelRatio
    target.width = Math.round(width * dense)
    target.height = Math.round(height * dense)
    const context = contextOf(target)
    context.scale(dense, dense)
    if (bitmap !== null) context.drawImage(bitmap, 0, 0, width, height)
    for (const find of finds.toReversed()) {
      const color = colorOf(find.to) ?? FALLBACK_COLOR
      const path = new Path2D()
      for (const ring of outlinesOf(find, withOutlines)) {
        for (const [index, [x, y]] of ring.entries())
          if (index === 0) path.moveTo(x * fit, y * fit)
          else path.lineTo(x * fit, y * fit)
        path.closePath()
      }
      context.strokeStyle = HALO
      context.lineWidth = 3
      context.stroke(path)
      context.strokeStyle = color
      context.lineWidth = 1.5
      context.stroke(path)
      context.fillStyle = color
      for (const { x, y } of find.points) context.fillRect(x * fit - 2, y * fit - 2, 4, 4)
    }
    // Names of many would hide the picture.
    if (finds.length <= 12)
      for (const find of finds.toReversed()) {
        const [x0, y0] = find.box
        const text = `${find.to} ${percent(find.score)}`
        drawTag(
          context,
          text,
          colorOf(find.to) ?? FALLBACK_COLOR,
          Math.max(1, x0 * fit),
          Math.max(14, y0 * fit),
        )
      }
  }, [bitmap, colorOf, finds, fit, height, width, withOutlines])
  return (
    <canvas
      ref={canvas}
      className="detect-picture"
      style={{ width, height }}
      role="img"
      aria-label={t('{image} with what the detector finds', { image: image.path })}
      data-testid="detect-picture"
      data-finds={finds.length}
    />
  )
}
