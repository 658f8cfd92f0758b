/** What the dialog of merging holds, and the requests that it makes. Pure. */
import type { MergeRequest } from '../../../common/contract/merge.ts'
import { pathOf } from '../paths.ts'

/** How many differences are listed: each with two outlines. */
const MOST = 500

export interface MergeForm {
  readonly path: string
  /** Names of classes there that are not those here in another case. */
  readonly apart: readonly string[]
}

export const mergeRequestOf = (
  { path, apart }: MergeForm,
  rest: Partial<Pick<MergeRequest, 'rule' | 'decisions'>> = {},
): MergeRequest => ({
  ...{ other: pathOf(path), iou: 0.5, rule: 'ask', decisions: [], apart: [...apart], most: MOST },
  ...rest,
})
