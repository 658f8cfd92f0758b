/**
 * What an edit did, in a few words: 'Join 3 objects'. Read off its Diff, so that each edit of the log has a name, those of
 * older versions too. Pure.
 */
import type { Diff } from './diff.ts'
import { areaOf, bboxOf, linesOf } from './geometry/measure.ts'
import type { Annotation, LabelId, Shape } from './model.ts'
import { rankOf } from './object-order.ts'

/** The name of a class; null when it is not known. */
export type NameOf = (labelId: LabelId) => string | null

/** The objects by their class when it is one object, else by their number. */
const what = (objects: readonly Annotation[], nameOf: NameOf): string => {
  const [first] = objects
  return objects.length === 1 && first ? (nameOf(first.labelId) ?? 'an object') : `${objects.length} objects`
}

const pointsOf = (shape: Shape): readonly (readonly number[])[] =>
  linesOf(shape).flatMap(({ points }) => points)

/** Further than this no point may be from where the move of the whole would put it, image pixels. */
const NEAR = 1e-6

const isMoved = (from: Shape, to: Shape): boolean => {
  const [a, b] = [pointsOf(from), pointsOf(to)]
  if (from.type !== to.type || a.length !== b.length) return false
  const [was, is] = [bboxOf(from), bboxOf(to)]
  const [dx, dy] = [is.x - was.x, is.y - was.y]
  return a.every(
    ([x = 0, y = 0], i) => Math.abs(x + dx - b[i]![0]!) < NEAR && Math.abs(y + dy - b[i]![1]!) < NEAR,
  )
}

const isSame = (from: Shape, to: Shape) => JSON.stringify(from) === JSON.stringify(to)

const told = ({ attributes, groupId, trackId }: Annotation) => JSON.stringify([attributes, groupId, trackId])

const nameOfChange = (pairs: readonly [Annotation, Annotation][], nameOf: NameOf): string => {
  const now = pairs.map(([, to]) => to)
  const all = (test: (from: Annotation, to: Annotation) => boolean) =>
    pairs.every(([from, to]) => test(from, to))
  const [first] = now
  if (all((from, to) => from.labelId !== to.labelId) && first)
    return `${nameOf(first.labelId) === null ? 'Another class' : `Class ${nameOf(first.labelId)}`} for ${now.length === 1 ? 'an object' : what(now, nameOf)}`
  if (all((from, to) => from.proposed && !to.proposed && isSame(from.shape, to.shape)))
    return `Accept ${what(now, nameOf)}`
  if (all((from, to) => told(from) !== told(to))) return `Attributes of ${what(now, nameOf)}`
  if (pairs.some(([from, to]) => rankOf(from) !== rankOf(to))) return 'Order of the objects'
  if (all((from, to) => from.locked !== to.locked))
    return `${first?.locked ? 'Lock' : 'Unlock'} ${what(now, nameOf)}`
  if (all((from, to) => from.mask?.id === to.mask?.id && from.mask?.detail !== to.mask?.detail))
    return `Detail of ${what(now, nameOf)}`
  if (all((from, to) => JSON.stringify(from.prompts) !== JSON.stringify(to.prompts)))
    return `Refine ${what(now, nameOf)}`
  if (all((from, to) => !isSame(from.shape, to.shape) && isMoved(from.shape, to.shape)))
    return `Move ${what(now, nameOf)}`
  return `Change ${what(now, nameOf)}`
}

const nameOfObjects = ({ added, updated, removed }: Diff['annotations'], nameOf: NameOf): string | null => {
  const [pair] = updated
  if (pair && removed.length > 0 && updated.length === 1) {
    const isLess = areaOf(pair[1].shape) < areaOf(pair[0].shape)
    return `${isLess ? 'Intersect' : 'Join'} ${removed.length + 1} objects`
  }
  if (pair && added.length > 0)
    return `Split ${what([pair[0]], nameOf)} into ${added.length + updated.length}`
  if (pair) return nameOfChange(updated, nameOf)
  if (added.length > 0 && removed.length > 0) return `Replace ${what(removed, nameOf)}`
  if (added.length > 0) return `Add ${what(added, nameOf)}`
  return removed.length > 0 ? `Delete ${what(removed, nameOf)}` : null
}

const nameOfLabels = ({ added, updated, removed }: Diff['labels']): string | null => {
  const named = (labels: readonly { name: string }[]) =>
    labels.length === 1 ? `class ${labels[0]!.name}` : `${labels.length} classes`
  if (removed.length > 0) return `Delete ${named(removed)}`
  if (added.length > 0) return `Add ${named(added)}`
  const [pair] = updated
  if (!pair) return null
  const [from, to] = pair
  if (from.name !== to.name) return `Rename class ${from.name} to ${to.name}`
  if (from.color !== to.color) return `Colour of ${named([to])}`
  if (from.locked !== to.locked) return `${to.locked ? 'Lock' : 'Unlock'} ${named([to])}`
  if (from.position === to.position) return `What is said of ${named([to])}`
  return 'Order of the classes'
}

const nameOfImages = ({ updated }: Diff['images']): string | null => {
  const [pair] = updated
  if (!pair) return null
  const images = updated.length === 1 ? 'the image' : `${updated.length} images`
  const [from, to] = pair
  if (from.status !== to.status) return `Mark ${images} as ${to.status === 'done' ? 'done' : 'to do'}`
  if (from.flag !== to.flag) return `${to.flag === null ? 'Take the flag off' : 'Flag'} ${images}`
  if (from.reviewed?.at !== to.reviewed?.at)
    return `Mark ${images} as ${to.reviewed === null ? 'not reviewed' : 'reviewed'}`
  if (JSON.stringify(from.tags) !== JSON.stringify(to.tags)) return `Tags of ${images}`
  if (JSON.stringify(from.stretch) !== JSON.stringify(to.stretch)) return `Stretch of ${images}`
  return `Side of ${images} in the split`
}

export const nameOfEdit = ({ labels, annotations, images, pictures }: Diff, nameOf: NameOf): string => {
  const [gone, into] = [labels.removed[0], annotations.updated[0]?.[1]]
  if (gone && into && labels.removed.length === 1)
    return `Merge class ${gone.name} into ${nameOf(into.labelId) ?? 'another'}`
  // A class that is deleted takes its objects with it; one that was pasted comes with them.
  if (labels.removed.length > 0) return nameOfLabels(labels) ?? ''
  // What an edit adds is named by itself, since the project may not have it any more.
  const known: NameOf = (id) => labels.added.find((label) => label.id === id)?.name ?? nameOf(id)
  return (
    nameOfObjects(annotations, known) ??
    nameOfLabels(labels) ??
    nameOfImages(images) ??
    (pictures.updated.length > 0 ? 'Settle a changed photo' : 'A change')
  )
}
