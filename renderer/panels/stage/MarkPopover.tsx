/** A chip at the head of the stage that opens a small panel, where something is said of the image on screen. */
import { Popover } from 'radix-ui'
import type { ReactNode } from 'react'
import { actionOf } from '../../actions/all-actions.ts'
import { useSession, useView } from '../../state/session-context.ts'
import type { ViewState } from '../../state/view.ts'
import { returnToStage } from '../controls/return-to-stage.ts'
import { Tip } from '../controls/Tip.tsx'

interface MarkPopoverProps {
  readonly name: NonNullable<ViewState['marking']>
  /** Of the action that opens it. */
  readonly actionId: string
  /** What is said now, in words; null when nothing is. */
  readonly said: string | null
  readonly chip: ReactNode
  readonly children: ReactNode
}

export const MarkPopover = ({ name, actionId, said, chip, children }: MarkPopoverProps) => {
  const { view } = useSession()
  const open = useView((state) => state.marking === name)
  const { label } = actionOf(actionId)
  return (
    <Popover.Root open={open} onOpenChange={(next) => view.set({ marking: next ? name : null })}>
      <Tip text={said ?? label} action={actionId}>
        <Popover.Trigger
          className="done-chip mark-chip"
          aria-label={said === null ? label : `${label}: ${said}`}
          data-on={said === null ? undefined : ''}
          data-testid={`mark-${name}`}
        >
          {chip}
        </Popover.Trigger>
      </Tip>
      <Popover.Portal>
        <Popover.Content
          className="popover mark-panel"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
          data-testid={`mark-${name}-panel`}
          onCloseAutoFocus={returnToStage}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
