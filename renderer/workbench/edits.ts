/** One gesture -> one Diff. Gives new objects what the document gives them: id, image and times. */
import { diffOf, type Diff } from '../../common/diff.ts'
import type { Annotation, ImageId, Shape } from '../../common/model.ts'
import { newObject } from '../../common/new-records.ts'
import type { ChangedShape } from '../tools/events.ts'
import type { KeepingObject } from './keep-mask.ts'
import type { WorkbenchPorts } from './store.ts'

type Stamps = Pick<WorkbenchPorts, 'now' | 'newId'>

export const addDiff = (object: KeepingObject, imageId: ImageId, { now, newId }: Stamps): Diff => {
  const at = now()
  const annotation = { ...object, ...newObject, id: newId(), imageId, createdAt: at, updatedAt: at }
  return diffOf({ annotations: { added: [annotation] } })
}

/** The diff of a gesture on one object. A proposal that is drawn on is accepted by that. */
export const changeDiff = (
  from: Annotation,
  change: Partial<Omit<Annotation, 'id' | 'imageId' | 'createdAt' | 'updatedAt'>>,
  { now }: Pick<Stamps, 'now'>,
): Diff =>
  diffOf({ annotations: { updated: [[from, { ...from, proposed: false, ...change, updatedAt: now() }]] } })

/** The diff of a gesture that changes the shapes of several objects. */
export const shapesDiff = (changed: readonly ChangedShape[], { now }: Pick<Stamps, 'now'>): Diff => {
  const updatedAt = now()
  const updated = changed.map(({ from, shape }): [Annotation, Annotation] => [
    from,
    { ...from, proposed: false, shape, updatedAt },
  ])
  return diffOf({ annotations: { updated } })
}

/** Another object of the same origin and class, with a shape of its own; no prompt is about it alone. */
export const likeObject = (from: Annotation, shape: Shape, id: string, at: number): Annotation => ({
  ...from,
  id,
  shape,
  proposed: false,
  prompts: [],
  createdAt: at,
  updatedAt: at,
})

/** The object with the first of the shapes, and more like it with the others. */
export const splitDiff = (from: Annotation, shapes: readonly Shape[], { now, newId }: Stamps): Diff => {
  const [shape = from.shape, ...more] = shapes
  const at = now()
  const added = more.map((other) => likeObject(from, other, newId(), at))
  return diffOf({
    annotations: { updated: [[from, { ...from, shape, proposed: false, updatedAt: at }]], added },
  })
}
