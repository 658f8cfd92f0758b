/** A line of a menu for an action: its name, its shortcut, and as enabled as it says. */
import { DropdownMenu } from 'radix-ui'
import { Keys } from './Keys.tsx'
import { useAction } from './use-action.ts'

export const ActionItem = ({ id, label, danger }: { id: string; label?: string; danger?: boolean }) => {
  const { action, enabled, run } = useAction(id)
  const [shortcut] = action.shortcuts
  return (
    <DropdownMenu.Item
      className={danger ? 'menu-item danger' : 'menu-item'}
      disabled={!enabled}
      data-testid={`menu-${id}`}
      // The menu gives the focus back first, which a dialog is to take.
      onSelect={() => setTimeout(run)}
    >
      {label ?? action.label}
      {shortcut !== undefined && <Keys shortcut={shortcut} />}
    </DropdownMenu.Item>
  )
}
