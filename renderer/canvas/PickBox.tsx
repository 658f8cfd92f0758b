/** The box that Ctrl+drag draws on the stage. */
import { useStore } from 'zustand'
import { toScreen } from '../../common/geometry/viewport.ts'
import type { Workbench } from '../workbench/store.ts'
import { boxOf } from '../workbench/pick.ts'

export const PickBox = ({ workbench }: { workbench: Workbench }) => {
  const pick = useStore(workbench, (state) => state.pick)
  const view = useStore(workbench, (state) => (state.pick ? state.view : null))
  if (!pick?.isBox || !view) return null
  const box = boxOf(pick)
  const { x, y } = toScreen(view, box)
  const place = { left: x, top: y, width: box.width * view.scale, height: box.height * view.scale }
  return <div className="pick-box" style={place} data-testid="pick-box" aria-hidden="true" />
}
