/** The objects of the image on screen, newest first. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { useLabels, useWorkbench } from '../../state/session-context.ts'
import { count } from '../words.ts'
import { onRowKeys } from '../controls/row-keys.ts'
import { DamagedObjects } from './DamagedObjects.tsx'
import { ObjectRow } from './ObjectRow.tsx'

const ROW_HEIGHT = 32

export const ObjectsPanel = () => {
  const annotations = useWorkbench((state) => state.annotations)
  const image = useWorkbench((state) => state.image)
  const selected = useWorkbench((state) => state.selected)
  const labels = useLabels()
  const scroller = useRef<HTMLDivElement>(null)
  const newestFirst = annotations.toReversed()
  const virtual = useVirtualizer({
    count: newestFirst.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => newestFirst[index]?.id ?? index,
    overscan: 6,
  })
  const place = newestFirst.findIndex(({ id }) => id === selected)
  useEffect(() => {
    if (place >= 0) virtual.scrollToIndex(place, { align: 'auto' })
  }, [place, virtual])

  const rows = virtual.getVirtualItems()
  const stop = rows.some(({ index }) => index === place) ? place : rows[0]?.index

  return (
    <section className="panel objects-panel" aria-label="Objects of this image" data-testid="objects-panel">
      <header className="panel-head">
        <h2>Objects</h2>
        <span className="panel-note" data-testid="object-count">
          {annotations.length > 0 && count(annotations.length)}
        </span>
      </header>
      <div className="scroll rows" ref={scroller}>
        {image && <DamagedObjects key={image.id} imageId={image.id} />}
        <div
          role="grid"
          aria-label="Objects of this image"
          aria-rowcount={newestFirst.length}
          style={{ height: virtual.getTotalSize(), position: 'relative' }}
          onKeyDown={onRowKeys}
        >
          {rows.map((row) => {
            const annotation = newestFirst[row.index]
            if (!annotation) return null
            return (
              <div
                key={row.key}
                style={{
                  position: 'absolute',
                  inset: '0 0 auto',
                  height: row.size,
                  transform: `translateY(${row.start}px)`,
                }}
              >
                <ObjectRow
                  annotation={annotation}
                  stop={row.index === stop}
                  label={labels.find(({ id }) => id === annotation.labelId) ?? null}
                />
              </div>
            )
          })}
        </div>
        {image?.problem === null && annotations.length === 0 && (
          <p className="empty-line">Click an object, or drag a box around it.</p>
        )}
      </div>
    </section>
  )
}
