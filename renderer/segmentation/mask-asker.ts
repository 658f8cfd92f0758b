/** Joins the workbench's questions to the segmenter, with the polygon settings of the moment. */
import type { Settings } from '../../common/contract/settings.ts'
import type { Client } from '../../common/rpc.ts'
import type { AskMasks } from '../state/workbench-store.ts'
import { createPolygonizer } from './polygonizer.ts'
import { createSegmenter } from './segmenter.ts'

/** Until the settings have been read: the tolerance and least area that the fidelity test is made for. */
const usualOptions = { tolerance: 0.5, minArea: 16 }

export const createMaskAsker = (client: Client, getSettings: () => Settings | null): AskMasks => {
  const segmenter = createSegmenter({ client, polygonizer: createPolygonizer() })
  return (imageId, _size, { revision, prompts, shown, zoom, purpose }, onFirst) => {
    const { tolerance, minArea } = getSettings() ?? usualOptions
    const options = { tolerance, minArea }
    return segmenter.segment({ imageId, revision, prompts, shown, zoom, purpose, options }, onFirst)
  }
}
