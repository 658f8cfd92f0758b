/** A class in the list: pick, rename, recolour, hide, delete, move. */
import { Eye, EyeOff, Lock, LockOpen, Trash2, TriangleAlert } from 'lucide-react'
import { ContextMenu } from 'radix-ui'
import { memo, type DragEvent, type KeyboardEvent } from 'react'
import type { Label } from '../../../common/model.ts'
import { attempt } from '../../state/report.ts'
import { useSession, useView, useWorkbench, useWorkbenchActions } from '../../state/session-context.ts'
import { RowButton } from '../controls/IconButton.tsx'
import { Row } from '../controls/Row.tsx'
import { ClassKey } from './ClassKey.tsx'
import { ActionKeys } from '../controls/Keys.tsx'
import { count } from '../words.ts'
import { ColorPicker } from './ColorPicker.tsx'
import { NameField } from './NameField.tsx'
import { t } from '../../texts/t.ts'
import { useLanguage } from '../../texts/use-language.ts'

const DRAG_TYPE = 'application/x-maskwright-class'

interface ClassRowProps {
  readonly label: Label
  readonly index: number
  /** That pick it. */
  readonly digits: string | undefined
  /** An earlier class of the same name in another case. */
  readonly twin: string | null
  /** How many objects of this image have it. */
  readonly objects: number
  /** The row that the Tab key reaches; arrows go on from it. */
  readonly stop: boolean
  readonly onDelete: (label: Label) => void
}

/** Kept as it is while nothing of it changes: an edit changes the number of one class, of hundreds. */
export const ClassRow = memo(({ label, index, digits, twin, objects, stop, onDelete }: ClassRowProps) => {
  useLanguage()
  const { labels, view, workbench } = useSession()
  const actions = useWorkbenchActions()
  const current = useWorkbench((state) => state.currentLabelId === label.id)
  const hidden = useWorkbench((state) => state.hiddenLabels.has(label.id))
  const renaming = useView((state) => state.renamingLabel === label.id)
  const said = [label.name, label.supercategory, label.description].filter((one) => one !== null).join('\n')
  const rename = () => view.set({ renamingLabel: label.id })
  const selectAll = () => {
    const { annotations } = workbench.getState()
    actions.selectAll(annotations.filter(({ labelId }) => labelId === label.id).map(({ id }) => id))
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault()
      attempt(labels.move(label.id, index + (event.key === 'ArrowUp' ? -1 : 1)))
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      actions.pickLabel(label.id)
    } else if (event.key === 'F2') {
      event.preventDefault()
      rename()
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault()
      onDelete(label)
    }
  }
  const onDrop = (event: DragEvent) => {
    const moved = event.dataTransfer.getData(DRAG_TYPE)
    if (moved !== '') attempt(labels.move(moved, index))
  }

  if (renaming)
    return (
      <NameField
        initial={label.name}
        label={t('Name of {name}', { name: label.name })}
        onKeep={(name) => labels.rename(label.id, name)}
        onLeave={() => view.set({ renamingLabel: null })}
      />
    )
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger asChild>
        <Row
          className="row class-row"
          role="row"
          tabIndex={stop ? 0 : -1}
          aria-selected={current}
          data-testid="class-row"
          data-label-id={label.id}
          data-own-keys
          data-dim={hidden ? '' : undefined}
          draggable
          onClick={(event) => {
            actions.pickLabel(label.id)
            // A row that was clicked, and not reached with Tab, leaves the keys to the stage.
            if (event.detail > 0) event.currentTarget.blur()
          }}
          onDoubleClick={rename}
          onKeyDown={onKeyDown}
          onDragStart={(event) => event.dataTransfer.setData(DRAG_TYPE, label.id)}
          onDragOver={(event) => event.dataTransfer.types.includes(DRAG_TYPE) && event.preventDefault()}
          onDrop={onDrop}
        >
          <div role="gridcell" className="row-cell">
            <ColorPicker
              color={label.color}
              name={label.name}
              onPick={(color) => color !== label.color && attempt(labels.recolor(label.id, color))}
            />
            <span className="row-name" title={said}>
              {label.name}
            </span>
            {twin !== null && (
              <RowButton
                icon={TriangleAlert}
                className="warn"
                label={t('“{name}” has the same name in another case. Merge them…', { name: twin })}
                data-testid="class-twin"
                onPress={() => view.set({ mergingLabel: label.id })}
              />
            )}
            <span className="row-tools" onDoubleClick={(event) => event.stopPropagation()}>
              <RowButton
                icon={hidden ? EyeOff : Eye}
                label={
                  hidden ? t('Show {name}', { name: label.name }) : t('Hide {name}', { name: label.name })
                }
                data-testid="class-hide"
                data-keep={hidden ? '' : undefined}
                aria-pressed={hidden}
                onPress={() => actions.toggleLabelHidden(label.id)}
              />
              <RowButton
                icon={label.locked ? Lock : LockOpen}
                label={
                  label.locked
                    ? t('Unlock {name}', { name: label.name })
                    : t('Lock {name}: nothing can change it and its objects', { name: label.name })
                }
                action={current ? 'lock-class' : undefined}
                data-testid="class-lock"
                data-keep={label.locked ? '' : undefined}
                aria-pressed={label.locked}
                onPress={() => attempt(labels.setLocked(label.id, !label.locked))}
              />
              <RowButton
                icon={Trash2}
                label={t('Delete {name}…', { name: label.name })}
                data-testid="class-delete"
                onPress={() => onDelete(label)}
              />
            </span>
            <span
              className="row-count"
              aria-label={t('{count, plural, one {# object} other {# objects}} in this image', {
                count: objects,
              })}
            >
              {objects > 0 && count(objects)}
            </span>
            <span className="row-key">
              <ClassKey digits={digits} />
            </span>
          </div>
        </Row>
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className="menu">
          <ContextMenu.Item className="menu-item" onSelect={() => setTimeout(rename)}>
            {t('Rename')} <span className="menu-keys">F2</span>
          </ContextMenu.Item>
          <ContextMenu.Item
            className="menu-item"
            disabled={objects === 0}
            data-testid="class-select-all"
            onSelect={selectAll}
          >
            {objects === 0
              ? t('Select its objects')
              : t('Select its {count, plural, one {# object} other {# objects}}', { count: objects })}
            {current && <ActionKeys id="select-class" />}
          </ContextMenu.Item>
          <ContextMenu.Item
            className="menu-item"
            data-testid="class-gallery"
            onSelect={() =>
              setTimeout(() => {
                workbench.setState({ currentLabelId: label.id })
                view.show('gallery')
              })
            }
          >
            {t('All its objects side by side')} {current && <ActionKeys id="gallery" />}
          </ContextMenu.Item>
          <ContextMenu.Item className="menu-item" onSelect={() => actions.toggleLabelHidden(label.id)}>
            {hidden ? t('Show') : t('Hide')}
          </ContextMenu.Item>
          <ContextMenu.Item
            className="menu-item"
            onSelect={() => attempt(labels.setLocked(label.id, !label.locked))}
          >
            {label.locked ? t('Unlock') : t('Lock')}
            {current && <ActionKeys id="lock-class" />}
          </ContextMenu.Item>
          <ContextMenu.Item
            className="menu-item"
            disabled={index === 0}
            onSelect={() => attempt(labels.move(label.id, index - 1))}
          >
            {t('Move up')} <span className="menu-keys">{t('Alt+↑')}</span>
          </ContextMenu.Item>
          <ContextMenu.Item className="menu-item" onSelect={() => attempt(labels.move(label.id, index + 1))}>
            {t('Move down')} <span className="menu-keys">{t('Alt+↓')}</span>
          </ContextMenu.Item>
          <ContextMenu.Separator className="menu-line" />
          <ContextMenu.Item
            className="menu-item"
            data-testid="class-edit"
            onSelect={() => setTimeout(() => view.set({ editingLabel: label.id }))}
          >
            {t('Digits, attributes…')} {current && <ActionKeys id="edit-class" />}
          </ContextMenu.Item>
          <ContextMenu.Item
            className="menu-item"
            data-testid="class-merge"
            onSelect={() => setTimeout(() => view.set({ mergingLabel: label.id }))}
          >
            {t('Merge, or move its objects…')}
          </ContextMenu.Item>
          <ContextMenu.Separator className="menu-line" />
          <ContextMenu.Item className="menu-item danger" onSelect={() => onDelete(label)}>
            {t('Delete…')} <span className="menu-keys">{t('Del')}</span>
          </ContextMenu.Item>
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  )
})
ClassRow.displayName = 'ClassRow'
