/** One object of a difference, drawn over the part of the photo where both lie. */
import { useEffect, useRef } from 'react'
import type { MergeConflict } from '../../../common/contract/merge.ts'
import { bboxOf, linesOf, uniteBoxes, type Box } from '../../../common/geometry/measure.ts'
import type { Shape } from '../../../common/model.ts'
import { contextOf, HALO } from '../../paint/paint.ts'

const WIDTH = 290
const HEIGHT = 190

/** Both objects with a third of room around them, in the proportions of the picture. */
export const windowOf = ({ here, there }: Pick<MergeConflict, 'here' | 'there'>): Box => {
  const { x, y, width, height } = uniteBoxes([bboxOf(here.shape), bboxOf(there.shape)])
  const scale = Math.max((width * 1.6) / WIDTH, (height * 1.6) / HEIGHT, 24 / WIDTH)
  const [wide, high] = [WIDTH * scale, HEIGHT * scale]
  return { x: x + (width - wide) / 2, y: y + (height - high) / 2, width: wide, height: high }
}

const pathOf = (shape: Shape, { x, y, width }: Box): Path2D => {
  const fit = WIDTH / width
  const path = new Path2D()
  for (const { points, isClosed } of linesOf(shape)) {
    const places = points.map(([px, py]) => [(px - x) * fit, (py - y) * fit] as const)
    const [first] = places
    if (first !== undefined && places.length === 1) {
      path.moveTo(first[0] + 4, first[1])
      path.arc(first[0], first[1], 4, 0, 2 * Math.PI)
      continue
    }
    for (const [index, [px, py]] of places.entries())
      if (index === 0) path.moveTo(px, py)
      else path.lineTo(px, py)
    if (isClosed) path.closePath()
  }
  return path
}

export const ConflictPicture = ({
  bitmap,
  view,
  object,
  other,
  label,
}: {
  bitmap: ImageBitmap | null
  view: Box
  object: MergeConflict['here']
  /** Its outline is drawn thin and dashed, to compare. */
  other: MergeConflict['here']
  label: string
}) => {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const target = canvas.current
    if (target === null) return
    const dense = window.devicePixelRatio
    target.width = Math.round(WIDTH * dense)
    target.height = Math.round(HEIGHT * dense)
    const context = contextOf(target)
    context.scale(dense, dense)
    const fit = WIDTH / view.width
    if (bitmap !== null)
      context.drawImage(bitmap, -view.x * fit, -view.y * fit, bitmap.width * fit, bitmap.height * fit)
    const faint = pathOf(other.shape, view)
    context.setLineDash([4, 4])
    context.lineWidth = 1
    context.strokeStyle = '#ffffff'
    context.stroke(faint)
    context.setLineDash([])
    const path = pathOf(object.shape, view)
    context.globalAlpha = 0.25
    context.fillStyle = object.color
    context.fill(path, 'evenodd')
    context.globalAlpha = 1
    context.strokeStyle = HALO
    context.lineWidth = 4
    context.stroke(path)
    context.strokeStyle = object.color
    context.lineWidth = 2
    context.stroke(path)
  }, [bitmap, object, other, view])
  return (
    <canvas
      ref={canvas}
      className="merge-picture"
      style={{ aspectRatio: `${WIDTH} / ${HEIGHT}` }}
      role="img"
      aria-label={label}
    />
  )
}
