/** From what the user asks for to the plan: reads the labels, and finds their images in the project. */
import type { BoxesRequest } from '../../../common/contract/boxes.ts'
import { CodedError } from '../../../common/errors.ts'
import { said } from '../../../common/said.ts'
import { orderOfClasses } from '../../import/class-names.ts'
import type { Readable } from '../../import/reader.ts'
import { readLabels } from '../../import/read-labels.ts'
import type { Project } from '../../project/project.ts'
import { idsOfScope } from '../scope.ts'
import { planBoxes, type Plan } from './plan.ts'

export interface PlanOfFiles extends Plan {
  readonly namesFrom: string | null
}

/** @throws CodedError not-found, bad-input, and cancelled when the folder was closed meanwhile */
export const readPlan = async (
  project: Project,
  formats: readonly Readable[],
  { source, scope }: BoxesRequest,
  signal?: AbortSignal,
): Promise<PlanOfFiles> => {
  const order = orderOfClasses(project.store.labels.list().map(({ name }) => name))
  const read = await readLabels(formats, source, order, project.store.file)
  // A scan that is still running knows more images.
  await project.scanned().catch(() => undefined)
  if (signal?.aborted === true || project.closed) throw new CodedError('cancelled', said('It was cancelled.'))
  const { images } = project.store
  const plan = planBoxes(
    read,
    images.getMany(images.ids()),
    new Set(idsOfScope(project, scope)),
    source.minScore ?? 0,
  )
  return { ...plan, notes: [...read.notes, ...plan.notes], namesFrom: read.namesFrom }
}
