/** The case of a seed or of a name. */
import type { CaseId } from './messages.ts'
import { createRandom } from './random.ts'
import type { Case, Target } from './target.ts'

export const caseOf = (target: Target, id: CaseId): Case => {
  if (typeof id === 'number') return target.make(createRandom(id))
  const make = target.kept[id]
  if (make === undefined) throw new Error(`${target.name} has no case "${id}"`)
  return make()
}
