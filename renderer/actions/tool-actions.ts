/** Taking each tool in hand. */
import { allTools } from '../tools/all-tools.ts'
import { hasImage, type Action } from './action.ts'

export const toolActions: readonly Action[] = allTools.map(({ id, label, key }) => ({
  id: `tool-${id}`,
  label,
  group: 'Tools',
  shortcuts: [key],
  enabled: hasImage,
  checked: (state) => state.workbench.tool === id,
  run: ({ workbench }) => workbench.getState().setTool(id),
}))
