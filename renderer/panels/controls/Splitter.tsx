/** The edge of a side panel: drag it, or move it with the arrow keys. */
import { useRef, type KeyboardEvent, type PointerEvent } from 'react'

const LEAST = 180
const MOST = 420

export const Splitter = ({
  side,
  width,
  onResize,
  label,
}: {
  /** The side of the window on which the panel is. */
  side: 'left' | 'right'
  width: number
  onResize: (width: number) => void
  label: string
}) => {
  const start = useRef<{ x: number; width: number } | null>(null)
  const sign = side === 'left' ? 1 : -1
  const resize = (to: number) => onResize(Math.round(Math.max(LEAST, Math.min(MOST, to))))
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    start.current = { x: event.clientX, width }
  }
  const onPointerMove = (event: PointerEvent) => {
    if (start.current) resize(start.current.width + sign * (event.clientX - start.current.x))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -16, ArrowRight: 16 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    resize(width + sign * step)
  }
  return (
    <div
      className={`splitter ${side}`}
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      tabIndex={0}
      onPointerDown={onPointerDown}
      // Once the edge has moved, a draggable row lies where the button went down, and a drag of it would begin.
      onMouseDown={(event) => event.preventDefault()}
      onPointerMove={onPointerMove}
      onPointerUp={() => (start.current = null)}
      onLostPointerCapture={() => (start.current = null)}
      onKeyDown={onKeyDown}
    />
  )
}
