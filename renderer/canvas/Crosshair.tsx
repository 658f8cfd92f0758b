/** Lines through the pointer over all of the stage, moved without drawing anything anew. */
import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { toScreen } from '../../common/geometry/viewport.ts'
import type { Workbench } from '../workbench/store.ts'

export const Crosshair = ({ workbench }: { workbench: Workbench }) => {
  const isOn = useStore(workbench, (state) => state.look.crosshair)
  const across = useRef<HTMLDivElement>(null)
  const down = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!isOn) return
    const follow = () => {
      const { pointer, view } = workbench.getState()
      const at = pointer && toScreen(view, pointer)
      for (const [line, move] of [
        [across.current, at && `translateY(${Math.round(at.y)}px)`],
        [down.current, at && `translateX(${Math.round(at.x)}px)`],
      ] as const) {
        if (!line) continue
        line.style.visibility = move ? 'visible' : 'hidden'
        if (move) line.style.transform = move
      }
    }
    follow()
    return workbench.subscribe((now, before) => {
      if (now.pointer !== before.pointer || now.view !== before.view) follow()
    })
  }, [isOn, workbench])
  if (!isOn) return null
  return (
    <div className="crosshair" data-testid="crosshair" aria-hidden="true">
      <div ref={across} className="crosshair-across" />
      <div ref={down} className="crosshair-down" />
    </div>
  )
}
