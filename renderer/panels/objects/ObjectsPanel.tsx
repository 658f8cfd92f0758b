/** The objects of the image on screen, newest first. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useMemo, useRef, type KeyboardEvent } from 'react'
import type { AnnotationId } from '../../../common/model.ts'
import { useLabels, useSession, useWorkbench } from '../../state/session-context.ts'
import { count } from '../words.ts'
import { onRowKeys } from '../controls/row-keys.ts'
import { t } from '../../texts/t.ts'
import { AttributesBar } from './AttributesBar.tsx'
import { DamagedObjects } from './DamagedObjects.tsx'
import { DetailBar } from './DetailBar.tsx'
import { ObjectRow } from './ObjectRow.tsx'
import { Proposals } from './Proposals.tsx'
import { rowsBetween, type RowPick } from './row-pick.ts'

const ROW_HEIGHT = 32
/** The list goes to what was selected on the stage after this time, ms. */
const FOLLOW = 80

export const ObjectsPanel = () => {
  const annotations = useWorkbench((state) => state.annotations)
  const image = useWorkbench((state) => state.image)
  const selected = useWorkbench((state) => state.selected)
  const labels = useLabels()
  const selectedCount = useWorkbench((state) => state.selection.size)
  const scroller = useRef<HTMLDivElement>(null)
  const proposed = annotations.reduce((sum, { proposed }) => sum + Number(proposed), 0)
  const newestFirst = useMemo(() => annotations.toReversed(), [annotations])
  // Another function would have all rows measured anew.
  const getItemKey = useCallback((index: number) => newestFirst[index]?.id ?? index, [newestFirst])
  const virtual = useVirtualizer({
    count: newestFirst.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey,
    overscan: 6,
  })
  const place = newestFirst.findIndex(({ id }) => id === selected)
  useEffect(() => {
    if (place < 0) return
    // First the stage shows what is selected: new rows take longer than that.
    const late = setTimeout(() => virtual.scrollToIndex(place, { align: 'auto' }), FOLLOW)
    return () => clearTimeout(late)
  }, [place, virtual])

  const { workbench } = useSession()
  /** Where a range begins: the row that was picked last without Shift. */
  const anchor = useRef<AnnotationId | null>(null)
  const onPick = useCallback(
    (id: AnnotationId, how: RowPick) => {
      const desk = workbench.getState()
      if (how === 'range') {
        const list = desk.annotations.map((annotation) => annotation.id).toReversed()
        const from = list.includes(anchor.current ?? '') ? anchor.current : desk.selected
        return desk.selectAll(rowsBetween(list, from, id))
      }
      anchor.current = id
      if (how === 'toggle') desk.toggleSelected(id)
      else desk.select(id)
    },
    [workbench],
  )
  /** Shift+arrows take the rows in between, as Shift+click does. */
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const row = event.target instanceof HTMLElement ? event.target : null
    if (!event.shiftKey || step === 0 || row?.dataset.annotationId === undefined) return onRowKeys(event)
    event.preventDefault()
    const rowsShown = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-annotation-id]')]
    const next = rowsShown[rowsShown.indexOf(row) + step]
    if (next?.dataset.annotationId === undefined) return
    anchor.current ??= row.dataset.annotationId
    next.focus()
    onPick(next.dataset.annotationId, 'range')
  }

  const rows = virtual.getVirtualItems()
  const stop = rows.some(({ index }) => index === place) ? place : rows[0]?.index

  return (
    <section
      className="panel objects-panel"
      aria-label={t('Objects of this image')}
      data-testid="objects-panel"
    >
      <header className="panel-head">
        <h2>{t('Objects')}</h2>
        <span className="panel-note" data-testid="object-count">
          {selectedCount > 1
            ? t('{selected, number} of {total, number} selected', {
                selected: selectedCount,
                total: annotations.length,
              })
            : annotations.length > proposed && count(annotations.length - proposed)}
        </span>
      </header>
      <div className="scroll rows" ref={scroller}>
        {proposed > 0 && <Proposals number={proposed} />}
        {image && <DamagedObjects key={image.id} imageId={image.id} />}
        <div
          role="grid"
          aria-label={t('Objects of this image')}
          aria-rowcount={newestFirst.length}
          aria-multiselectable
          style={{ height: virtual.getTotalSize(), position: 'relative' }}
          onKeyDown={onKeyDown}
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
                  onPick={onPick}
                  label={labels.find(({ id }) => id === annotation.labelId) ?? null}
                />
              </div>
            )
          })}
        </div>
        {image?.problem === null && annotations.length === 0 && (
          <p className="empty-line">{t('Click an object, or drag a box around it.')}</p>
        )}
      </div>
      <AttributesBar />
      <DetailBar />
    </section>
  )
}
