/** Where the smart tool draws: exact for a click and its mask, the whole stage for all that is rare or reaches far. */
import { toScreen, type Viewport } from '../../../common/geometry/viewport.ts'
import type { Prompt } from '../../../common/model.ts'
import { anchorOf } from '../../paint/prompt-marks.ts'
import { LINE, regionAround, uniteRegions, wholeStage, type Region } from '../../paint/region.ts'
import { previewPolygon } from '../../segmentation/question.ts'
import { metricsOf } from '../metrics.ts'
import { ontoTagRegion } from '../onto-look.ts'
import { shapeRegion } from '../shape-region.ts'
import type { StageView } from '../stage-view.ts'
import type { SmartState } from './state.ts'

/** A prompt's mark reaches this far from its point. */
const MARK = 12
/** The pill beside the newest prompt, from that prompt on: as wide as the longest of its texts. */
const pillSize = { width: 240, height: 44 }

const promptRegions = (prompt: Prompt, view: Viewport): Region[] =>
  prompt.type === 'point'
    ? [regionAround(toScreen(view, prompt), MARK)]
    : [
        regionAround(toScreen(view, { x: prompt.x0, y: prompt.y0 }), LINE),
        regionAround(toScreen(view, { x: prompt.x1, y: prompt.y1 }), LINE),
      ]

/** @returns null when nothing is drawn */
export const smartRegion = (
  { gesture, committing, onto }: SmartState,
  { masks, view, preview, stageSize }: StageView,
): Region | null => {
  if (masks.crop || masks.zoom || committing.length > 0 || gesture?.dragging === true)
    return wholeStage(stageSize)
  const polygons = [masks.candidates[masks.chosen]?.polygon, previewPolygon(preview)]
  const pill = anchorOf(masks.prompts, view)
  return uniteRegions([
    ...polygons.flatMap((polygon) => (polygon ? [shapeRegion(polygon, view)] : [])),
    ...(onto
      ? polygons.flatMap((polygon) => (polygon ? [ontoTagRegion(metricsOf(polygon).box, view)] : []))
      : []),
    ...masks.prompts.flatMap((prompt) => promptRegions(prompt, view)),
    ...(pill && masks.status !== 'ready'
      ? [{ x0: pill.x, y0: pill.y, x1: pill.x + pillSize.width, y1: pill.y + pillSize.height }]
      : []),
  ])
}
