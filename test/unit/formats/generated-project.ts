/**
 * Whole projects, generated: photos with odd names and equal names in subfolders, one of them turned by its EXIF tag;
 * rectangles, also turned ones, outlines, holes and parts, some over the border; attributes, groups, tracks, scores, tags and flags.
 */
import { Transformer } from '@napi-rs/image'
import { fc } from '../../support/property.ts'
import type { Shape } from '../../../common/model.ts'
import { circle, polygonOf, rectangle } from '../export/shapes.ts'

export const classNames = ['cat', 'Hündin 🐕', '=HYPERLINK("x")', '<b>&"it\'s"', 'a, b; c', 'unused']

const names = ['a', 'a b', 'Ünï 🐕', '=1+1', 'x,"y";z', '<t>&amp;', "it's", '-5', '100%', 'IMG.0001', '日本']
const folders = ['', 'sub/', 'sub/deep/', 'Räume 2/']

/** Upright. */
const sizes = [
  [120, 80],
  [64, 100],
  [90, 61],
] as const
export type ImageSize = readonly [width: number, height: number]

const pixelsOf = (width: number, height: number, mark: number) => {
  const pixels = new Uint8Array(width * height * 4).fill(200)
  pixels.set([mark, 0, 0, 255])
  return Transformer.fromRgbaPixels(pixels, width, height)
}

/** A JPEG whose pixels lie on their side and whose EXIF tag turns them right (6). */
const turnedJpeg = ([width, height]: ImageSize, mark: number): Uint8Array => {
  const jpeg = pixelsOf(height, width, mark).jpegSync(90)
  // One directory of one entry: 0x0112 Orientation, SHORT, one value.
  const exif = [0xff, 0xe1, 0, 34, ...Buffer.from('Exif\0\0MM\0*\0\0\0\x08', 'latin1')]
  const entry = [0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([...exif, ...entry]), jpeg.subarray(2)])
}

/** Shares of the image's sides; the radius is of the shorter one. */
const place = fc.record({
  x: fc.double({ min: 0.02, max: 0.98, noNaN: true }),
  y: fc.double({ min: 0.02, max: 0.98, noNaN: true }),
  radius: fc.double({ min: 0.14, max: 0.4, noNaN: true }),
  kind: fc.constantFrom('disc', 'hole', 'two', 'box', 'kite', 'rotated'),
})
type Place = typeof place extends fc.Arbitrary<infer T> ? T : never

const shapeOf = ({ x, y, radius, kind }: Place, [width, height]: ImageSize): Shape => {
  const [cx, cy, r] = [x * width, y * height, radius * Math.min(width, height)]
  switch (kind) {
    case 'disc':
      return polygonOf({ outer: circle(cx, cy, r, 17) })
    case 'hole':
      return polygonOf({ outer: circle(cx, cy, r, 24), holes: [circle(cx, cy, r / 2, 11)] })
    case 'two':
      return polygonOf({ outer: circle(cx - r, cy, r / 2, 9) }, { outer: circle(cx + r, cy, r / 2, 9) })
    case 'kite':
      return polygonOf({ outer: circle(cx, cy, r, 4).map(([px, py]) => [px + 0.3 * (py - cy), py]) })
    case 'rotated':
      return { type: 'rotated-rectangle', cx, cy, width: 1.2 * r, height: r, angle: 0.7 * x + 0.1 }
    case 'box':
      return rectangle(cx - r, cy - r / 2, 2 * r, r)
  }
}

const attributes = fc.dictionary(
  fc.constantFrom('colour', 'parked', 'Länge', 'description', 'a "b"', 'flag'),
  fc.oneof(
    fc.constantFrom('red', '', '=1+1', 'zwei\nZeilen', '🐕'),
    fc.boolean(),
    fc.integer(),
    fc.constant(0.25),
  ),
  { maxKeys: 3 },
)
const number = fc.option(fc.nat({ max: 99 }))

const object = fc.record({
  label: fc.nat({ max: classNames.length - 2 }),
  place,
  attributes,
  groupId: number,
  trackId: number,
  score: fc.option(fc.constantFrom(0.5, 0.125, 0.9876)),
})

const image = fc.record({
  objects: fc.array(object, { minLength: 2, maxLength: 5 }),
  size: fc.constantFrom(...sizes),
  tags: fc.uniqueArray(fc.constantFrom('night', 'rain', 'Ünï', '=x'), { maxLength: 2 }),
  flag: fc.constantFrom(null, '', 'look at it', '=1+1'),
})

type Made = typeof object extends fc.Arbitrary<infer T> ? T : never
interface GeneratedObject extends Omit<Made, 'place'> {
  readonly shape: Shape
}
export interface GeneratedImage {
  readonly path: string
  readonly bytes: Uint8Array
  readonly size: ImageSize
  readonly objects: readonly GeneratedObject[]
  readonly tags: readonly string[]
  readonly flag: string | null
}

/** The last is done and has no objects; the first is turned. */
export const project: fc.Arbitrary<GeneratedImage[]> = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...folders), fc.constantFrom(...names), image), {
    minLength: 3,
    maxLength: 4,
    selector: ([folder, name]) => `${folder}${name}`,
  })
  .map((all) =>
    all.map(([folder, name, { objects, size, tags, flag }], index): GeneratedImage => {
      const isTurned = index === 0
      return {
        path: `${folder}${name}.${isTurned ? 'jpg' : 'png'}`,
        bytes: isTurned ? turnedJpeg(size, index) : pixelsOf(size[0], size[1], index).pngSync(),
        size,
        objects:
          index === all.length - 1
            ? []
            : objects.map(({ place: where, ...rest }) => ({ ...rest, shape: shapeOf(where, size) })),
        tags: [...tags].sort((a, b) => (a.toLocaleLowerCase() < b.toLocaleLowerCase() ? -1 : 1)),
        flag,
      }
    }),
  )
