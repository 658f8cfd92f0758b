/** One gesture -> one Diff. Gives new objects what the document gives them: id, image and times. */
import { diffOf, type Diff } from '../../common/diff.ts'
import type { Annotation, ImageId } from '../../common/model.ts'
import type { NewObject } from '../tools/events.ts'
import type { WorkbenchPorts } from './store.ts'

type Stamps = Pick<WorkbenchPorts, 'now' | 'newId'>

export const addDiff = (object: NewObject, imageId: ImageId, { now, newId }: Stamps): Diff => {
  const at = now()
  const annotation = { ...object, id: newId(), imageId, locked: false, createdAt: at, updatedAt: at }
  return diffOf({ annotations: { added: [annotation] } })
}

export const changeDiff = (
  from: Annotation,
  change: Partial<Omit<Annotation, 'id' | 'imageId' | 'createdAt' | 'updatedAt'>>,
  { now }: Pick<Stamps, 'now'>,
): Diff => diffOf({ annotations: { updated: [[from, { ...from, ...change, updatedAt: now() }]] } })

export const removeDiff = (annotation: Annotation): Diff => diffOf({ annotations: { removed: [annotation] } })
