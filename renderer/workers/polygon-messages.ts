/** What crosses between the polygonizer and its worker, and the work itself, so that it can run anywhere. */
import type { Candidate } from '../../common/contract.ts'
import type { LogitsFrame } from '../../common/geometry/letterbox.ts'
import { polygonOfLogits, type PolygonOptions } from '../../common/geometry/mask-to-polygon.ts'
import type { Polygon } from '../../common/model.ts'

export interface PolygonJob {
  readonly id: number
  readonly frame: LogitsFrame
  readonly options: PolygonOptions
  readonly candidates: readonly Candidate[]
}

export interface TracedMask {
  readonly index: number
  readonly score: number
  /** Null when nothing is inside the mask. */
  readonly polygon: Polygon | null
}

export type PolygonResult =
  | { readonly id: number; readonly masks: readonly TracedMask[] }
  | { readonly id: number; readonly error: string }

/** Does a job; what it throws becomes an error result, so that the worker lives on. */
export const runPolygonJob = ({ id, frame, options, candidates }: PolygonJob): PolygonResult => {
  try {
    const masks = candidates.map(({ index, score, logits }) => ({
      index,
      score,
      polygon: polygonOfLogits(logits, frame, options),
    }))
    return { id, masks }
  } catch (thrown) {
    return { id, error: thrown instanceof Error ? thrown.message : String(thrown) }
  }
}
