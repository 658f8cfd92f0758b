/** Taking each tool in hand, and the size of those that have one. */
import { allTools, refiningTool } from '../tools/all-tools.ts'
import { toolOf } from '../tools/tool-states.ts'
import type { AnnotationId } from '../../common/model.ts'
import type { WorkbenchState } from '../workbench/types.ts'
import { hasImage, type Action } from './action.ts'
import { msg } from '../../common/said.ts'

/** Of one press of a key. */
const RESIZE = 1.2

const resize = (id: string, label: string, key: string, factor: number): Action => ({
  id,
  label,
  group: 'Tools',
  shortcuts: [key],
  repeats: true,
  enabled: (state) => hasImage(state) && toolOf(state.workbench.tool).hasSize === true,
  whyNot: msg('The brush has a size: take it with {tool-brush}.'),
  run: ({ workbench }) => workbench.getState().resizeBrush(factor),
})

/** The object whose prompts are brought back when its tool is taken once more; null when there is none. */
const reopenable = ({ draft, selection, selected, annotations }: WorkbenchState): AnnotationId | null => {
  if (draft !== null || selection.size !== 1) return null
  const object = annotations.find(({ id }) => id === selected)
  return object?.source === 'model' && object.prompts.length > 0 ? object.id : null
}

export const toolActions: readonly Action[] = [
  ...allTools.map(({ id, label, key }): Action => ({
    id: `tool-${id}`,
    label,
    group: 'Tools',
    shortcuts: [key],
    enabled: hasImage,
    checked: (state) => state.workbench.tool === id,
    run({ workbench }) {
      const state = workbench.getState()
      const reopened = id === state.tool && id === refiningTool ? reopenable(state) : null
      if (reopened === null) state.setTool(id)
      else state.refine(reopened, false, true)
    },
  })),
  resize('brush-smaller', msg('Make the brush smaller'), '[', 1 / RESIZE),
  resize('brush-larger', msg('Make the brush larger'), ']', RESIZE),
]
