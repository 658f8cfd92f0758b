/** What is done with the objects that are selected in the gallery. */
import { ChevronDown, Trash2 } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { LabelId } from '../../../common/model.ts'
import { MOST_SELECTED } from '../../state/gallery.ts'
import { ClassItems } from '../classes/ClassItems.tsx'
import { t } from '../../texts/t.ts'

interface GalleryFootProps {
  readonly selected: number
  readonly labelId: LabelId
  /** What was done last, in words. */
  readonly done: string | null
  /** Null when it can't be taken back here. */
  readonly onUndo: (() => void) | null
  readonly onSetClass: (labelId: LabelId) => void
  readonly beforeNewClass: () => void
  readonly onRemove: () => void
}

export const GalleryFoot = (props: GalleryFootProps) => {
  const { selected, labelId, done, onUndo, onSetClass, beforeNewClass, onRemove } = props
  return (
    <div className="gallery-foot">
      <span className="dim" role="status" data-testid="gallery-selected">
        {selected === 0
          ? (done ?? t('Nothing selected'))
          : selected === MOST_SELECTED
            ? t('{count, plural, one {# object} other {# objects}} selected: no more at once', {
                count: selected,
              })
            : t('{count, plural, one {# object} other {# objects}} selected', { count: selected })}
      </span>
      {onUndo !== null && (
        <button type="button" className="button" data-testid="gallery-undo" onClick={onUndo}>
          {t('Undo')}
        </button>
      )}
      <span className="dim cells-keys">{t('Shift and Ctrl select more, 1-9 give a class, Enter opens')}</span>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger className="button" disabled={selected === 0} data-testid="gallery-class">
          {t('Change class')} <ChevronDown size={12} aria-hidden />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
            <ClassItems current={labelId} onPick={onSetClass} beforeNew={beforeNewClass} />
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <button
        type="button"
        className="button"
        disabled={selected === 0}
        data-testid="gallery-delete"
        onClick={onRemove}
      >
        <Trash2 size={14} strokeWidth={1.75} aria-hidden />
        {t('Delete')}
      </button>
    </div>
  )
}
