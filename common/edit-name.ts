/**
 * What an edit did, in a few words: 'Join 3 objects'. Read off its Diff, so that each edit of the log has a name, those of
 * older versions too. Pure.
 */
import type { Diff } from './diff.ts'
import { areaOf, bboxOf, linesOf } from './geometry/measure.ts'
import type { Annotation, LabelId, Shape } from './model.ts'
import { rankOf } from './object-order.ts'
import { filled, msg, type TextValues } from './said.ts'

/** The names of edits, as keys of the catalogue: the core says them in English, the window finds its own words by them. */
export const editTexts = {
  anotherClass: msg('Another class for {what}'),
  damaged: msg('A change that is damaged'),
  classFor: msg('Class {name} for {what}'),
  accept: msg('Accept {what}'),
  attributes: msg('Attributes of {what}'),
  objectOrder: msg('Order of the objects'),
  lock: msg('Lock {what}'),
  unlock: msg('Unlock {what}'),
  detail: msg('Detail of {what}'),
  refine: msg('Refine {what}'),
  move: msg('Move {what}'),
  change: msg('Change {what}'),
  intersect: msg('Intersect {count} objects'),
  join: msg('Join {count} objects'),
  split: msg('Split {what} into {count}'),
  replace: msg('Replace {what}'),
  add: msg('Add {what}'),
  remove: msg('Delete {what}'),
  rename: msg('Rename class {name} to {into}'),
  colour: msg('Colour of {what}'),
  said: msg('What is said of {what}'),
  classOrder: msg('Order of the classes'),
  done: msg('Mark {what} as done'),
  todo: msg('Mark {what} as to do'),
  unflag: msg('Take the flag off {what}'),
  flag: msg('Flag {what}'),
  notReviewed: msg('Mark {what} as not reviewed'),
  reviewed: msg('Mark {what} as reviewed'),
  tags: msg('Tags of {what}'),
  stretch: msg('Stretch of {what}'),
  side: msg('Side of {what} in the split'),
  merge: msg('Merge class {name} into {into}'),
  photo: msg('Settle a changed photo'),
  other: msg('A change'),
} as const

/** What an edit was done to, where a class does not name it. */
export const thingTexts = {
  object: msg('an object'),
  objects: msg('{count, number} objects'),
  class: msg('class {name}'),
  classes: msg('{count} classes'),
  image: msg('the image'),
  images: msg('{count} images'),
  another: msg('another'),
} as const

const say = (name: keyof typeof editTexts, values: TextValues = {}): string => filled(editTexts[name], values)
const thing = (name: keyof typeof thingTexts, values: TextValues = {}): string =>
  filled(thingTexts[name], values)

/** The name of a class; null when it is not known. */
export type NameOf = (labelId: LabelId) => string | null

/** The objects by their class when it is one object, else by their number. */
const what = (objects: readonly Annotation[], nameOf: NameOf): string => {
  const [first] = objects
  return objects.length === 1 && first
    ? (nameOf(first.labelId) ?? thing('object'))
    : thing('objects', { count: objects.length })
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
  if (all((from, to) => from.labelId !== to.labelId) && first) {
    const [name, whom] = [nameOf(first.labelId), now.length === 1 ? thing('object') : what(now, nameOf)]
    return name === null ? say('anotherClass', { what: whom }) : say('classFor', { name, what: whom })
  }
  if (all((from, to) => from.proposed && !to.proposed && isSame(from.shape, to.shape)))
    return say('accept', { what: what(now, nameOf) })
  if (all((from, to) => told(from) !== told(to))) return say('attributes', { what: what(now, nameOf) })
  if (pairs.some(([from, to]) => rankOf(from) !== rankOf(to))) return say('objectOrder')
  if (all((from, to) => from.locked !== to.locked))
    return say(first?.locked ? 'lock' : 'unlock', { what: what(now, nameOf) })
  if (all((from, to) => from.mask?.id === to.mask?.id && from.mask?.detail !== to.mask?.detail))
    return say('detail', { what: what(now, nameOf) })
  if (all((from, to) => JSON.stringify(from.prompts) !== JSON.stringify(to.prompts)))
    return say('refine', { what: what(now, nameOf) })
  if (all((from, to) => !isSame(from.shape, to.shape) && isMoved(from.shape, to.shape)))
    return say('move', { what: what(now, nameOf) })
  return say('change', { what: what(now, nameOf) })
}

const nameOfObjects = ({ added, updated, removed }: Diff['annotations'], nameOf: NameOf): string | null => {
  const [pair] = updated
  if (pair && removed.length > 0 && updated.length === 1) {
    const isLess = areaOf(pair[1].shape) < areaOf(pair[0].shape)
    return say(isLess ? 'intersect' : 'join', { count: removed.length + 1 })
  }
  if (pair && added.length > 0)
    return say('split', { what: what([pair[0]], nameOf), count: added.length + updated.length })
  if (pair) return nameOfChange(updated, nameOf)
  if (added.length > 0 && removed.length > 0) return say('replace', { what: what(removed, nameOf) })
  if (added.length > 0) return say('add', { what: what(added, nameOf) })
  return removed.length > 0 ? say('remove', { what: what(removed, nameOf) }) : null
}

const nameOfLabels = ({ added, updated, removed }: Diff['labels']): string | null => {
  const named = (labels: readonly { name: string }[]) =>
    labels.length === 1
      ? thing('class', { name: labels[0]!.name })
      : thing('classes', { count: labels.length })
  if (removed.length > 0) return say('remove', { what: named(removed) })
  if (added.length > 0) return say('add', { what: named(added) })
  const [pair] = updated
  if (!pair) return null
  const [from, to] = pair
  if (from.name !== to.name) return say('rename', { name: from.name, into: to.name })
  if (from.color !== to.color) return say('colour', { what: named([to]) })
  if (from.locked !== to.locked) return say(to.locked ? 'lock' : 'unlock', { what: named([to]) })
  if (from.position === to.position) return say('said', { what: named([to]) })
  return say('classOrder')
}

const nameOfImages = ({ updated }: Diff['images']): string | null => {
  const [pair] = updated
  if (!pair) return null
  const images = {
    what: updated.length === 1 ? thing('image') : thing('images', { count: updated.length }),
  }
  const [from, to] = pair
  if (from.status !== to.status) return say(to.status === 'done' ? 'done' : 'todo', images)
  if (from.flag !== to.flag) return say(to.flag === null ? 'unflag' : 'flag', images)
  if (from.reviewed?.at !== to.reviewed?.at)
    return say(to.reviewed === null ? 'notReviewed' : 'reviewed', images)
  if (JSON.stringify(from.tags) !== JSON.stringify(to.tags)) return say('tags', images)
  if (JSON.stringify(from.stretch) !== JSON.stringify(to.stretch)) return say('stretch', images)
  return say('side', images)
}

export const nameOfEdit = ({ labels, annotations, images, pictures }: Diff, nameOf: NameOf): string => {
  const [gone, into] = [labels.removed[0], annotations.updated[0]?.[1]]
  if (gone && into && labels.removed.length === 1)
    return say('merge', { name: gone.name, into: nameOf(into.labelId) ?? thing('another') })
  // A class that is deleted takes its objects with it; one that was pasted comes with them.
  if (labels.removed.length > 0) return nameOfLabels(labels) ?? ''
  // What an edit adds is named by itself, since the project may not have it any more.
  const known: NameOf = (id) => labels.added.find((label) => label.id === id)?.name ?? nameOf(id)
  return (
    nameOfObjects(annotations, known) ??
    nameOfLabels(labels) ??
    nameOfImages(images) ??
    (pictures.updated.length > 0 ? say('photo') : say('other'))
  )
}
