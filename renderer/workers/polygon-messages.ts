/** What crosses between the polygonizer and its worker, and the work itself, so that it can run anywhere. */
import type { Candidate } from '../../common/segmentation.ts'
import type { LogitsFrame } from '../../common/geometry/letterbox.ts'
import {
  polygonOfLogits,
  type PolygonOptions,
  type PolygonStage,
} from '../../common/geometry/mask-to-polygon.ts'
import { createScratch, type Scratch } from '../../common/geometry/scratch.ts'
import type { Polygon, Prompt } from '../../common/model.ts'
import { messageOf } from '../../common/errors.ts'

export interface PolygonJob {
  readonly id: number
  readonly frame: LogitsFrame
  readonly options: PolygonOptions
  readonly prompts: readonly Prompt[]
  readonly candidates: readonly Candidate[]
}

export interface Traced {
  /** In the order of the candidates; null when nothing is inside a mask. */
  readonly polygons: readonly (Polygon | null)[]
  /** Milliseconds of each stage, of all masks together; without the way to the worker and back. */
  readonly times: Readonly<Record<PolygonStage, number>>
}

export type PolygonResult =
  (Traced & { readonly id: number }) | { readonly id: number; readonly error: string }

/** Does a job; what it throws becomes an error result, so that the worker lives on. */
export const runPolygonJob = (
  { id, frame, options, prompts, candidates }: PolygonJob,
  scratch: Scratch = createScratch(),
): PolygonResult => {
  const times = { upsample: 0, contour: 0, simplify: 0 }
  let last = performance.now()
  const lap = (stage: PolygonStage) => {
    const now = performance.now()
    times[stage] += now - last
    last = now
  }
  try {
    const polygons = candidates.map(({ logits }) =>
      polygonOfLogits(logits, frame, options, prompts, scratch, lap),
    )
    return { id, polygons, times }
  } catch (thrown) {
    return { id, error: messageOf(thrown) }
  }
}
