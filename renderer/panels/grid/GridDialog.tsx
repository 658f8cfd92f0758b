/** The images of the list side by side, with their objects drawn on them. */
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { createOutlines } from '../../state/outlines.ts'
import { attempt } from '../../state/report.ts'
import { useApp, useImages, useLabels, useNavigation, useSession } from '../../state/session-context.ts'
import { Modal } from '../controls/Modal.tsx'
import { EmptyFilter } from '../images/EmptyFilter.tsx'
import { ListFilter } from '../images/ListFilter.tsx'
import { useThumbnails } from '../images/use-thumbnails.ts'
import { t } from '../../texts/t.ts'
import { CellGrid } from './CellGrid.tsx'
import { CELL_HEIGHT, GridCell, PICTURE_WIDTH } from './GridCell.tsx'

export const GridDialog = ({ onClose }: { onClose: () => void }) => {
  const { client, images, navigation } = useSession()
  const total = useImages((state) => state.total)
  const loaded = useImages((state) => state.loaded)
  const pages = useImages((state) => state.pages)
  const isEmpty = useApp((state) => state.project?.imageCount === 0)
  const current = useNavigation((state) => state.index)
  const labels = useLabels()
  const colors = useMemo(() => new Map(labels.map(({ id, color }) => [id, color])), [labels])
  const [outlines] = useState(() => createOutlines(client))
  useEffect(() => () => outlines.close(), [outlines])
  const objectsOf = useStore(outlines.store, (state) => state.of)
  const thumbnailOf = useThumbnails()
  const [moved, setMoved] = useState(current ?? 0)
  // A filter that was changed here may have made the list shorter.
  const cursor = Math.max(0, Math.min(moved, total - 1))
  const [range, setRange] = useState<readonly [first: number, last: number]>([0, 0])

  const onShown = useCallback((first: number, last: number) => {
    setRange([first, last])
  }, [])
  useEffect(() => {
    const [first, last] = range
    // A list that was taken up again has only the pages that were in sight then.
    attempt(navigation.look(first, last))
    const ids = Array.from({ length: last - first + 1 }, (_, at) => images.itemAt(first + at)?.id ?? null)
    attempt(outlines.ensure(ids.filter((id) => id !== null)))
  }, [images, navigation, outlines, range, pages])
  const open = useCallback(
    (index: number) => {
      onClose()
      attempt(navigation.goTo(index))
    },
    [navigation, onClose],
  )
  return (
    <Modal open onClose={onClose} title={t('Images')} width={1400} testId="grid-dialog">
      <div className="cells-head">
        <ListFilter />
        <span className="dim" role="status" data-testid="grid-count">
          {t('{count, plural, one {# image} other {# images}}', { count: total })}
        </span>
        <span className="dim cells-keys">{t('Arrows move, Enter opens')}</span>
      </div>
      {loaded && total === 0 ? (
        isEmpty ? (
          <p className="empty-line">{t('No images.')}</p>
        ) : (
          <EmptyFilter />
        )
      ) : (
        <CellGrid
          total={total}
          width={PICTURE_WIDTH}
          height={CELL_HEIGHT}
          label={t('Images of the folder')}
          cursor={cursor}
          cursorId={images.itemAt(cursor) ? `cell-${images.itemAt(cursor)!.id}` : undefined}
          onMove={setMoved}
          onKey={({ key, repeat }) => {
            if (key !== 'Enter' || repeat) return false
            open(cursor)
            return true
          }}
          onShown={onShown}
          renderCell={(index, isScrolling) => {
            const item = images.itemAt(index)
            return (
              <GridCell
                key={index}
                item={item}
                index={index}
                total={total}
                isCurrent={index === cursor}
                src={thumbnailOf(item, isScrolling)}
                objects={item ? objectsOf.get(item.id) : undefined}
                colors={colors}
                onOpen={open}
              />
            )
          }}
        />
      )}
    </Modal>
  )
}
