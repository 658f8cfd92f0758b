/** What a reader of labels gives: objects with their shapes, of whatever format they came, and what could not be read. */
import type { Problem } from '../../common/contract/work.ts'
import type { Size } from '../../common/geometry/point.ts'
import type { Ring } from '../../common/model.ts'

/** What the file has of an object. Numbers are in the object's unit. */
export type ReadShape =
  | { readonly type: 'box' }
  /** The outer rings of its parts; holes are cut in by lines of no width, if at all. Not checked for crossings. */
  | { readonly type: 'polygon'; readonly rings: readonly Ring[] }
  /** A run-length mask as COCO has it, down the columns; the counts are not checked. */
  | {
      readonly type: 'mask'
      readonly width: number
      readonly height: number
      readonly counts: string | readonly number[]
    }

export interface ReadObject {
  /** The name of its class. */
  readonly label: string
  /** Around it all, left, top, right, bottom: pixels of the upright image, or shares of its width and height. */
  readonly box: readonly [x0: number, y0: number, x1: number, y1: number]
  readonly unit: 'pixel' | 'share'
  readonly shape: ReadShape
  /** The detector's confidence, 0..1; null when it tells none. */
  readonly score: number | null
  /** The size of the image that the labels are of, when the file tells it. */
  readonly size: Size | null
  /** Where it was read, for reports: file and line or record. */
  readonly where: string
}

/** An object of which the box alone is wanted. */
export type BoxOfObject = Omit<ReadObject, 'shape'>

/** The objects of one image, by the name that the file has for it: a path with or without folders and extension. */
export interface ReadImage {
  readonly name: string
  readonly objects: ReadObject[]
}

export interface ReadLabels {
  readonly images: readonly ReadImage[]
  /** Records that could not be read. */
  readonly problems: readonly Problem[]
  /** What to know about the whole. */
  readonly notes: readonly string[]
  /** The file that the names of the classes are from; null when they are in no file. */
  readonly namesFrom: string | null
}

export const readProblem = (image: string | null, message: string): Problem => ({
  image,
  annotationId: null,
  message,
})
