/** What panels and actions see of the tools' states. Pure. */
import { allTools } from '../tools/all-tools.ts'
import { areSameMasks, noMasks } from '../tools/mask-draft.ts'
import { committingOf, draftIn, toolOf, type ToolStates } from '../tools/tool-states.ts'
import type { ToolId } from '../tools/tool.ts'
import type { Annotation } from '../../common/model.ts'
import type { StageState } from './store.ts'
import type { WorkbenchState } from './types.ts'

type Seen = Pick<StageState, 'inference' | 'tools' | 'pick'> &
  Pick<WorkbenchState, 'image' | 'tool' | 'masks' | 'selection'>

/** What the tool in hand says of its state. The masks are the same object while they are the same. */
export const derived = (
  state: Seen,
): Pick<
  WorkbenchState,
  'draft' | 'draftElsewhere' | 'inGesture' | 'takesArrows' | 'masks' | 'committing'
> => {
  const { tool, tools } = state
  const inHand = toolOf(tool)
  const masks = inHand.asks?.masks(tools[tool], state) ?? noMasks
  return {
    draft: draftIn(tools, tool),
    draftElsewhere: allTools.some(({ id }) => id !== tool && draftIn(tools, id) !== null),
    inGesture: state.pick !== null || inHand.inGesture?.(tools[tool]) === true,
    takesArrows: state.selection.size > 1 || inHand.takesArrows?.(tools[tool]) === true,
    masks: areSameMasks(state.masks, masks) ? state.masks : masks,
    committing: committingOf(tools),
  }
}

/** The stored object that a draft will replace, and the tool whose draft that is. */
export const remadeIn = (tools: ToolStates): { tool: ToolId; target: Annotation } | null => {
  for (const { id } of allTools) {
    const target = draftIn(tools, id)?.replaces
    if (target) return { tool: id, target }
  }
  return null
}
