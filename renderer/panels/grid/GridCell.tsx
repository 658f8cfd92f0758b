/** An image of the grid: its small picture with its objects drawn on it, its name and its marks. */
import { ImageOff } from 'lucide-react'
import { memo, useEffect, useRef } from 'react'
import type { Outline } from '../../../common/contract/gallery.ts'
import type { ImageItem, LabelId } from '../../../common/model.ts'
import { contextOf } from '../../paint/paint.ts'
import { drawSmall } from '../../paint/small.ts'
import { MiddleCut } from '../controls/MiddleCut.tsx'
import { Row } from '../controls/Row.tsx'
import { useBitmap } from '../controls/use-bitmap.ts'
import { ImageMarks } from '../images/ImageMarks.tsx'
import { splitPath } from '../words.ts'
import { useLanguage } from '../../texts/use-language.ts'

/** Of the picture, CSS pixels: as small pictures are made. */
export const PICTURE_WIDTH = 160
const PICTURE_HEIGHT = 120
export const CELL_HEIGHT = PICTURE_HEIGHT + 30

interface GridCellProps {
  /** null while its page is on the way. */
  readonly item: ImageItem | null
  readonly index: number
  /** How many there are, with those that are not made. */
  readonly total: number
  readonly isCurrent: boolean
  /** null until it may be asked for. */
  readonly src: string | null
  readonly objects: readonly Outline[] | undefined
  readonly colors: ReadonlyMap<LabelId, string>
  readonly onOpen: (index: number) => void
}

export const GridCell = memo(
  ({ item, index, total, isCurrent, src, objects, colors, onOpen }: GridCellProps) => {
    useLanguage()
    const canvas = useRef<HTMLCanvasElement>(null)
    const isBroken = item !== null && item.problem !== null
    const picture = useBitmap(isBroken ? null : src)
    const isFailed = isBroken || picture === 'failed'
    useEffect(() => {
      const target = canvas.current
      if (target === null || picture === null || picture === 'failed') return
      const density = window.devicePixelRatio
      target.width = Math.round(PICTURE_WIDTH * density)
      target.height = Math.round(PICTURE_HEIGHT * density)
      const context = contextOf(target)
      const scale = Math.min(target.width / picture.width, target.height / picture.height)
      const [width, height] = [picture.width * scale, picture.height * scale]
      const [left, top] = [(target.width - width) / 2, (target.height - height) / 2]
      context.imageSmoothingQuality = 'high'
      context.drawImage(picture, left, top, width, height)
      const frame = { left, top, side: Math.max(width, height) }
      for (const object of objects ?? [])
        drawSmall(context, object, colors.get(object.labelId) ?? '#888888', frame, density)
    }, [picture, objects, colors])
    if (item === null) return <div className="grid-cell pending" style={{ width: PICTURE_WIDTH }} />
    const [, name] = splitPath(item.path)
    return (
      <Row
        className="grid-cell"
        role="option"
        id={`cell-${item.id}`}
        aria-selected={isCurrent}
        aria-posinset={index + 1}
        aria-setsize={total}
        title={item.path}
        style={{ width: PICTURE_WIDTH }}
        data-testid="grid-cell"
        data-image-id={item.id}
        data-drawn={picture !== null && objects !== undefined ? objects.length : undefined}
        onClick={() => onOpen(index)}
      >
        <span className="grid-picture" style={{ height: PICTURE_HEIGHT }}>
          {isFailed ? <ImageOff size={20} aria-hidden /> : <canvas ref={canvas} aria-hidden />}
        </span>
        <span className="grid-name">
          <MiddleCut className="name" name={name} />
          <ImageMarks item={item} />
        </span>
      </Row>
    )
  },
)
GridCell.displayName = 'GridCell'
