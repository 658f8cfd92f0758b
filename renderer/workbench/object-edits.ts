/**
 * Edits of stored objects, one or many: each is one Diff, and so one step of undo. What is locked is left as it is, and
 * said.
 */
import { diffOf, type Diff } from '../../common/diff.ts'
import { withAttribute, type AttributeValue } from '../../common/attributes.ts'
import { isLocked } from '../../common/locks.ts'
import type { Annotation, AnnotationId, LabelId } from '../../common/model.ts'
import { reordered, type OrderWay } from '../../common/object-order.ts'
import { moveAllWithin } from '../tools/move-within.ts'
import { sizeOf } from '../tools/stage-view.ts'
import { msg } from '../../common/said.ts'
import { t } from '../texts/t.ts'
import { combined, combinedText, type Combination } from './combine-objects.ts'
import { lockOf } from './locks.ts'
import type { WorkbenchPorts, WorkbenchStore } from './store.ts'

interface ObjectEditsPorts extends Pick<WorkbenchPorts, 'notify' | 'offerUndo' | 'getLabels' | 'now'> {
  read(): Pick<WorkbenchStore, 'annotations' | 'lockedLabels' | 'image'>
  /** False when it was refused, which the user then sees in a notice. */
  commit(diff: Diff): Promise<boolean>
}

/** What an object is told besides its class and shape; null takes it off. */
export type Told =
  | { readonly attribute: string; readonly value: AttributeValue | null }
  | { readonly groupId: number | null }
  | { readonly trackId: number | null }

const toldOf = (told: Told, { attributes }: Annotation): Partial<Annotation> =>
  'attribute' in told ? { attributes: withAttribute(attributes, told.attribute, told.value) } : told

const sameTold = (a: Annotation, b: Partial<Annotation>): boolean =>
  Object.entries(b).every(
    ([key, value]) => JSON.stringify(a[key as keyof Annotation]) === JSON.stringify(value),
  )

export interface ObjectEdits {
  /** Those of the objects that can be changed; the user is told of the others. */
  free(ids: readonly AnnotationId[]): Annotation[]
  /** Proposals are accepted by it. */
  setLabel(ids: readonly AnnotationId[], labelId: LabelId): Promise<void>
  remove(ids: readonly AnnotationId[]): Promise<void>
  toggleLocked(ids: readonly AnnotationId[]): void
  /** Says something of them beside class and shape. */
  tell(ids: readonly AnnotationId[], told: Told): Promise<void>
  /** Makes objects of the proposals among them. */
  accept(ids: readonly AnnotationId[]): Promise<void>
  /** The last of them is the one that stays: see combine-objects.ts. */
  combine(ids: readonly AnnotationId[], how: Combination): Promise<void>
  /** In the order of drawing; locked ones too, whose outlines stay. */
  reorder(ids: readonly AnnotationId[], way: OrderWay): void
  /** By image pixels, as far as all of them stay within the image. */
  move(ids: readonly AnnotationId[], dx: number, dy: number): void
}

/** Said when the order stays as it is. */
const unmoved: Readonly<Record<OrderWay, string>> = {
  front: msg('It lies on top already.'),
  forward: msg('No object that it overlaps lies over it.'),
  back: msg('It lies at the bottom already.'),
  backward: msg('No object that it overlaps lies under it.'),
}

const deletedText = (count: number, areProposals: boolean, name: string | undefined): string => {
  if (name === undefined)
    return areProposals
      ? t('Deleted {count, plural, one {a proposal} other {# proposals}}', { count })
      : t('Deleted {count, plural, one {an object} other {# objects}}', { count })
  return areProposals
    ? t('Deleted {count, plural, one {a proposal} other {# proposals}} of class {name}', { count, name })
    : t('Deleted {count, plural, one {an object} other {# objects}} of class {name}', { count, name })
}

export const createObjectEdits = (ports: ObjectEditsPorts): ObjectEdits => {
  const find = (ids: readonly AnnotationId[]): Annotation[] => {
    const wanted = new Set(ids)
    return ports.read().annotations.filter(({ id }) => wanted.has(id))
  }
  const isHeld = (annotation: Annotation) => isLocked(annotation, (id) => ports.read().lockedLabels.has(id))
  const nameOf = (labelId: LabelId | undefined) => ports.getLabels().find(({ id }) => id === labelId)?.name

  /** Those that can be changed; the others are told of. */
  const free = (all: readonly Annotation[]): Annotation[] => {
    const held = all.filter(isHeld)
    const [first] = held
    if (first && all.length === 1)
      ports.notify('info', lockOf(first, ports.read().lockedLabels, ports.getLabels()) ?? '')
    else if (first && held.length === all.length)
      ports.notify(
        'info',
        t('All {count, number} objects are locked. Unlock them with {lock}, or their classes.', {
          count: all.length,
          lock: '{lock}',
        }),
      )
    else if (first)
      ports.notify(
        'info',
        t(
          '{held, plural, one {# of the {all, number} objects is locked, and left as it is} other {# of the {all, number} objects are locked, and left as they are}}.',
          { held: held.length, all: all.length },
        ),
      )
    return all.filter((annotation) => !isHeld(annotation))
  }

  const changeAll = (all: readonly Annotation[], change: (from: Annotation) => Partial<Annotation>): Diff => {
    const updatedAt = ports.now()
    return diffOf({
      annotations: { updated: all.map((from) => [from, { ...from, ...change(from), updatedAt }]) },
    })
  }

  return {
    free: (ids) => free(find(ids)),
    async setLabel(ids, labelId) {
      const all = free(
        find(ids).filter((annotation) => annotation.labelId !== labelId || annotation.proposed),
      )
      if (all.length === 0) return
      const diff = changeAll(all, () => ({ labelId, proposed: false }))
      if ((await ports.commit(diff)) && all.length > 1)
        ports.offerUndo(
          t('{count, number} objects have the class {name} now', {
            count: all.length,
            name: nameOf(labelId) ?? '',
          }),
          diff,
        )
    },
    async remove(ids) {
      const all = free(find(ids))
      const [first] = all
      if (!first) return
      const diff = diffOf({ annotations: { removed: all } })
      if (!(await ports.commit(diff))) return
      const name = all.every(({ labelId }) => labelId === first.labelId) ? nameOf(first.labelId) : undefined
      const areProposals = all.every(({ proposed }) => proposed)
      ports.offerUndo(deletedText(all.length, areProposals, name), diff)
    },
    toggleLocked(ids) {
      const all = find(ids)
      const open = all.filter(({ locked }) => !locked)
      // What only its class holds would not be freed by a lock of its own.
      const changed = open.length === 0 ? all : free(open)
      if (changed.length === 0) return
      void ports.commit(changeAll(changed, () => ({ locked: open.length > 0 })))
    },
    async tell(ids, told) {
      const all = free(find(ids).filter((annotation) => !sameTold(annotation, toldOf(told, annotation))))
      if (all.length > 0) await ports.commit(changeAll(all, (from) => toldOf(told, from)))
    },
    async accept(ids) {
      const all = free(find(ids).filter(({ proposed }) => proposed))
      if (all.length === 0) return
      const diff = changeAll(all, () => ({ proposed: false }))
      if ((await ports.commit(diff)) && all.length > 1)
        ports.offerUndo(t('Accepted {count, number} proposals', { count: all.length }), diff)
    },
    async combine(ids, how) {
      const all = find(ids)
      const primary = all.find(({ id }) => id === ids.at(-1))
      if (!primary || all.length < 2) return
      // A part of it done to some of them would be something else.
      const changed = how === 'subtract' ? [primary] : all
      if (free(changed).length < changed.length) return
      const made = combined(
        how,
        primary,
        all.filter((other) => other !== primary),
      )
      if (typeof made === 'string') return ports.notify('info', made)
      const { updated } = changeAll([primary], () => ({ shape: made.shape, proposed: false })).annotations
      const diff = diffOf({ annotations: { updated, removed: [...made.removed] } })
      if (await ports.commit(diff)) ports.offerUndo(combinedText(how, all.length), diff)
    },
    reorder(ids, way) {
      const changed = reordered(ports.read().annotations, new Set(ids), way)
      if (changed.length === 0) return ports.notify('info', t(unmoved[way]))
      const updatedAt = ports.now()
      const updated = changed.map(([from, to]): [Annotation, Annotation] => [from, { ...to, updatedAt }])
      void ports.commit(diffOf({ annotations: { updated } }))
    },
    move(ids, dx, dy) {
      const size = sizeOf(ports.read().image)
      const all = free(find(ids))
      if (!size || all.length === 0) return
      const moved = moveAllWithin(
        all.map(({ shape }) => shape),
        dx,
        dy,
        size,
      )
      const shapes = new Map(all.map(({ id }, index) => [id, moved[index]!]))
      void ports.commit(changeAll(all, ({ id, shape }) => ({ shape: shapes.get(id) ?? shape })))
    },
  }
}
