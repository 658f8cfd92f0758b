/** Finds an action or a class by its name. */
import { Command } from 'cmdk'
import { stateOf } from '../../actions/action.ts'
import { allActions, runAction } from '../../actions/all-actions.ts'
import { useLabels, useSession, useWorkbenchActions } from '../../state/session-context.ts'
import { ActionKeys } from '../controls/Keys.tsx'
import { rankOf } from './rank.ts'
import { t } from '../../texts/t.ts'

export const CommandPalette = ({ onClose }: { onClose: () => void }) => {
  const session = useSession()
  const labels = useLabels()
  const workbench = useWorkbenchActions()
  const state = stateOf(session)
  // Classes stand by their names below.
  const actions = allActions.filter(
    (action) =>
      action.listed !== false &&
      action.keys === undefined &&
      action.id !== 'palette' &&
      action.enabled(state),
  )
  const choose = (run: () => void) => {
    onClose()
    run()
  }
  return (
    <Command.Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      label={t('Find a command')}
      filter={rankOf}
      overlayClassName="overlay"
      contentClassName="modal command"
      data-testid="command-palette"
    >
      <Command.Input placeholder={t('Find a command or a class…')} className="command-input" />
      <Command.List className="command-list">
        <Command.Empty className="empty-line">{t('Nothing of that name.')}</Command.Empty>
        <Command.Group heading={t('Commands')}>
          {actions.map((action) => (
            <Command.Item
              key={action.id}
              value={t(action.label)}
              className="menu-item"
              onSelect={() => choose(() => runAction(action, session))}
            >
              {t(action.label)}
              <ActionKeys id={action.id} />
            </Command.Item>
          ))}
        </Command.Group>
        {labels.length > 0 && (
          <Command.Group heading={t('Classes')}>
            {labels.map((label) => (
              <Command.Item
                key={label.id}
                value={label.name}
                className="menu-item"
                onSelect={() => choose(() => workbench.pickLabel(label.id))}
              >
                <span className="swatch" style={{ background: label.color }} />
                {label.name}
              </Command.Item>
            ))}
          </Command.Group>
        )}
      </Command.List>
    </Command.Dialog>
  )
}
