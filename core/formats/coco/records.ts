/**
 * COCO instances JSON. Pure: records in, JSON out, in chunks, because a file of 100,000 objects does not fit a
 * string well. See docs/formats.md.
 */
import type { Size } from '../../../common/geometry/point.ts'
import type { Ring } from '../../../common/model.ts'
import { compressCounts, rleArea, type Rle } from '../../../common/geometry/rle.ts'
import { cocoPolygonArea } from './area.ts'

/** Run-length mask as pycocotools writes it: `size` is [height, width], `counts` its compressed string. */
interface CocoRle {
  readonly size: readonly [height: number, width: number]
  readonly counts: string
}

export interface CocoImage {
  readonly id: number
  /** Relative to the folder that the trainer is given as image folder. */
  readonly file_name: string
  /** Of the upright frame. */
  readonly width: number
  readonly height: number
  /** Of `licenses`; only when the images have one. */
  readonly license?: number
  /** What is said of it; only on request. */
  readonly tags?: readonly string[]
  readonly flag?: string
  readonly reviewed?: { readonly by: string; readonly at: string }
}

interface CocoAnnotation {
  readonly id: number
  readonly image_id: number
  readonly category_id: number
  /** One list [x1, y1, x2, y2, ...] a part, or the mask of an object with holes. */
  readonly segmentation: readonly (readonly number[])[] | CocoRle
  /** Pixels of the segmentation's mask, as pycocotools counts them. */
  readonly area: number
  /** [x, y, width, height] */
  readonly bbox: readonly [number, number, number, number]
  readonly iscrowd: 0
  /** The model's own estimate of the mask, 0..1; only on request, as all that follows. */
  readonly score?: number
  readonly attributes?: Readonly<Record<string, string | number | boolean>>
  readonly group_id?: number
  readonly track_id?: number
}

/** Hundredths of a pixel, as in COCO's own files. */
const hundredths = (value: number) => Math.round(value * 100) / 100

/** COCO counts categories from 1, in the order of the labels. */
export const cocoCategoryId = (labelIndex: number): number => labelIndex + 1

const boundsOf = (points: Ring): CocoAnnotation['bbox'] => {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of points) {
    x0 = Math.min(x0, x)
    y0 = Math.min(y0, y)
    x1 = Math.max(x1, x)
    y1 = Math.max(y1, y)
  }
  return [x0, y0, hundredths(x1 - x0), hundredths(y1 - y0)]
}

type Numbers = Pick<CocoAnnotation, 'image_id' | 'category_id'>
/** A record before it is counted. */
export type Unnumbered = Omit<CocoAnnotation, 'id'>

/** An object without holes; `rings` are its parts, inside the image. Area and bbox are of the numbers written. */
export const cocoPolygonAnnotation = (numbers: Numbers, rings: readonly Ring[], size: Size): Unnumbered => {
  const rounded = rings.map((ring) => ring.map(([x, y]): Ring[number] => [hundredths(x), hundredths(y)]))
  return {
    ...numbers,
    segmentation: rounded.map((ring) => ring.flat()),
    area: cocoPolygonArea(rounded, size),
    bbox: boundsOf(rounded.flat()),
    iscrowd: 0,
  }
}

/** The box around the pixels of a mask, as pycocotools' `toBbox` gives it; all 0 when there are none. */
const boxOfRle = ({ size: [height], counts }: Rle): CocoAnnotation['bbox'] => {
  let [x0, y0, x1, y1, at] = [Infinity, Infinity, 0, 0, 0]
  for (const [index, count] of counts.entries()) {
    if (index % 2 === 1 && count > 0) {
      const [first, last] = [at, at + count - 1]
      const [from, to] = [Math.floor(first / height), Math.floor(last / height)]
      x0 = Math.min(x0, from)
      x1 = Math.max(x1, to + 1)
      // A run over the end of a column has its last and its first pixel.
      y0 = Math.min(y0, from === to ? first % height : 0)
      y1 = Math.max(y1, from === to ? (last % height) + 1 : height)
    }
    at += count
  }
  return x1 === 0 ? [0, 0, 0, 0] : [x0, y0, x1 - x0, y1 - y0]
}

/** An object with holes, as its mask; area and bbox are of its pixels. */
export const cocoMaskAnnotation = (numbers: Numbers, mask: Rle): Unnumbered => ({
  ...numbers,
  segmentation: { size: mask.size, counts: compressCounts(mask.counts) },
  area: rleArea(mask),
  bbox: boxOfRle(mask),
  iscrowd: 0,
})

/** What a file says of itself; empty texts are not said. */
export interface CocoAbout {
  readonly description: string
  readonly contributor: string
  readonly version: string
  readonly license: string
  readonly licenseUrl: string
  /** Of classes that have none of their own. */
  readonly supercategory: string
}

/** The only licence has this id. */
export const COCO_LICENSE = 1

interface CocoClass {
  readonly name: string
  /** The name of the class above it; null when it has none. */
  readonly above: string | null
}

/** The parts of the file up to the first image. */
export const cocoStart = (about: CocoAbout, classes: readonly CocoClass[]): string => {
  const { description, version, contributor, license, licenseUrl, supercategory } = about
  const info = { description, version, contributor: contributor || `Maskwright ${version}`, url: '' }
  const licenses = license === '' ? [] : [{ id: COCO_LICENSE, name: license, url: licenseUrl }]
  const categories = classes.map(({ name, above }, index) => ({
    id: cocoCategoryId(index),
    name,
    supercategory: above ?? supercategory,
  }))
  return (
    `{"info": ${JSON.stringify(info)},\n"licenses": ${JSON.stringify(licenses)},\n` +
    `"categories": [\n${categories.map((category) => JSON.stringify(category)).join(',\n')}\n],\n"images": [\n`
  )
}
/** Between two images, and between two annotations. */
export const COCO_SEPARATOR = ',\n'
/** Between the last image and the first annotation. */
export const COCO_MIDDLE = '\n],\n"annotations": [\n'
export const COCO_END = '\n]}\n'
