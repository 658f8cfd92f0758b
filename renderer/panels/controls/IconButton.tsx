/** Buttons with an icon and a tooltip. */
import type { LucideIcon } from 'lucide-react'
import type { ComponentProps, MouseEvent } from 'react'
import { t } from '../../texts/t.ts'
import { Tip } from './Tip.tsx'
import { useAction } from './use-action.ts'

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'title'> {
  readonly icon: LucideIcon
  /** Tooltip and accessible name. */
  readonly label: string
  /** The command that does the same: its key is in the tooltip. */
  readonly action?: string | undefined
  readonly small?: boolean
  readonly side?: 'top' | 'right' | 'bottom' | 'left'
  /** Its tooltip lies over other buttons. */
  readonly isTipInWay?: boolean
}

export const IconButton = ({
  icon: Icon,
  label,
  action,
  small,
  side,
  isTipInWay = false,
  className,
  ...rest
}: IconButtonProps) => (
  <Tip text={label} action={action} side={side ?? 'bottom'} isInWay={isTipInWay}>
    <button
      type="button"
      aria-label={label}
      className={`icon-button ${small ? 'small' : ''} ${className ?? ''}`}
      {...rest}
    >
      <Icon size={small ? 14 : 16} strokeWidth={1.75} aria-hidden />
    </button>
  </Tip>
)

interface RowButtonProps extends Omit<IconButtonProps, 'small' | 'tabIndex' | 'onClick' | 'isTipInWay'> {
  readonly onPress: () => void
}

/** A button in a row of a list: the row's keys do the same, so that Tab passes it by, and pressing it selects nothing. */
export const RowButton = ({ onPress, ...rest }: RowButtonProps) => (
  <IconButton
    {...rest}
    small
    isTipInWay
    tabIndex={-1}
    onClick={(event) => {
      event.stopPropagation()
      onPress()
    }}
  />
)

/** The button of an action: its label, its key, enabled as it says. */
export const ActionButton = ({
  id,
  icon,
  label,
  side,
  small = false,
}: {
  id: string
  icon: LucideIcon
  label?: string
  side?: 'top' | 'right' | 'bottom' | 'left'
  small?: boolean
}) => {
  const { action, enabled, checked, run } = useAction(id)
  const onClick = (event: MouseEvent) => {
    if (enabled) run()
    else event.preventDefault()
  }
  return (
    <IconButton
      icon={icon}
      label={label ?? t(action.label)}
      action={id}
      small={small}
      {...(side ? { side } : {})}
      data-testid={`action-${id}`}
      data-on={checked === true ? '' : undefined}
      aria-pressed={checked}
      // Not `disabled`: the tooltip is to say what it would do.
      aria-disabled={!enabled}
      onClick={onClick}
    />
  )
}
