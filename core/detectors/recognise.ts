/**
 * Which kind of detector a file holds, told from its metadata and the shapes of what comes out. Where two kinds look
 * alike, all that it can be, the likelier first: the person chooses by a preview. Pure. The kinds with their sources
 * are in docs/detectors.md.
 */
import type { DetectorRecipe, ProbedOutput } from '../inference/detector.ts'
import { shownSlots, type DetectorInput, type Refusal } from './input.ts'
import type { DetectorMetadata } from './metadata.ts'
import { queryRecipes } from './queries.ts'
import { rowRecipes } from './rows.ts'
import { gridRecipes } from './grid.ts'
import { said } from '../../common/said.ts'

export interface Known {
  readonly input: DetectorInput
  readonly metadata: DetectorMetadata
  /** With the shapes that a run gave. */
  readonly outputs: readonly ProbedOutput[]
}

/** Looks at the outputs. @returns all that it can be; a refusal when it is of this family and can't be run; null: not of it */
export type Family = (known: Known) => DetectorRecipe[] | Refusal | null

const families: readonly Family[] = [queryRecipes, gridRecipes, rowRecipes]

const RAW_HEADS = said(
  'It gives out the raw heads of a network, not boxes. Export it with its last layer (Ultralytics: `yolo export format=onnx`).',
)

export const recognise = (known: Known): { recipes: DetectorRecipe[] } | Refusal => {
  for (const family of families) {
    const found = family(known)
    if (found === null) continue
    return 'refusal' in found ? found : { recipes: found }
  }
  const { outputs } = known
  if (outputs.length > 0 && outputs.every(({ shape }) => shape.length >= 4)) return { refusal: RAW_HEADS }
  return {
    refusal: said('What it gives out is of no detector that is known here: {outputs}.', {
      outputs: shownSlots(outputs),
    }),
  }
}
