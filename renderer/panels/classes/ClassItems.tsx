/** The classes as lines of a menu: the current one marked, and a way to a new one. */
import { Check, Plus } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { keysOfLabels } from '../../../common/class-keys.ts'
import type { LabelId } from '../../../common/model.ts'
import { actionOf, runAction } from '../../actions/all-actions.ts'
import { useLabels, useSession } from '../../state/session-context.ts'
import { ClassKey } from './ClassKey.tsx'
import { ActionKeys } from '../controls/Keys.tsx'
import { t } from '../../texts/t.ts'

/** The menu is put in its place after its lines are made. */
const bringIntoView = (item: HTMLElement | null) => {
  requestAnimationFrame(() => item?.scrollIntoView({ block: 'center' }))
}

export const ClassItems = ({
  current,
  onPick,
  beforeNew,
}: {
  current: LabelId | null
  onPick: (labelId: LabelId) => void
  /** Runs before the field for a new class opens. */
  beforeNew?: () => void
}) => {
  const session = useSession()
  const labels = useLabels()
  const keys = keysOfLabels(labels)
  const addClass = () => {
    beforeNew?.()
    // The menu gives the focus back first, which would close the field.
    setTimeout(() => runAction(actionOf('add-class'), session))
  }
  return (
    <>
      <DropdownMenu.RadioGroup value={current ?? ''} onValueChange={onPick}>
        {labels.map((label) => (
          <DropdownMenu.RadioItem
            key={label.id}
            value={label.id}
            className="menu-item"
            title={label.name}
            ref={label.id === current ? bringIntoView : undefined}
          >
            <span className="swatch" style={{ background: label.color }} />
            <span className="menu-name">{label.name}</span>
            <DropdownMenu.ItemIndicator className="menu-check">
              <Check size={13} strokeWidth={2.5} aria-hidden />
            </DropdownMenu.ItemIndicator>
            <span className="menu-keys">
              <ClassKey digits={keys.get(label.id)} />
            </span>
          </DropdownMenu.RadioItem>
        ))}
      </DropdownMenu.RadioGroup>
      <div className="menu-foot">
        <DropdownMenu.Separator className="menu-line" />
        <DropdownMenu.Item className="menu-item" onSelect={addClass}>
          <Plus size={12} aria-hidden />
          {t('New class…')}
          <span className="menu-keys">
            <ActionKeys id="add-class" />
          </span>
        </DropdownMenu.Item>
      </div>
    </>
  )
}
