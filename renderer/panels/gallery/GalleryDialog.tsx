/** All objects of a class as crops across the images of the list: to see the odd one out, and to put it right. */
import { Images } from 'lucide-react'
import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react'
import { useStore } from 'zustand'
import type { CallOutput } from '../../../common/contract.ts'
import { labelOfKey } from '../../../common/class-keys.ts'
import type { AnnotationId, ImageId, LabelId } from '../../../common/model.ts'
import { createCrops } from '../../state/crops.ts'
import { createGallery } from '../../state/gallery.ts'
import { attempt, showNotice } from '../../state/report.ts'
import { useImages, useLabels, useSession } from '../../state/session-context.ts'
import { Modal } from '../controls/Modal.tsx'
import { CellGrid } from '../grid/CellGrid.tsx'
import { isEverything } from '../../state/image-pages.ts'
import { CROP, GalleryCell } from './GalleryCell.tsx'
import { GalleryFoot } from './GalleryFoot.tsx'
import { GalleryHead } from './GalleryHead.tsx'
import { t } from '../../texts/t.ts'

type Changed = CallOutput<'gallery.setClass'>

/** What was done last, while it can be taken back. */
interface Done {
  readonly text: string
  readonly imageId: ImageId | null
  readonly ids: ReadonlySet<AnnotationId>
}

export const GalleryDialog = ({ labelId: first, onClose }: { labelId: LabelId; onClose: () => void }) => {
  const session = useSession()
  const { client, navigation, workbench } = session
  const labels = useLabels()
  const filter = useImages((state) => state.filter)
  const [gallery] = useState(() =>
    createGallery(client, { labelId: first, filter, sort: { by: 'place', descending: false } }),
  )
  const [crops] = useState(() => createCrops(client))
  useEffect(
    () => () => {
      gallery.close()
      crops.close()
    },
    [gallery, crops],
  )
  const { request, total, loaded, selected, problem } = useStore(gallery.store)
  const [moved, setMoved] = useState(0)
  const [hasOutlines, setHasOutlines] = useState(true)
  const [done, setDone] = useState<Done | null>(null)
  const cursor = Math.max(0, Math.min(moved, total - 1))
  /** Where a range begins. */
  const anchor = useRef(0)
  /** A change is on its way: the next key must not mean what was selected before. */
  const isChanging = useRef(false)
  const label = labels.find(({ id }) => id === request.labelId)
  useEffect(() => attempt(gallery.ensure(0, 0)), [gallery])

  const change = async (run: (ids: string[]) => Promise<Changed>, said: (count: number) => string) => {
    const ids = [...gallery.store.getState().selected]
    if (ids.length === 0 || isChanging.current) return
    isChanging.current = true
    try {
      const { changed, locked, imageId } = await run(ids)
      const kept =
        locked === 0
          ? ''
          : `; ${t('{count, plural, one {# locked object} other {# locked objects}} left as before', { count: locked })}`
      setDone({ text: said(changed) + kept, imageId, ids: new Set(ids) })
    } finally {
      isChanging.current = false
    }
  }
  const undo = () => {
    const imageId = done?.imageId ?? null
    if (imageId === null || isChanging.current) return
    setDone(null)
    attempt(client.call('edit.undo', { imageId }))
  }
  // Undo takes back the newest edit of an image: once another one is there, it is offered no more.
  useEffect(
    () =>
      client.on('edit.applied', ({ diff: { annotations }, kind }) => {
        const touched = [...annotations.removed, ...annotations.updated.map(([, to]) => to)]
        setDone((now) =>
          kind === 'commit' && now !== null && touched.every(({ id }) => now.ids.has(id)) ? now : null,
        )
      }),
    [client],
  )
  const setClass = (labelId: LabelId) => {
    const name = labels.find(({ id }) => id === labelId)?.name ?? ''
    const said = (count: number) =>
      t('{count, plural, one {# object} other {# objects}} of class {name} now', { count, name })
    attempt(change((ids) => client.call('gallery.setClass', { ids, labelId }), said))
  }
  const remove = () => {
    const said = (count: number) => t('{count, plural, one {# object} other {# objects}} deleted', { count })
    attempt(change((ids) => client.call('gallery.remove', { ids }), said))
  }

  const open = useCallback(
    async (index: number) => {
      const item = gallery.itemAt(index)
      if (!item) return
      onClose()
      if (!(await navigation.show(item.imageId)))
        return showNotice({ level: 'info', message: t('The filter hides the image of this object now.') })
      if (workbench.getState().image?.id === item.imageId) workbench.getState().select(item.id)
    },
    [gallery, navigation, workbench, onClose],
  )
  const onOpen = useCallback((index: number) => attempt(open(index)), [open])
  const onPick = useCallback(
    (index: number, { shiftKey, ctrlKey, metaKey }: MouseEvent) => {
      setMoved(index)
      if (shiftKey) return attempt(gallery.selectRange(anchor.current, index))
      anchor.current = index
      if (ctrlKey || metaKey) gallery.toggle(index)
      else gallery.select(index)
    },
    [gallery],
  )
  const onMove = (to: number, { shiftKey, ctrlKey, metaKey }: KeyboardEvent) => {
    setMoved(to)
    if (shiftKey) return attempt(gallery.selectRange(anchor.current, to))
    anchor.current = to
    if (!ctrlKey && !metaKey) gallery.select(to)
  }
  const onKey = (event: KeyboardEvent): boolean => {
    const { key, ctrlKey, metaKey, altKey, repeat } = event
    const isMod = ctrlKey || metaKey
    if (repeat || altKey) return false
    if (isMod && key.toLowerCase() === 'a') {
      attempt(gallery.selectRange(0, total - 1))
    } else if (isMod && key.toLowerCase() === 'z') undo()
    else if (key === ' ') gallery.toggle(cursor)
    else if (key === 'Enter') onOpen(cursor)
    else if (key === 'Delete' || key === 'Backspace') remove()
    else if (!isMod && /^[1-9]$/.test(key)) {
      const meant = labelOfKey(labels, key)
      if (meant === null) return false
      setClass(meant.id)
    } else return false
    return true
  }
  const onShown = useCallback((from: number, to: number) => attempt(gallery.ensure(from, to)), [gallery])
  const restart = (next: Partial<typeof request>) => {
    setMoved(0)
    anchor.current = 0
    attempt(gallery.ask({ ...request, ...next }))
  }
  return (
    <Modal
      open
      onClose={onClose}
      title={t('Objects of class “{name}”', { name: label?.name ?? '' })}
      width={1400}
      testId="gallery-dialog"
      footer={
        <GalleryFoot
          selected={selected.size}
          labelId={request.labelId}
          done={done?.text ?? null}
          onUndo={(done?.imageId ?? null) === null ? null : undo}
          onSetClass={setClass}
          beforeNewClass={onClose}
          onRemove={remove}
        />
      }
    >
      <GalleryHead
        state={{ request, total, loaded }}
        labels={labels}
        hasOutlines={hasOutlines}
        onAsk={restart}
        onOutlines={setHasOutlines}
      />
      {problem !== null && (
        <p className="error-line" role="alert">
          {problem}
        </p>
      )}
      {loaded && total === 0 && problem === null ? (
        <div className="cells-empty">
          <Images size={26} strokeWidth={1.5} aria-hidden />
          <p>
            {isEverything(request.filter)
              ? t('No image has an object of this class yet.')
              : t('No image of the filter has an object of this class.')}
          </p>
        </div>
      ) : (
        <CellGrid
          total={total}
          width={CROP}
          height={CROP}
          label={t('Objects of class {name}', { name: label?.name ?? '' })}
          cursor={cursor}
          cursorId={gallery.itemAt(cursor) ? `object-${gallery.itemAt(cursor)!.id}` : undefined}
          isMulti
          onMove={onMove}
          onKey={onKey}
          onShown={onShown}
          renderCell={(index, isScrolling) => {
            const item = gallery.itemAt(index)
            return (
              <GalleryCell
                key={item?.id ?? index}
                item={item}
                index={index}
                total={total}
                isAtCursor={index === cursor}
                isSelected={item ? selected.has(item.id) : false}
                isScrolling={isScrolling}
                hasOutline={hasOutlines}
                color={label?.color ?? '#888888'}
                crops={crops}
                onPick={onPick}
                onOpen={onOpen}
              />
            )
          }}
        />
      )}
    </Modal>
  )
}
