/**
 * Objects that come from elsewhere (the clipboard, another image, a copy of what is here) put on the image: cut at its
 * edge, moved aside where the same object lies already, stored as one edit with the classes they need, and selected.
 */
import { diffOf, type Diff } from '../../common/diff.ts'
import { clipToImage } from '../../common/geometry/clip.ts'
import type { Size } from '../../common/geometry/point.ts'
import type { Annotation, AnnotationId, Label, LabelId, Shape } from '../../common/model.ts'
import { newObject } from '../../common/new-records.ts'
import type { Told } from '../../common/object-text.ts'
import { handMade } from '../tools/hand-made.ts'
import { moveAllWithin } from '../tools/move-within.ts'
import { sizeOf } from '../tools/stage-view.ts'
import { t } from '../texts/t.ts'
import type { WorkbenchPorts, WorkbenchStore } from './store.ts'

export interface Placed extends Told {
  readonly labelId: LabelId
  readonly shape: Shape
}

export interface Placing {
  readonly objects: readonly Placed[]
  /** Classes that do not exist yet; they are made with the objects. */
  readonly labels: readonly Label[]
  /** What was done, for the notice: 'Pasted 3 objects.' */
  readonly said: (count: number) => string
  /** Shapes that could not be read, to be counted with what lies outside. */
  readonly skipped?: number
}

/** How far a copy is moved from the object that it would lie on, image pixels. */
const ASIDE = 12
/** A copy of a copy of a copy: after so many the last is as good as any. */
const MOST_STEPS = 50

const keyOf = ({ labelId, shape }: Placed): string => labelId + JSON.stringify(shape)

/** The objects within the image, together moved aside until none of them lies exactly on one that is there. */
export const placedIn = (size: Size, objects: readonly Placed[], there: readonly Placed[]): Placed[] => {
  const taken = new Set(there.map(keyOf))
  let now = objects.flatMap((object): Placed[] => {
    const inside = clipToImage(object.shape, size)
    return inside ? [{ ...object, shape: inside }] : []
  })
  for (let step = 0; step < MOST_STEPS && now.some((object) => taken.has(keyOf(object))); step += 1) {
    const moved = moveAllWithin(
      now.map(({ shape }) => shape),
      ASIDE,
      ASIDE,
      size,
    )
    now = now.map((object, index) => ({ ...object, shape: moved[index]! }))
  }
  return now
}

/**
 * The group that each of the objects gets: those that belong together still do, under a number that nothing on the image
 * has; who comes alone is in none.
 */
export const groupsOf = (objects: readonly Told[], there: readonly Told[]): (number | null)[] => {
  const numbers = (all: readonly Told[]) => all.flatMap(({ groupId }) => groupId ?? [])
  const [given, taken] = [numbers(objects), new Set(numbers(there))]
  const used = new Set([...given, ...taken])
  const unused = () => {
    let number = 1
    while (used.has(number)) number += 1
    used.add(number)
    return number
  }
  const shared = [...new Set(given)].filter((group) => given.filter((other) => other === group).length > 1)
  const renamed = new Map(shared.map((group) => [group, taken.has(group) ? unused() : group]))
  return objects.map(({ groupId }) => renamed.get(groupId ?? -1) ?? null)
}

interface PlacingPorts extends Pick<WorkbenchPorts, 'notify' | 'offerUndo' | 'now' | 'newId'> {
  readonly read: () => Pick<WorkbenchStore, 'image' | 'annotations'>
  readonly commit: (diff: Diff) => Promise<boolean>
  readonly select: (ids: readonly AnnotationId[]) => void
}

/** @returns what puts objects on the image on screen */
export const createPlacing =
  ({ read, commit, select, notify, offerUndo, now, newId }: PlacingPorts) =>
  async ({ objects, labels, said, skipped = 0 }: Placing): Promise<void> => {
    const { image, annotations } = read()
    const size = sizeOf(image)
    if (!image || !size) return
    const placed = placedIn(size, objects, annotations)
    const lost = skipped + objects.length - placed.length
    const left =
      lost === 0
        ? ''
        : ` ${t('{count, plural, one {One was} other {# were}} left out: outside of this image, or of a kind that is not known.', { count: lost })}`
    if (placed.length === 0) return notify('warning', t('Nothing could be placed.') + left)
    const at = now()
    const groups = groupsOf(placed, annotations)
    const added = placed.map(({ labelId, shape, attributes = {} }, index): Annotation => ({
      ...handMade(shape, labelId),
      id: newId(),
      imageId: image.id,
      ...newObject,
      attributes,
      groupId: groups[index] ?? null,
      createdAt: at,
      updatedAt: at,
    }))
    const used = labels.filter(({ id }) => placed.some(({ labelId }) => labelId === id))
    const made =
      used.length === 0 ? '' : ` ${t('New: {names}.', { names: used.map(({ name }) => name).join(', ') })}`
    const diff = diffOf({ labels: { added: [...used] }, annotations: { added } })
    const stored = commit(diff)
    select(added.map(({ id }) => id))
    if (await stored) offerUndo(said(added.length) + made + left, diff)
  }
