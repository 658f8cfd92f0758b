/** Objects painted into one map of numbers, where each pixel belongs to one of them. */
import { rasterise } from '../../common/geometry/rasterise.ts'
import type { Size } from '../../common/geometry/point.ts'
import { rankOf } from '../../common/object-order.ts'
import { leaveOut, type FittedObject } from './objects.ts'
import type { Run } from './run.ts'
import { said } from '../../common/said.ts'

export interface LabelMap {
  /** [height * width] row by row: 0 where nothing is, else 1 + the index of the object in `objects`. */
  readonly owners: Uint16Array
  /** Those that own a pixel, in the order in which they were made. */
  readonly objects: readonly FittedObject[]
}

const NO_PIXEL = said('It covers the centre of no pixel.')

/**
 * Paints the objects in the order that the user gave them, and where none was given the largest first, so that a small one
 * on a large one stays whole. Says in the report what lies under others: an object that is left without a pixel is left out by name.
 * @param most how many objects fit; those after them are left out by name
 */
export const paintObjects = (
  run: Pick<Run, 'changed' | 'leftOut'>,
  size: Size,
  given: readonly FittedObject[],
  most: number,
): LabelMap => {
  const rasters = given.map((object) => rasterise(object.fitted.polygon, size.width, size.height))
  const pixels = rasters.map(({ data }) => data.reduce((sum, value) => sum + value, 0))
  const owners = new Uint16Array(size.width * size.height)
  const visible = new Uint32Array(given.length + 1)
  const ranks = given.map(({ annotation }) => rankOf(annotation))
  const order = [...given.keys()].sort((a, b) => ranks[a]! - ranks[b]! || pixels[b]! - pixels[a]! || a - b)
  for (const index of order) {
    const raster = rasters[index]!
    for (let row = 0, at = 0; row < raster.height; row++) {
      const line = (raster.y + row) * size.width + raster.x
      for (let column = 0; column < raster.width; column++, at++)
        if (raster.data[at] === 1) {
          visible[owners[line + column]!]!--
          owners[line + column] = index + 1
        }
    }
    visible[index + 1] = pixels[index]!
  }
  const numbers = new Uint16Array(given.length + 1)
  const objects: FittedObject[] = []
  given.forEach((object, index) => {
    const seen = visible[index + 1]!
    const hidden = pixels[index]! - seen
    if (pixels[index] === 0) leaveOut(run, object, NO_PIXEL)
    else if (seen === 0) leaveOut(run, object, said('It lies wholly under other objects.'))
    else if (objects.length >= most)
      leaveOut(
        run,
        object,
        said('This kind of mask has numbers for {most, number} objects of an image.', { most }),
      )
    else {
      if (hidden > 0)
        run.changed.add(
          said(
            '{hidden, plural, one {# pixel} other {# pixels}} of its {pixels, number} lie under other objects.',
            {
              hidden,
              pixels: pixels[index]!,
            },
          ),
          object.image.path,
          object.annotation.id,
        )
      numbers[index + 1] = objects.push(object)
    }
  })
  // Where some were left out, the numbers of the others close up.
  if (objects.length < given.length)
    for (let at = 0; at < owners.length; at++) owners[at] = numbers[owners[at]!]!
  return { owners, objects }
}

/** The map with another number for each object, as wide as asked; 0 stays 0. */
export const valuesOf = (
  { owners, objects }: LabelMap,
  valueOf: (object: FittedObject, index: number) => number,
  bits: 8 | 16,
): Uint8Array | Uint16Array => {
  const values = Uint16Array.from([0, ...objects.map(valueOf)])
  const map = bits === 8 ? new Uint8Array(owners.length) : new Uint16Array(owners.length)
  for (let at = 0; at < owners.length; at++) map[at] = values[owners[at]!]!
  return map
}
