/** What the stage shows, in words: for screen readers. Pure. */
import type { WorkbenchState } from '../state/workbench-types.ts'

/** A shorter wait is over before a text about it could be read or heard out, ms. */
export const PATIENCE = 150

const many = (count: number, one: string, more: string) => (count === 1 ? `1 ${one}` : `${count} ${more}`)

const smartText = ({ smart }: Pick<WorkbenchState, 'smart'>): string => {
  const prompts = many(smart.prompts.length, 'prompt', 'prompts')
  switch (smart.status) {
    case 'empty':
      return smart.committing > 0 ? `${many(smart.committing, 'object', 'objects')} will be stored` : ''
    case 'waiting':
      return `${prompts}. Encoding the image`
    case 'thinking':
      return `${prompts}. Looking for the object`
    case 'failed':
      return `No mask: ${smart.message ?? 'the model failed'}`
    case 'ready': {
      const mask = smart.offered[smart.chosen]
      if (!mask?.polygon) return `${prompts}. The mask is empty`
      const which = smart.offered.length > 1 ? `Mask ${smart.chosen + 1} of ${smart.offered.length}. ` : ''
      const closer = smart.crop ? 'Looked at closer. ' : ''
      return `${prompts}. ${closer}${which}Estimated quality ${Math.round(Math.min(1, mask.score) * 100)} %`
    }
  }
}

export const statusText = (state: WorkbenchState): string => {
  if (!state.image) return 'No image is open'
  if (state.loading) return 'Loading the image'
  if (state.tool === 'smart') return smartText(state)
  if (state.tool === 'polygon' && state.polygonVertices > 0)
    return many(state.polygonVertices, 'vertex', 'vertices')
  if (state.tool === 'select')
    return state.selected === null ? 'Nothing is selected' : 'One object is selected'
  return ''
}
