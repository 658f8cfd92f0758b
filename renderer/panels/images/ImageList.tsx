/** The images of the folder: filter, virtual list, position. */
import { LayoutGrid } from 'lucide-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useRef, useState } from 'react'
import { attempt } from '../../state/report.ts'
import { useApp, useImages, useNavigation, useSession } from '../../state/session-context.ts'
import { ActionButton } from '../controls/IconButton.tsx'
import { t } from '../../texts/t.ts'
import { EmptyFilter } from './EmptyFilter.tsx'
import { ImagePosition } from './ImagePosition.tsx'
import { ImageRow } from './ImageRow.tsx'
import { ListFilter } from './ListFilter.tsx'
import { ProjectProgress } from './ProjectProgress.tsx'
import { TaskChip } from './TaskChip.tsx'
import { useThumbnails } from './use-thumbnails.ts'

const ROW_HEIGHT = 44

export const ImageList = () => {
  const session = useSession()
  const { images, navigation } = session
  const total = useImages((state) => state.total)
  const loaded = useImages((state) => state.loaded)
  const show = useImages((state) => state.filter)
  const pages = useImages((state) => state.pages)
  const index = useNavigation((state) => state.index)
  const imageId = useNavigation((state) => state.imageId)
  const sought = useNavigation((state) => state.sought)
  const project = useApp((state) => state.project)
  const scroller = useRef<HTMLDivElement>(null)
  const [focused, setFocused] = useState(false)

  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
  })
  const rows = virtual.getVirtualItems()
  const first = rows[0]?.index ?? 0
  const last = rows.at(-1)?.index ?? 0
  const thumbnailOf = useThumbnails()

  // Also of pages: a list that was taken up again has only those that were in sight then.
  useEffect(() => {
    if (total > 0) attempt(navigation.look(first, last))
  }, [navigation, first, last, total, show, pages])
  useEffect(() => {
    if (sought !== null) virtual.scrollToIndex(sought.index, { align: 'auto' })
  }, [sought, virtual])
  // A smaller window keeps the current row in sight, where it was; who has scrolled elsewhere stays there.
  const height = virtual.scrollRect?.height ?? 0
  const inSight = useRef(false)
  useEffect(() => {
    if (index !== null && inSight.current) virtual.scrollToIndex(index, { align: 'auto' })
  }, [height, index, virtual])
  useEffect(() => {
    const { range } = virtual
    inSight.current = index !== null && range !== null && index >= range.startIndex && index <= range.endIndex
  })
  const open = useCallback((at: number) => attempt(navigation.goTo(at)), [navigation])

  return (
    <section className="panel images-panel" aria-label={t('Images')} data-testid="image-list">
      <header className="panel-head">
        <h2>{t('Images')}</h2>
        <ImagePosition />
        <ActionButton id="grid" icon={LayoutGrid} small />
      </header>
      <ProjectProgress />
      <TaskChip />
      {project !== null && project.imageCount > 0 && <ListFilter />}
      {loaded && total === 0 ? (
        project?.imageCount === 0 ? (
          <p className="empty-line">{t('No images.')}</p>
        ) : (
          <EmptyFilter />
        )
      ) : (
        <div
          className="scroll"
          ref={scroller}
          role="listbox"
          aria-label={t('Images of the folder')}
          aria-activedescendant={imageId === null ? undefined : `image-${imageId}`}
          tabIndex={0}
          data-focused={focused ? '' : undefined}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
        >
          <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
            {rows.map((row) => {
              const item = images.itemAt(row.index)
              return (
                <div
                  // A row that moves takes its picture along.
                  key={item !== null && images.indexOf(item.id) === row.index ? item.id : `row ${row.index}`}
                  style={{
                    position: 'absolute',
                    inset: '0 0 auto',
                    height: row.size,
                    transform: `translateY(${row.start}px)`,
                  }}
                >
                  <ImageRow
                    item={item}
                    index={row.index}
                    current={item !== null && item.id === imageId}
                    thumbnail={thumbnailOf(item, virtual.isScrolling)}
                    onOpen={open}
                  />
                </div>
              )
            })}
          </div>
        </div>
      )}
    </section>
  )
}
