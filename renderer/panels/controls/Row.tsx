/**
 * A row or cell of a list. Its tooltips and menus are made when the mouse first comes to it: they are most of what a row
 * costs to draw and to take away, and most rows that a step to another image draws are never visited.
 */
import { useState, type ComponentProps } from 'react'
import { flushSync } from 'react-dom'
import { NearContext } from './near.ts'

export const Row = ({ children, onPointerEnter, ...rest }: ComponentProps<'div'>) => {
  const [near, setNear] = useState(false)
  return (
    <div
      {...rest}
      onPointerEnter={(event) => {
        // A finger comes with its press, which would lose its button; it is shown no tooltip either.
        // At once: a button that is made anew between press and release is not clicked.
        const hovers = event.pointerType !== 'touch' && event.buttons === 0
        if (hovers && !near) flushSync(() => setNear(true))
        onPointerEnter?.(event)
      }}
    >
      <NearContext value={near}>{children}</NearContext>
    </div>
  )
}
