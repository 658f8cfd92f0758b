/**
 * What can be wrong with the objects of one image, each with the edit that repairs it. Pure. What is locked is found, and
 * left as it is by the repair.
 */
import type { CheckKind } from '../../common/checks.ts'
import { diffOf, statusDiff, type Diff } from '../../common/diff.ts'
import { clipToImage } from '../../common/geometry/clip.ts'
import { areaOf, bboxOf, hasArea, lengthOfLine, type Box } from '../../common/geometry/measure.ts'
import { FAR_APART, likeness } from '../../common/geometry/overlap.ts'
import type { Annotation, ImageItem } from '../../common/model.ts'
import { said } from '../../common/said.ts'

export interface ImageFinding {
  readonly kind: CheckKind
  readonly objects: readonly Annotation[]
  readonly message: string
  /** Null when all that it is about is locked. */
  readonly repair: (now: number) => Diff | null
}

/** Image pixels squared, and image pixels: an object of less is none that anybody meant. */
const LEAST_AREA = 16
const LEAST_SIDE = 2

/** Two objects of one class that cover each other by more are one: IoU. */
const SAME = 0.9

/** Points and lines that may be one thing lie this near to each other, image pixels. */
const BARE_REACH = (1 - SAME) * FAR_APART

/** Further out of the image than this, image pixels: an outline of a mask may lie on the edge and be rounded. */
const OUTSIDE = 0.5

const isTiny = ({ shape }: Annotation): boolean => {
  if (shape.type === 'point') return false
  if (shape.type === 'polyline') return lengthOfLine(shape.points) < LEAST_SIDE
  const { width, height } = bboxOf(shape)
  return areaOf(shape) < LEAST_AREA || width < LEAST_SIDE || height < LEAST_SIDE
}

const boxIou = (a: Box, b: Box): number => {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  const both = Math.max(0, width) * Math.max(0, height)
  return both / (a.width * a.height + b.width * b.height - both)
}

/** What stays of two: what is locked, then the surer one, then the older one. */
const isBetter = (a: Annotation, b: Annotation): boolean => {
  if (a.locked !== b.locked) return a.locked
  return (a.score ?? 1) >= (b.score ?? 1)
}

/** Those that would go, each once. */
const duplicatesOf = (objects: readonly Annotation[]): Annotation[] => {
  const boxes = objects.map(({ shape }) => bboxOf(shape))
  const gone = new Set<Annotation>()
  // From left to right, so that only neighbours are compared.
  const order = boxes.map((_, index) => index).sort((a, b) => boxes[a]!.x - boxes[b]!.x)
  for (const [place, i] of order.entries())
    for (const j of order.slice(place + 1)) {
      const [a, b] = [objects[i]!, objects[j]!]
      if (boxes[j]!.x > boxes[i]!.x + boxes[i]!.width + BARE_REACH) break
      if (a.labelId !== b.labelId || gone.has(a) || gone.has(b)) continue
      // Shapes that cover each other so far have boxes that nearly do.
      if (hasArea(a.shape) && boxIou(boxes[i]!, boxes[j]!) < SAME / 2) continue
      if (likeness(a.shape, b.shape) <= SAME) continue
      const [older, newer] = objects.indexOf(a) < objects.indexOf(b) ? [a, b] : [b, a]
      gone.add(isBetter(older, newer) ? newer : older)
    }
  return objects.filter((object) => gone.has(object))
}

/** A turned box at the border is whole where its middle lies inside, as oriented boxes are: cut, it would be none any more. */
const isOutside = ({ shape }: Annotation, width: number, height: number): boolean => {
  if (shape.type === 'rotated-rectangle')
    return shape.cx < 0 || shape.cy < 0 || shape.cx > width || shape.cy > height
  const box = bboxOf(shape)
  return (
    box.x < -OUTSIDE ||
    box.y < -OUTSIDE ||
    box.x + box.width > width + OUTSIDE ||
    box.y + box.height > height + OUTSIDE
  )
}

/** The edit of those that are free; null when none is. */
const editOf = (
  objects: readonly Annotation[],
  isLocked: (object: Annotation) => boolean,
  change: (free: readonly Annotation[]) => Diff,
): Diff | null => {
  const free = objects.filter((object) => !isLocked(object))
  return free.length === 0 ? null : change(free)
}

const removed = (objects: readonly Annotation[]) => diffOf({ annotations: { removed: [...objects] } })

/** @param objects of the image, without proposals @param isLocked by itself or with its class */
export const checkImage = (
  image: ImageItem,
  objects: readonly Annotation[],
  kinds: ReadonlySet<CheckKind>,
  isLocked: (object: Annotation) => boolean,
): ImageFinding[] => {
  const found: ImageFinding[] = []
  const tiny = kinds.has('tiny') ? objects.filter(isTiny) : []
  if (tiny.length > 0)
    found.push({
      kind: 'tiny',
      objects: tiny,
      message: said('{objects, plural, one {An object is} other {# objects are}} tiny.', {
        objects: tiny.length,
      }),
      repair: () => editOf(tiny, isLocked, removed),
    })
  const twice = kinds.has('duplicate') ? duplicatesOf(objects) : []
  if (twice.length > 0)
    found.push({
      kind: 'duplicate',
      objects: twice,
      message: said('{objects, plural, one {An object is} other {# objects are}} there twice.', {
        objects: twice.length,
      }),
      repair: () => editOf(twice, isLocked, removed),
    })
  const { width, height } = image
  if (kinds.has('outside') && width !== null && height !== null) {
    const outside = objects.filter((object) => isOutside(object, width, height))
    const cut = (now: number) => (free: readonly Annotation[]) => {
      const cuts = free.map((object) => [object, clipToImage(object.shape, { width, height })] as const)
      return diffOf({
        annotations: {
          updated: cuts.flatMap(([from, shape]): [Annotation, Annotation][] =>
            shape === null ? [] : [[from, { ...from, shape, updatedAt: now }]],
          ),
          removed: cuts.flatMap(([object, shape]) => (shape === null ? [object] : [])),
        },
      })
    }
    if (outside.length > 0)
      found.push({
        kind: 'outside',
        objects: outside,
        message: said('{objects, plural, one {An object reaches} other {# objects reach}} out of it.', {
          objects: outside.length,
        }),
        repair: (now) => editOf(outside, isLocked, cut(now)),
      })
  }
  if (kinds.has('empty-done') && image.status === 'done' && objects.length === 0)
    found.push({
      kind: 'empty-done',
      objects: [],
      message: said('It is done and has no objects.'),
      repair: () => statusDiff(image, 'todo'),
    })
  return found
}
