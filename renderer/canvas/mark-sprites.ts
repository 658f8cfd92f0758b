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
/** Looks of which sprites are kept: colours of classes come and go. */
const MOST_KEPT = 60

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

const keyOf = ({ radius, fill, stroke, rim, opacity }: RoundMark, ratio: number) =>
  [radius, fill, stroke, rim, opacity, ratio].join(' ')

/** @returns what draws a mark on a context, at points of its space, which is scaled by the device's ratio and not turned */
export const createMarkSprites = () => {
  /** By the look of the mark, then by its place in a pixel. */
  const kept = new Map<string, Map<number, ImageBitmap>>()
  return (context: CanvasRenderingContext2D, mark: RoundMark, points: readonly ScreenPoint[]): void => {
    const { a: ratio, e, f } = context.getTransform()
    const phased = (value: number) => Math.round(value * PHASES) / PHASES
    const half = Math.ceil((mark.radius + mark.rim) * ratio) + 1
    const key = keyOf(mark, ratio)
    if (kept.size > MOST_KEPT) kept.clear()
    const sprites = kept.get(key) ?? new Map<number, ImageBitmap>()
    kept.set(key, sprites)
    context.save()
    context.setTransform(1, 0, 0, 1, 0, 0)
    for (const point of points) {
      const [x, y] = [phased(point.x * ratio + e), phased(point.y * ratio + f)]
      const [left, top] = [Math.floor(x), Math.floor(y)]
      const phase = PHASES * (PHASES * (y - top) + (x - left))
      const sprite = sprites.get(phase) ?? make(mark, half, ratio, { x: x - left, y: y - top })
      sprites.set(phase, sprite)
      context.drawImage(sprite, left - half, top - half)
    }
    context.restore()
  }
}
