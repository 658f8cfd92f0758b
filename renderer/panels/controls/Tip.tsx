/** A tooltip, with the key of a command where it does the same. */
import { Tooltip } from 'radix-ui'
import { use, type ReactElement, type ReactNode } from 'react'
import { ActionKeys } from './Keys.tsx'
import { NearContext } from './near.ts'

export const Tip = ({
  text,
  action,
  side = 'bottom',
  isInWay = false,
  children,
}: {
  text: ReactNode
  /** The command whose key is shown. */
  action?: string | undefined
  side?: 'top' | 'right' | 'bottom' | 'left'
  /** It lies over other buttons: the mouse goes through it. */
  isInWay?: boolean
  children: ReactElement
}) => {
  if (!use(NearContext)) return children
  return (
    <Tooltip.Root disableHoverableContent={isInWay}>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content
          className="tip"
          data-in-way={isInWay ? '' : undefined}
          side={side}
          sideOffset={6}
          collisionPadding={8}
        >
          <span>{text}</span>
          {action !== undefined && <ActionKeys id={action} />}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
