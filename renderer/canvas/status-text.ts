/** What the stage shows, in words: for screen readers. Pure. */
import type { WorkbenchStore } from '../workbench/store.ts'
import { toolOf } from '../tools/tool-states.ts'
import { t } from '../texts/t.ts'

export const statusText = (state: WorkbenchStore): string => {
  const { image, loading, tool, tools, selection } = state
  if (!image) return t('No image is open')
  if (loading) return t('Loading the image')
  if (selection.size > 1) return t('{count, number} objects are selected', { count: selection.size })
  return toolOf(tool).status?.(tools[tool], state) ?? ''
}
