/** What can be done to stored objects as wholes: the shapes that come of one, and what is said when nothing does. Pure. */
import { subtractShape } from '../../common/geometry/boolean.ts'
import type { Size } from '../../common/geometry/point.ts'
import {
  dropSmallParts,
  fillHoles,
  growShape,
  partsAsShapes,
  smoothShape,
} from '../../common/geometry/reshape.ts'
import { hasArea } from '../../common/geometry/measure.ts'
import { rotatedAround } from '../../common/geometry/rotated.ts'
import type { AreaShape, Annotation, Shape } from '../../common/model.ts'
import { msg } from '../../common/said.ts'

export type MendId =
  | 'fit-rotated'
  | 'fill-holes'
  | 'drop-small-parts'
  | 'parts-to-objects'
  | 'grow'
  | 'shrink'
  | 'smooth'
  | 'trim'

interface MendScene {
  readonly size: Size
  /** The other objects that can be seen, as they are by then. */
  readonly others: readonly Annotation[]
}

export interface Mend {
  /** The object's new shape, and those of more objects made of it; the same object when nothing changes, none when nothing would be left. */
  readonly make: (shape: AreaShape, scene: MendScene) => readonly Shape[]
  /** Said when nothing changes. */
  readonly unchanged: string
  /** Said when nothing would be left. */
  readonly gone: string
}

const oneOrNone = (shape: Shape | null): readonly Shape[] => (shape ? [shape] : [])
const KEPT = msg('Nothing would be left of the object. Delete it with Del.')

export const mends: Readonly<Record<MendId, Mend>> = {
  'fill-holes': {
    make: (shape) => [fillHoles(shape)],
    unchanged: msg('There is no hole to fill.'),
    gone: KEPT,
  },
  'drop-small-parts': {
    make: (shape) => [dropSmallParts(shape)],
    unchanged: msg('No part is small: each has a twentieth of the largest, or more.'),
    gone: KEPT,
  },
  'parts-to-objects': { make: partsAsShapes, unchanged: msg('The object has one part only.'), gone: KEPT },
  'fit-rotated': {
    make: (shape) => [rotatedAround(shape)],
    unchanged: msg('It is a rotated rectangle already.'),
    gone: KEPT,
  },
  grow: {
    make: (shape, { size }) => oneOrNone(growShape(shape, 1, size)),
    unchanged: msg('The object fills the image.'),
    gone: KEPT,
  },
  shrink: { make: (shape, { size }) => oneOrNone(growShape(shape, -1, size)), unchanged: '', gone: KEPT },
  smooth: {
    make: (shape) => [smoothShape(shape)],
    unchanged: msg('A rectangle has nothing to smooth.'),
    gone: KEPT,
  },
  trim: {
    make: (shape, { others }) =>
      oneOrNone(subtractShape(shape, others.map((other) => other.shape).filter(hasArea))),
    unchanged: msg('It overlaps no other object.'),
    gone: msg('The object lies wholly within others: nothing would be left of it.'),
  },
}
