/** Cells in rows, as many as there are, of which only those in sight are made; one of them has the cursor. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { columnsIn, movedBy } from './cell-moves.ts'

const GAP = 10

interface CellGridProps {
  readonly total: number
  /** Of a cell, CSS pixels. */
  readonly width: number
  readonly height: number
  readonly label: string
  readonly cursor: number
  /** The id of the element of the cell at the cursor. */
  readonly cursorId: string | undefined
  readonly isMulti?: boolean
  readonly onMove: (to: number, event: KeyboardEvent) => void
  /** Other keys. @returns whether it was one of its own */
  readonly onKey: (event: KeyboardEvent) => boolean
  /** The first and the last cell that are made. */
  readonly onShown: (first: number, last: number) => void
  readonly renderCell: (index: number, isScrolling: boolean) => ReactNode
}

export const CellGrid = (props: CellGridProps) => {
  const { total, width, height, label, cursor, cursorId, isMulti, onMove, onKey, onShown, renderCell } = props
  const scroller = useRef<HTMLDivElement>(null)
  const [columns, setColumns] = useState(1)
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    // Whoever types a filter, or picks from a list above, goes on there.
    const held = document.activeElement?.closest('[role="dialog"]') ?? null
    if (held === null || document.activeElement === held) element.focus({ preventScroll: true })
    const measure = () => setColumns(columnsIn(element.clientWidth - 2 * GAP, width, GAP))
    measure()
    const watch = new ResizeObserver(measure)
    watch.observe(element)
    return () => watch.disconnect()
  }, [width])
  const virtual = useVirtualizer({
    count: Math.ceil(total / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => height + GAP,
    overscan: 2,
    paddingStart: GAP,
  })
  const row = Math.floor(cursor / columns)
  useEffect(() => {
    virtual.scrollToIndex(row, { align: 'auto' })
  }, [row, columns, virtual])
  const rows = virtual.getVirtualItems()
  const first = (rows[0]?.index ?? 0) * columns
  const last = Math.min(total, ((rows.at(-1)?.index ?? 0) + 1) * columns) - 1
  useEffect(() => {
    if (total > 0) onShown(first, last)
  }, [first, last, total, onShown])

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const shown = Math.max(1, Math.floor(event.currentTarget.clientHeight / (height + GAP)))
    const to = event.altKey ? null : movedBy(event.key, cursor, total, { columns, rows: shown })
    if (to !== null) onMove(to, event)
    else if (!onKey(event)) return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div
      className="cell-grid"
      ref={scroller}
      role="listbox"
      aria-label={label}
      aria-multiselectable={isMulti}
      aria-activedescendant={cursorId}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="presentation">
        {rows.map(({ index, start }) => (
          <div
            key={index}
            className="cell-row"
            role="presentation"
            style={{ transform: `translateY(${start}px)`, height, gap: GAP }}
          >
            {Array.from({ length: Math.min(columns, total - index * columns) }, (_, at) =>
              renderCell(index * columns + at, virtual.isScrolling),
            )}
          </div>
        ))}
      </div>
    </div>
  )
}
