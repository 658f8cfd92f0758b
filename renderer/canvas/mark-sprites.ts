/**
 * Round marks for vertices, drawn once and then copied: without a GPU a circle with its rim takes 40 us, a copy of it 3,
 * and an outline has hundreds. Their places are kept to a quarter of a device pixel.
 */
import type { ScreenPoint } from '../../common/geometry/point.ts'

export interface RoundMark {
  /** CSS pixels, of the inside with half of the rim. */
  readonly radius: number
  readonly fill: string
  readonly stroke: string
  /** CSS pixels. */
  readonly rim: number
  readonly opacity: number
}

/** Places in a device pixel, along each side. */
const PHASES = 4
/** Colours of classes come and go. */
const MOST_KEPT = 600

const make = (
  { radius, fill, stroke, rim, opacity }: RoundMark,
  half: number,
  ratio: number,
  at: ScreenPoint,
) => {
  const canvas = new OffscreenCanvas(2 * half, 2 * half)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser has no 2D canvas.')
  context.globalAlpha = opacity
  context.beginPath()
  context.arc(half + at.x, half + at.y, radius * ratio, 0, 2 * Math.PI)
  context.fillStyle = fill
  context.fill()
  context.lineWidth = rim * ratio
  context.strokeStyle = stroke
  context.stroke()
  // A canvas would be looked at anew for each copy of it.
  return canvas.transferToImageBitmap()
}

/** @returns what draws marks on a context, at a point of its space, which is scaled by the device's ratio and not turned */
export const createMarkSprites = () => {
  const kept = new Map<string, ImageBitmap>()
  return (context: CanvasRenderingContext2D, mark: RoundMark, point: ScreenPoint): void => {
    const { a: ratio, e, f } = context.getTransform()
    const phased = (value: number) => Math.round(value * PHASES) / PHASES
    const [x, y] = [phased(point.x * ratio + e), phased(point.y * ratio + f)]
    const [left, top] = [Math.floor(x), Math.floor(y)]
    const half = Math.ceil((mark.radius + mark.rim) * ratio) + 1
    const key = [mark.radius, mark.fill, mark.stroke, mark.opacity, ratio, x - left, y - top].join(' ')
    const sprite = kept.get(key) ?? make(mark, half, ratio, { x: x - left, y: y - top })
    if (kept.size > MOST_KEPT) kept.clear()
    kept.set(key, sprite)
    context.save()
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.drawImage(sprite, left - half, top - half)
    context.restore()
  }
}
