/** A line of a menu for an action: its name, its shortcut, and as enabled as it says. */
import type { LucideIcon } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { t } from '../../texts/t.ts'
import { ActionKeys } from './Keys.tsx'
import { useAction } from './use-action.ts'

interface ActionItemProps {
  readonly id: string
  readonly label?: string
  readonly danger?: boolean
  /** Before the name. */
  readonly icon?: LucideIcon
}

export const ActionItem = ({ id, label, danger, icon: Icon }: ActionItemProps) => {
  const { action, enabled, run } = useAction(id)
  return (
    <DropdownMenu.Item
      className={danger ? 'menu-item danger' : 'menu-item'}
      disabled={!enabled}
      data-testid={`menu-${id}`}
      // The menu gives the focus back first, which a dialog is to take.
      onSelect={() => setTimeout(run)}
    >
      {Icon && <Icon size={15} strokeWidth={1.75} aria-hidden />}
      {label ?? t(action.label)}
      <ActionKeys id={id} />
    </DropdownMenu.Item>
  )
}
