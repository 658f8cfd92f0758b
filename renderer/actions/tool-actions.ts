/** Taking each tool in hand, and the size of those that have one. */
import { allTools } from '../tools/all-tools.ts'
import { toolOf } from '../tools/tool-states.ts'
import { hasImage, type Action } from './action.ts'

/** Of one press of a key. */
const RESIZE = 1.2

const resize = (id: string, label: string, key: string, factor: number): Action => ({
  id,
  label,
  group: 'Tools',
  shortcuts: [key],
  repeats: true,
  enabled: (state) => hasImage(state) && toolOf(state.workbench.tool).hasSize === true,
  whyNot: 'The brush has a size: take it with B.',
  run: ({ workbench }) => workbench.getState().resizeBrush(factor),
})

export const toolActions: readonly Action[] = [
  ...allTools.map(({ id, label, key }): Action => ({
    id: `tool-${id}`,
    label,
    group: 'Tools',
    shortcuts: [key],
    enabled: hasImage,
    checked: (state) => state.workbench.tool === id,
    run: ({ workbench }) => workbench.getState().setTool(id),
  })),
  resize('brush-smaller', 'Make the brush smaller', '[', 1 / RESIZE),
  resize('brush-larger', 'Make the brush larger', ']', RESIZE),
]
