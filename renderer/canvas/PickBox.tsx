/** The box that Ctrl+drag draws on the stage. */
import { useStore } from 'zustand'
import { boxToScreen } from '../../common/geometry/viewport.ts'
import type { Workbench } from '../workbench/store.ts'
import { boxOf } from '../workbench/pick.ts'

export const PickBox = ({ workbench }: { workbench: Workbench }) => {
  const pick = useStore(workbench, (state) => state.pick)
  const view = useStore(workbench, (state) => (state.pick ? state.view : null))
  if (!pick?.isBox || !view) return null
  const { x, y, width, height } = boxToScreen(view, boxOf(pick))
  const place = { left: x, top: y, width, height }
  return <div className="pick-box" style={place} data-testid="pick-box" aria-hidden="true" />
}
