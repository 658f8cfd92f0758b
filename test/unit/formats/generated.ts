/** Projects that formats get wrong, generated: odd names, equal names in subfolders, holes, parts, what sticks out. */
import { fc } from '../../support/property.ts'
import { partsOf } from '../../../common/geometry/measure.ts'
import type { Shape } from '../../../common/model.ts'
import { maskOfParts, type Mask } from '../../support/readers/masks.ts'
import { pngOf, type TestImage } from '../export/folder.ts'
import { circle, polygonOf, rectangle } from '../export/shapes.ts'

export const classNames = ['cat', 'Hündin 🐕', '=HYPERLINK("x")', '<b>&"it\'s"', 'a, b; c']

const names = ['a', 'a b', 'Ünï 🐕', '=1+1', 'x,"y";z', '<t>&amp;', "it's", '-5', '100%', 'IMG.0001', '日本']
const folders = ['', 'sub/', 'sub/deep/', 'Räume 2/']

const around = fc.record({
  x: fc.double({ min: -10, max: 130, noNaN: true }),
  y: fc.double({ min: -10, max: 90, noNaN: true }),
  radius: fc.double({ min: 4, max: 45, noNaN: true }),
})

const disc = around.map(({ x, y, radius }): Shape => polygonOf({ outer: circle(x, y, radius, 17) }))
const ring = around.map(({ x, y, radius }): Shape =>
  polygonOf({ outer: circle(x, y, radius, 24), holes: [circle(x, y, radius / 2, 11)] }),
)
const two = around.map(({ x, y, radius }): Shape =>
  polygonOf(
    { outer: circle(x, y, radius / 2.5, 9) },
    { outer: circle(x + radius, y, radius / 2.5, 9), holes: [circle(x + radius, y, radius / 6, 5)] },
  ),
)
const box = around.map(({ x, y, radius }): Shape => rectangle(x, y, radius, radius / 2))

const object = fc.record({
  label: fc.nat({ max: classNames.length - 1 }),
  shape: fc.oneof(disc, ring, two, box),
})

const size = fc.constantFrom([120, 80], [64, 100], [33, 17]) as fc.Arbitrary<[number, number]>

export interface GeneratedImage extends TestImage {
  readonly size: readonly [width: number, height: number]
  readonly shapes: readonly { readonly label: number; readonly shape: Shape }[]
}

/** Images with objects, each of its own path; the last is done and has none. */
export const project: fc.Arbitrary<GeneratedImage[]> = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...folders), fc.constantFrom(...names)), {
    minLength: 2,
    maxLength: 5,
    selector: (parts) => parts.join(''),
  })
  .chain((paths) =>
    fc.tuple(
      ...paths.map(([folder, name], index) =>
        fc
          .record({ shapes: fc.array(object, { minLength: 1, maxLength: 4 }), size })
          .map((made): GeneratedImage => ({
            path: `${folder}${name}.png`,
            status: 'done',
            size: made.size,
            shapes: index === paths.length - 1 ? [] : made.shapes,
            bytes: pngOf(...made.size, index),
          })),
      ),
    ),
  )

/** The pixels of a stored shape that lie in the image. */
export const maskOf = (shape: Shape, [width, height]: readonly [number, number]): Mask =>
  maskOfParts(
    partsOf(shape).map(({ outer, holes }) => [outer, ...holes]),
    width,
    height,
  )

/** [x0, y0, x1, y1] of the shape's part in the image; null when it lies outside. */
export const boxOf = (
  shape: Shape,
  [width, height]: readonly [number, number],
): [number, number, number, number] | null => {
  const points = partsOf(shape).flatMap(({ outer }) => outer)
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  const box = [Math.max(0, Math.min(...xs)), Math.max(0, Math.min(...ys))] as const
  const [x1, y1] = [Math.min(width, Math.max(...xs)), Math.min(height, Math.max(...ys))]
  return x1 > box[0] && y1 > box[1] ? [...box, x1, y1] : null
}

const distance = (
  [px, py]: readonly [number, number],
  a: readonly number[],
  b: readonly number[],
): number => {
  const [dx, dy] = [b[0]! - a[0]!, b[1]! - a[1]!]
  const length = dx * dx + dy * dy
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((px - a[0]!) * dx + (py - a[1]!) * dy) / length))
  return Math.hypot(px - a[0]! - t * dx, py - a[1]! - t * dy)
}

/** Coordinates are rounded to hundredths: a centre as near to the outline may fall on either side. */
const NEAR = 0.02

/** Pixels that a mask has and the shape has not, or the other way round, but for those with the outline at their centre. */
export const strayPixels = (shape: Shape, size: readonly [number, number], mask: Mask): number => {
  const edges = partsOf(shape).flatMap(({ outer, holes }) =>
    [outer, ...holes].flatMap((ring) => ring.map((point, index) => [point, ring.at(index - 1)!] as const)),
  )
  const stored = maskOf(shape, size)
  return stored.data.reduce((count, value, at) => {
    if (value === mask.data[at]) return count
    const centre = [(at % size[0]) + 0.5, Math.floor(at / size[0]) + 0.5] as const
    return edges.some(([a, b]) => distance(centre, a, b) < NEAR) ? count : count + 1
  }, 0)
}
