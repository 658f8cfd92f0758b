/** Stored objects mended as wholes, by the table in `mends.ts`: one Diff for all of them. */
import { diffOf, type Diff } from '../../common/diff.ts'
import { hasArea } from '../../common/geometry/measure.ts'
import type { Annotation, AnnotationId } from '../../common/model.ts'
import { isHidden, sizeOf } from '../tools/stage-view.ts'
import { t } from '../texts/t.ts'
import { likeObject } from './edits.ts'
import { mends, type MendId } from './mends.ts'
import type { ObjectEdits } from './object-edits.ts'
import type { WorkbenchPorts, WorkbenchStore } from './store.ts'

interface MendingPorts extends Pick<WorkbenchPorts, 'notify' | 'now' | 'newId'> {
  readonly read: () => WorkbenchStore
  readonly commit: (diff: Diff) => Promise<boolean>
  readonly objects: Pick<ObjectEdits, 'free'>
}

/** @returns what mends the objects with these ids; what is locked stays as it is */
export const createMending = ({ read, commit, objects, notify, now, newId }: MendingPorts) => {
  return (ids: readonly AnnotationId[], id: MendId): void => {
    const state = read()
    const size = sizeOf(state.image)
    const found = objects.free(ids)
    const free = found.filter(({ shape }) => hasArea(shape))
    if (size && found.length > 0 && free.length === 0)
      return notify('info', t('Points and lines have no inside that could be changed.'))
    if (!size || free.length === 0) return
    const mend = mends[id]
    const at = now()
    let others = state.annotations.filter(
      (annotation) => !isHidden(state, annotation) && !free.includes(annotation),
    )
    const updated: [Annotation, Annotation][] = []
    const added: Annotation[] = []
    let gone = false
    for (const from of free) {
      const [first, ...more] = hasArea(from.shape) ? mend.make(from.shape, { size, others }) : [from.shape]
      gone ||= first === undefined
      const to = first && first !== from.shape ? { ...from, shape: first, updatedAt: at } : from
      others = [...others, to]
      if (to === from) continue
      updated.push([from, to])
      added.push(...more.map((shape) => likeObject(from, shape, newId(), at)))
    }
    if (updated.length > 0) void commit(diffOf({ annotations: { updated, added } }))
    else notify('info', t(gone ? mend.gone : mend.unchanged))
  }
}
