/** The edge of a panel: drag it, or move it with the arrow keys. A double click gives the panel its own size back. */
import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { t } from '../../texts/t.ts'

/** CSS pixels. */
const limits = { width: [180, 420], height: [72, 1200] } as const

const keys: Readonly<Record<'width' | 'height', Readonly<Record<string, number>>>> = {
  width: { ArrowLeft: -16, ArrowRight: 16 },
  height: { ArrowUp: -16, ArrowDown: 16 },
}

export const Splitter = ({
  side,
  size,
  onResize,
  onReset,
  label,
}: {
  /** Where the panel is, seen from its edge. */
  side: 'left' | 'right' | 'above'
  /** CSS pixels; null when the panel has its own: it is measured then. */
  size: number | null
  onResize: (size: number) => void
  onReset?: () => void
  label: string
}) => {
  const start = useRef<{ at: number; size: number } | null>(null)
  const direction = side === 'above' ? 'height' : 'width'
  const [least, most] = limits[direction]
  const sign = side === 'right' ? -1 : 1
  const placeOf = (event: PointerEvent) => (side === 'above' ? event.clientY : event.clientX)
  const sizeNow = (edge: HTMLElement) =>
    size ?? edge.previousElementSibling?.getBoundingClientRect()[direction] ?? least
  const resize = (to: number) => onResize(Math.round(Math.max(least, Math.min(most, to))))
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    start.current = { at: placeOf(event), size: sizeNow(event.currentTarget) }
  }
  const onPointerMove = (event: PointerEvent) => {
    if (start.current) resize(start.current.size + sign * (placeOf(event) - start.current.at))
  }
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = keys[direction][event.key]
    if (step === undefined) return
    event.preventDefault()
    resize(sizeNow(event.currentTarget) + sign * step)
  }
  return (
    <div
      className={`splitter ${side}`}
      role="separator"
      aria-orientation={side === 'above' ? 'horizontal' : 'vertical'}
      aria-label={label}
      aria-valuenow={size ?? least}
      aria-valuetext={size === null ? t('As much as it needs') : undefined}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      onPointerDown={onPointerDown}
      // Once the edge has moved, a draggable row lies where the button went down, and a drag of it would begin.
      onMouseDown={(event) => event.preventDefault()}
      onPointerMove={onPointerMove}
      onPointerUp={() => (start.current = null)}
      onLostPointerCapture={() => (start.current = null)}
      onDoubleClick={onReset}
      onKeyDown={onKeyDown}
    />
  )
}
