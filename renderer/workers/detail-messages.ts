/** What crosses between the outliner and its worker, and the work itself, so that it can run anywhere. */
import { messageOf } from '../../common/errors.ts'
import { outlinesOf, type Detailed, type DetailSource, type OutlineAt } from '../../common/geometry/detail.ts'
import { createScratch } from '../../common/geometry/scratch.ts'

export interface DetailJob {
  readonly id: number
  /** What the outlines are made of from now on; null for what they were made of last. */
  readonly sources: readonly DetailSource[] | null
  /** One a source, in their order, image pixels. */
  readonly details: readonly number[]
}

export type DetailResult =
  /** In the order of the sources; null where a mask says nothing of its outline any more. */
  | { readonly id: number; readonly outlines: readonly (Detailed | null)[] }
  | { readonly id: number; readonly error: string }

/** Does jobs one after the other; what one throws becomes an error result, so that the worker lives on. */
export const createDetailRunner = (): ((job: DetailJob) => DetailResult) => {
  const scratch = createScratch()
  let outlines: (OutlineAt | null)[] = []
  return ({ id, sources, details }) => {
    try {
      if (sources) outlines = sources.map((source) => outlinesOf(source, scratch))
      return { id, outlines: outlines.map((at, index) => at?.(details[index] ?? 0) ?? null) }
    } catch (thrown) {
      return { id, error: messageOf(thrown) }
    }
  }
}
