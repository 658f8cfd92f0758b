/** What the stage shows, in words: for screen readers. Pure. */
import type { WorkbenchStore } from '../workbench/store.ts'
import { toolOf } from '../tools/tool-states.ts'

export const statusText = (state: WorkbenchStore): string => {
  const { image, loading, tool, tools } = state
  if (!image) return 'No image is open'
  if (loading) return 'Loading the image'
  return toolOf(tool).status?.(tools[tool], state) ?? ''
}
