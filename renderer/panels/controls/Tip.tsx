/** A tooltip, with the key of a command where it does the same. */
import { Tooltip } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { ActionKeys } from './Keys.tsx'

export const Tip = ({
  text,
  action,
  side = 'bottom',
  children,
}: {
  text: ReactNode
  /** The command whose key is shown. */
  action?: string | undefined
  side?: 'top' | 'right' | 'bottom' | 'left'
  children: ReactElement
}) => (
  <Tooltip.Root>
    <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
    <Tooltip.Portal>
      <Tooltip.Content className="tip" side={side} sideOffset={6} collisionPadding={8}>
        <span>{text}</span>
        {action !== undefined && <ActionKeys id={action} />}
      </Tooltip.Content>
    </Tooltip.Portal>
  </Tooltip.Root>
)
