/**
 * What a reader of labels gives: objects with their shapes, of whatever format they came, and what could not be read.
 * The images of a source are known at once; the objects of each are read when it is their turn, so that a source of a
 * million objects never lies in memory.
 */
import type { Problem } from '../../common/contract/work.ts'
import type { Size } from '../../common/geometry/point.ts'
import type { Raster } from '../../common/geometry/rasterise.ts'
import type { Part, Ring } from '../../common/model.ts'
import type { ReadExtras, ReadMarks } from './extras.ts'
import { plural } from '../../common/words.ts'

/** What the file has of an object. Numbers are in the object's unit. */
export type ReadShape =
  | { readonly type: 'box' }
  /** The outer rings of its parts; holes are cut in by lines of no width, if at all. Not checked for crossings. */
  | { readonly type: 'polygon'; readonly rings: readonly Ring[] }
  /** The same, of each ring its numbers: x0, y0, x1, y1, ...; pairs of finite numbers, three at least. */
  | { readonly type: 'flat'; readonly rings: readonly (readonly number[])[] }
  /** A run-length mask as COCO has it, down the columns; the counts are not checked. */
  | {
      readonly type: 'mask'
      readonly width: number
      readonly height: number
      readonly counts: string | readonly number[]
    }
  /** Whole parts with their holes. */
  | { readonly type: 'parts'; readonly parts: readonly Part[] }
  /** Four corners; those that make no rectangle are a polygon. */
  | { readonly type: 'rotated'; readonly corners: Ring }
  /** A place: the middle of the box. */
  | { readonly type: 'point' }
  /** An open line. */
  | { readonly type: 'line'; readonly points: Ring }
  /** The pixels themselves, a window of the image that the labels are of. */
  | { readonly type: 'raster'; readonly raster: Raster }

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
  /** Pixels that the file says it covers; absent where it says nothing. */
  readonly area?: number | null
  /** Its attributes, group and track; absent where the file says nothing of them. */
  readonly extras?: ReadExtras
  /** What the file has of it that an object can't hold, as a sentence; absent when nothing is lost. */
  readonly lost?: string
}

/** An object of which the box alone is wanted. */
export type BoxOfObject = Omit<ReadObject, 'shape'>

/** The objects of one image, and its records that could not be read. */
export interface LoadedObjects {
  readonly objects: ReadObject[]
  readonly problems: readonly Problem[]
  /** What the file says of the image; null or absent when it says nothing. */
  readonly marks?: ReadMarks | null
}

/** A file that was looked through, as another thread opens it: plain data, with more that its format alone knows. */
export interface ApartSource {
  /** The id of the format. */
  readonly format: string
}

/** What another thread needs to read an image's objects without a look through the whole file. */
export interface ReadApart {
  /** One for all images of a file: it is sent once. */
  readonly source: ApartSource
  /** Plain data: where the image's records lie. */
  readonly image: unknown
}

/** An image by the name that the source has for it. */
export interface LabelledImage {
  /** A path with or without folders and extension; where the source has numbers alone, such a number. */
  readonly name: string
  /** The name is a number that the source gave for want of a name. */
  readonly isNumber: boolean
  /** The source says that the image was looked at, whether or not there are objects on it. */
  readonly isReviewed: boolean
  /** Absent where another thread has to open the labels as well. */
  readonly apart?: ReadApart
  load(): Promise<LoadedObjects>
}

/** Labels that were found and understood, and whose objects are still to be read. */
export interface LabelSet {
  /** What they were understood as: "COCO instances". */
  readonly format: string
  readonly images: readonly LabelledImage[]
  /** The classes in the order of the source, used or not; empty when it has no list of them. */
  readonly classes: readonly string[]
  /** Records that could not be read, of no image that is known. */
  readonly problems: readonly Problem[]
  /** What to know about the whole. */
  readonly notes: readonly string[]
  /** The file that the names of the classes are from; null when they are in no file. */
  readonly namesFrom: string | null
  /** The number of the first class, where the source does not tell and it was taken from the numbers that occur. */
  readonly firstClass: 0 | 1 | null
  /** How pictures whose values are classes were taken: each connected part by itself or not; null where there are none. */
  readonly parts: 'apart' | 'together' | null
  /** What is wrong with it beyond what an import says; absent where that says all. */
  check?(): readonly Problem[]
  /** Lets go of the files. */
  close(): void
}

/** All of a source, in memory. */
export interface ReadLabels extends Pick<LabelSet, 'problems' | 'notes' | 'namesFrom'> {
  readonly images: readonly {
    readonly name: string
    readonly isNumber: boolean
    readonly objects: ReadObject[]
  }[]
}

export const readProblem = (image: string | null, message: string): Problem => ({
  image,
  annotationId: null,
  message,
})

/** Sentences on what was lost, each with how many objects it is true of. */
export const countLost = (
  objects: Iterable<Pick<ReadObject, 'lost'>>,
  counts = new Map<string, number>(),
) => {
  for (const { lost } of objects) if (lost !== undefined) counts.set(lost, (counts.get(lost) ?? 0) + 1)
  return counts
}

export const lostNotes = (counts: ReadonlyMap<string, number>): string[] =>
  [...counts].map(([text, count]) => `${plural(count, 'object')}: ${text}`)

/** @throws what a load throws */
export const loadAll = async (set: LabelSet): Promise<ReadLabels> => {
  const images: ReadLabels['images'][number][] = []
  const problems = [...set.problems]
  const lost = new Map<string, number>()
  for (const image of set.images) {
    const { name, isNumber } = image
    const loaded = await image.load()
    images.push({ name, isNumber, objects: loaded.objects })
    for (const problem of loaded.problems) problems.push(problem)
    countLost(loaded.objects, lost)
  }
  return { images, problems, notes: [...set.notes, ...lostNotes(lost)], namesFrom: set.namesFrom }
}
