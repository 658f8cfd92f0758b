/** One line at the foot of the stage: what can be done now. Never a dialog, never in the way of the pointer. */
import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import { useApp, useLabels, useSession, useWorkbench } from '../../state/session-context.ts'
import type { WorkbenchState } from '../../state/workbench-types.ts'
import { selectedVertex } from '../../tools/select.ts'
import { Key } from '../controls/Keys.tsx'

const Pair = ({ keys, children }: { keys: string; children: ReactNode }) => (
  <span className="hint-pair">
    <Key name={keys} />
    {children}
  </span>
)

const OtherClass = ({ classes }: { classes: number }) =>
  classes > 1 && <Pair keys={`1-${Math.min(9, classes)}`}>other class</Pair>

const draftHint = (commitAs: ReactNode, classes: number, smart: boolean, refining = false) => (
  <>
    <Pair keys="Enter">{commitAs}</Pair>
    <OtherClass classes={classes} />
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

interface HintWords {
  readonly commitAs: ReactNode
  /** The current class; null when there is none. */
  readonly className: ReactNode
  readonly classes: number
  readonly hasVertex: boolean
}

const hintFor = (state: ReturnType<typeof partOf>, hint: HintWords): ReactNode => {
  const { commitAs, className, classes, hasVertex } = hint
  // A click's words come with its mask: drawn before, they would take the processor from the model.
  const askedJustNow = state.smart.status === 'thinking' && state.smart.offered.length === 0
  if (state.tool === 'smart' && state.smart.prompts.length > 0 && !askedJustNow) {
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
        <Pair keys="Del">{hasVertex ? 'delete vertex' : 'delete object'}</Pair>
      </>
    )
  // Drawn just now.
  if (state.tool !== 'smart' && state.selected !== null)
    return (
      <>
        <OtherClass classes={classes} />
        <Pair keys="Del">delete object</Pair>
        <Pair keys="V">edit it</Pair>
      </>
    )
  // Known once there are some objects; then the photo is worth more than the words.
  if (state.objects > 2) return null
  switch (state.tool) {
    case 'smart':
      return 'Click an object, or drag a box around it. Right click: not this.'
    case 'rectangle':
      return className === null ? 'Drag a rectangle.' : <span>Drag a rectangle: {className}</span>
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
  const session = useSession()
  const hasVertex = useStore(
    session.workbench,
    ({ tools, annotations, selected }) =>
      selectedVertex(tools.select, annotations.find(({ id }) => id === selected) ?? null) !== null,
  )
  if (state.image?.problem !== null) return null
  const current = labels.find(({ id }) => id === state.currentLabelId)
  const className = current ? <span className="hint-name">{current.name}</span> : null
  const hint =
    unavailable && state.tool === 'smart'
      ? 'Smart select has no model. Choose one in the settings, or draw with R and P.'
      : hintFor(state, {
          commitAs: className === null ? 'keep' : <>keep as {className}</>,
          className,
          classes: labels.length,
          hasVertex,
        })
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
