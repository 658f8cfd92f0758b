/** The current class, always in sight at the top of the stage, and a way to change it. */
import { ChevronDown } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { keysOfLabels } from '../../../common/class-keys.ts'
import { actionOf, runAction } from '../../actions/all-actions.ts'
import { useLabels, useSession, useWorkbench, useWorkbenchActions } from '../../state/session-context.ts'
import { ClassItems } from '../classes/ClassItems.tsx'
import { ClassKey } from '../classes/ClassKey.tsx'
import { ActionKeys } from '../controls/Keys.tsx'
import { returnToStage } from '../controls/return-to-stage.ts'
import { t } from '../../texts/t.ts'

export const ClassChip = () => {
  const session = useSession()
  const labels = useLabels()
  const currentId = useWorkbench((state) => state.currentLabelId)
  const actions = useWorkbenchActions()
  const current = labels.find(({ id }) => id === currentId)
  if (!current)
    return (
      <button
        type="button"
        className="class-chip"
        data-testid="class-chip"
        onClick={() => runAction(actionOf('add-class'), session)}
      >
        {t('New class')} <ActionKeys id="add-class" />
      </button>
    )
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger
        className="class-chip"
        data-testid="class-chip"
        aria-description={t('The class of new objects. Opens the list of classes.')}
        title={current.name}
      >
        <span className="swatch" style={{ background: current.color }} />
        <span className="class-chip-name">{current.name}</span>
        <ClassKey digits={keysOfLabels(labels).get(current.id)} />
        <ChevronDown size={12} aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content onCloseAutoFocus={returnToStage} className="menu" align="start" sideOffset={4}>
          <ClassItems current={current.id} onPick={(labelId) => actions.pickLabel(labelId)} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
