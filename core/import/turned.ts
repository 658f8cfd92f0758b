/**
 * Labels that were made on a photo as its pixels are stored, without the turn that its EXIF tag asks for: recognised by
 * the sides, which are swapped, and turned with it. A turn that leaves the sides as they are shows nowhere. Pure.
 */
import type { Size } from '../../common/geometry/point.ts'
import { cornersOfRotated } from '../../common/geometry/measure.ts'
import { rotatedOfCorners } from '../../common/geometry/rotated.ts'
import type { Ring, Shape } from '../../common/model.ts'

type Place = Ring[number]

/** From the stored picture, of width x height, to the upright one, by EXIF's number; those that swap the sides. */
const turns: Readonly<Record<number, (place: Place, stored: Size) => Place>> = {
  5: ([x, y]) => [y, x],
  6: ([x, y], { height }) => [height - y, x],
  7: ([x, y], { width, height }) => [height - y, width - x],
  8: ([x, y], { width }) => [y, width - x],
}

/** 5 and 7 mirror, which turns the way that a ring runs round. */
const mirrors: readonly number[] = [5, 7]

/**
 * The size of the picture as it is stored, when labels of `size` are of that and not of the upright image; null when
 * they are not.
 * @param image the upright size
 * @param orientation EXIF's, 1-8
 */
export const storedSizeOf = (size: Size | null, image: Size, orientation: number): Size | null =>
  size !== null &&
  turns[orientation] !== undefined &&
  image.width !== image.height &&
  size.width === image.height &&
  size.height === image.width
    ? { width: image.height, height: image.width }
    : null

/** A shape of the stored picture in the upright one. @param orientation one for which `storedSizeOf` gives a size */
export const turnShape = (shape: Shape, stored: Size, orientation: number): Shape => {
  const turn = turns[orientation]
  if (turn === undefined) return shape
  const ringOf = (ring: Ring): Ring => {
    const turned = ring.map((place) => turn(place, stored))
    return mirrors.includes(orientation) ? turned.toReversed() : turned
  }
  if (shape.type === 'polygon')
    return {
      type: 'polygon',
      parts: shape.parts.map(({ outer, holes }) => ({ outer: ringOf(outer), holes: holes.map(ringOf) })),
    }
  if (shape.type === 'rotated-rectangle') return rotatedOfCorners(ringOf(cornersOfRotated(shape)))
  // The way along a line is not that round a ring: it stays when it is mirrored.
  if (shape.type === 'polyline')
    return { type: 'polyline', points: shape.points.map((place) => turn(place, stored)) }
  if (shape.type === 'point') {
    const [x, y] = turn([shape.x, shape.y], stored)
    return { type: 'point', x, y }
  }
  const [ax, ay] = turn([shape.x, shape.y], stored)
  const [bx, by] = turn([shape.x + shape.width, shape.y + shape.height], stored)
  return {
    type: 'rectangle',
    x: Math.min(ax, bx),
    y: Math.min(ay, by),
    width: Math.abs(bx - ax),
    height: Math.abs(by - ay),
  }
}
