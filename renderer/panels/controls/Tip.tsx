/** A tooltip with an optional shortcut. */
import { Tooltip } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { Keys } from './Keys.tsx'

export const Tip = ({
  text,
  shortcut,
  side = 'bottom',
  children,
}: {
  text: ReactNode
  shortcut?: string | undefined
  side?: 'top' | 'right' | 'bottom' | 'left'
  children: ReactElement
}) => (
  <Tooltip.Root>
    <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
    <Tooltip.Portal>
      <Tooltip.Content className="tip" side={side} sideOffset={6} collisionPadding={8}>
        <span>{text}</span>
        {shortcut !== undefined && <Keys shortcut={shortcut} />}
      </Tooltip.Content>
    </Tooltip.Portal>
  </Tooltip.Root>
)
