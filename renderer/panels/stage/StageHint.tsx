/** One line at the foot of the stage: what can be done now. Never a dialog, never in the way of the pointer. */
import type { ReactNode } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { useApp, useLabels, useWorkbench } from '../../state/session-context.ts'
import type { WorkbenchState } from '../../state/workbench-types.ts'
import { Key } from '../controls/Keys.tsx'

const Pair = ({ keys, children }: { keys: string; children: ReactNode }) => (
  <span className="hint-pair">
    <Key name={keys} />
    {children}
  </span>
)

const draftHint = (commitAs: string, classes: number, smart: boolean, refining = false) => (
  <>
    <Pair keys="Enter">{commitAs}</Pair>
    {classes > 1 && <Pair keys={`1-${Math.min(9, classes)}`}>other class</Pair>}
    <Pair keys="⌫">{smart ? 'undo point' : 'undo vertex'}</Pair>
    {smart && <Pair keys="Z">look closer</Pair>}
    <Pair keys="Esc">{refining ? 'leave it as it was' : 'drop'}</Pair>
  </>
)

/** What the hint depends on; the pointer moves past it. */
const partOf = (state: WorkbenchState) => ({
  image: state.image,
  tool: state.tool,
  smart: state.smart,
  polygonVertices: state.polygonVertices,
  selected: state.selected,
  currentLabelId: state.currentLabelId,
  objects: state.annotations.length,
})

const hintFor = (state: ReturnType<typeof partOf>, commitAs: string, classes: number): ReactNode => {
  if (state.tool === 'smart' && state.smart.prompts.length > 0) {
    if (state.smart.status === 'failed') return state.smart.message ?? 'No mask came for this click.'
    if (state.smart.status === 'waiting') return 'Encoding the image. Your click is kept and answered next.'
    const { refining } = state.smart
    return draftHint(refining ? 'keep instead' : commitAs, classes, true, refining !== null)
  }
  if (state.tool === 'polygon' && state.polygonVertices > 0) return draftHint(commitAs, classes, false)
  if (state.tool === 'select' && state.selected !== null)
    return (
      <>
        <Pair keys="E">refine with the model</Pair>
        <Pair keys="Z">look closer</Pair>
        <Pair keys="Del">delete</Pair>
      </>
    )
  // Known once there are some objects; then the photo is worth more than the words.
  if (state.objects > 2) return null
  switch (state.tool) {
    case 'smart':
      return 'Click an object, or drag a box around it. Right click: not this.'
    case 'rectangle':
      return 'Drag a rectangle.'
    case 'polygon':
      return 'Click the corners; click the first again, or Enter, to close.'
    case 'select':
      return 'Click an object to edit it.'
  }
}

export const StageHint = () => {
  const state = useWorkbench(useShallow(partOf))
  const labels = useLabels()
  const unavailable = useApp(({ inference }) => inference?.state === 'unavailable')
  if (state.image?.problem !== null) return null
  const current = labels.find(({ id }) => id === state.currentLabelId)
  const hint =
    unavailable && state.tool === 'smart'
      ? 'Smart select has no model. Choose one in the settings, or draw with R and P.'
      : hintFor(state, current ? `keep as ${current.name}` : 'keep', labels.length)
  if (hint === null) return null
  return (
    <div
      className="stage-hint"
      role="status"
      data-testid="stage-hint"
      data-failed={state.smart.status === 'failed' ? '' : undefined}
    >
      {hint}
    </div>
  )
}
