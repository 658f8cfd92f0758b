/** What the stage shows, in words: for screen readers. Pure. */
import type { WorkbenchStore } from '../workbench/store.ts'
import { toolOf } from '../tools/tool-states.ts'

export const statusText = (state: WorkbenchStore): string => {
  const { image, loading, tool, tools, selection } = state
  if (!image) return 'No image is open'
  if (loading) return 'Loading the image'
  if (selection.size > 1) return `${selection.size} objects are selected`
  return toolOf(tool).status?.(tools[tool], state) ?? ''
}
