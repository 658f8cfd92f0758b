/** The four tools. */
import type { ToolId } from '../state/workbench-types.ts'
import { hasImage, type Action } from './action.ts'

const toolAction = (tool: ToolId, label: string, key: string): Action => ({
  id: `tool-${tool}`,
  label,
  group: 'Tools',
  shortcuts: [key],
  enabled: hasImage,
  checked: (state) => state.workbench.tool === tool,
  run: ({ workbench }) => workbench.getState().setTool(tool),
})

export const toolActions: readonly Action[] = [
  toolAction('smart', 'Smart select', 'S'),
  toolAction('rectangle', 'Rectangle', 'R'),
  toolAction('polygon', 'Polygon', 'P'),
  toolAction('select', 'Select and edit', 'V'),
]
