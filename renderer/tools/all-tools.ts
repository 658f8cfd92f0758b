/** The tools, and which of them has a part in what the app does by itself. A new tool is one folder and one line here. */
import { brushTool } from './brush/brush.ts'
import { ellipseTool } from './ellipse/ellipse.ts'
import { pointTool } from './point/point.ts'
import { polygonTool } from './polygon/polygon.ts'
import { polylineTool } from './polyline/polyline.ts'
import { rectangleTool } from './rectangle/rectangle.ts'
import { rotatedTool } from './rotated/rotated.ts'
import { selectTool } from './select/select.ts'
import { smartTool } from './smart/smart.ts'
import type { Tool, ToolId } from './tool.ts'

/** In the order of the toolbar. */
export const allTools: readonly Tool<unknown>[] = [
  smartTool,
  rectangleTool,
  rotatedTool,
  ellipseTool,
  polygonTool,
  polylineTool,
  pointTool,
  brushTool,
  selectTool,
]

/** In hand when the app starts. */
export const firstTool: ToolId = smartTool.id
/** Makes a stored object anew: it is sent `refine`. */
export const refiningTool: ToolId = smartTool.id
/** Taken when a stored object was made anew, or left as it was. */
export const editingTool: ToolId = selectTool.id
