/**
 * How a detector is run, and what it finds, as both sides of inference know it. A recipe is data: what the picture is
 * made into, and how the tensors that come out are read. The kinds and their sources: docs/detectors.md.
 */
import type { ImagePoint } from '../../common/geometry/point.ts'
import type { PolygonOptions } from '../../common/geometry/mask-to-polygon.ts'
import type { KeptMask } from '../../common/kept-mask.ts'
import type { Polygon } from '../../common/model.ts'

/** The picture as the graph takes it: [1, 3, height, width]. */
export interface ImageInput {
  readonly name: string
  readonly type: 'float32' | 'float16' | 'uint8'
  readonly width: number
  readonly height: number
  /**
   * letterbox: shape kept, middle of grey 114, as Ultralytics does; stretch: the whole frame filled; corner: shape kept,
   * left and top, grey 128 beyond; edges: the frame has the picture's shape, its short side `height`, its long one at
   * most `width`.
   */
  readonly fit: 'letterbox' | 'stretch' | 'corner' | 'edges'
  /** Channels are (value / 255 - mean) / std, RGB; uint8 is taken as it is. */
  readonly mean: readonly [number, number, number]
  readonly std: readonly [number, number, number]
}

/** What a row has after its box and classes. */
export type RowExtra =
  | { readonly kind: 'none' }
  /** Weights of the prototypes [1, count, h, w], whose sum is the mask's logits. */
  | { readonly kind: 'coefficients'; readonly prototypes: string; readonly count: number }
  /** Radians, clockwise in the image. */
  | { readonly kind: 'angle' }
  /** x, y and, with 3 numbers each, how sure it is that the point is seen, 0..1. */
  | { readonly kind: 'points'; readonly count: number; readonly numbers: 2 | 3 }

export type Decoding =
  /** A row for each place of the grid: centre and size, a score for each class. To be suppressed unless `nms` is null. */
  | {
      readonly kind: 'grid'
      readonly output: string
      /** [1, attributes, rows]; else [1, rows, attributes]. */
      readonly attributesFirst: boolean
      /** A fifth number by which the scores of classes are multiplied. */
      readonly objectness: boolean
      /** Of the boxes: pixels of the frame, or shares of it. */
      readonly unit: 'frame' | 'share'
      /** IoU above which the lower of two boxes of a class goes. */
      readonly nms: number | null
      readonly extra: RowExtra
    }
  /** The best rows alone: box, score, class; rows of zeros fill up. */
  | {
      readonly kind: 'rows'
      readonly output: string
      /** Numbers before the box, such as that of the image in the batch. */
      readonly from: number
      readonly box: 'corners' | 'centre'
      readonly scoreFirst: boolean
      readonly extra: RowExtra
    }
  /** A box for each query, centre and size as shares, and logits of the classes. */
  | {
      readonly kind: 'queries'
      readonly logits: string
      readonly boxes: string
      /** softmax: the last column says that there is nothing. */
      readonly activation: 'sigmoid' | 'softmax'
      /** The column of the first class. */
      readonly firstClass: number
      /** Logits [1, queries, h, w] over the frame. */
      readonly masks: string | null
    }
  /** Classes, corners in pixels of the given size, scores. */
  | { readonly kind: 'labelled'; readonly labels: string; readonly boxes: string; readonly scores: string }
  /** As queries, each word being the best of its columns. */
  | {
      readonly kind: 'words'
      readonly logits: string
      readonly boxes: string
      readonly columns: readonly (readonly number[])[]
      /** IoU above which the lower of two boxes goes, whatever their words. */
      readonly nms: number
    }

/** Tokens that the graph is given with each picture, int64. */
export interface TextInput {
  readonly name: string
  readonly data: readonly number[]
  readonly dims: readonly number[]
}

export interface DetectorRecipe {
  /** Names the way of reading, for a choice between several. */
  readonly id: string
  /** "YOLOv8, v9, 11 or 12, segmentation" */
  readonly title: string
  readonly task: 'boxes' | 'masks' | 'rotated boxes' | 'points'
  readonly image: ImageInput
  /** An int64 input [1, 2] that is given the frame's size. */
  readonly sizes: string | null
  /** An int64 input [1, h, w] of ones. */
  readonly pixelMask: string | null
  /** What a detector by words is asked for, as tokens. */
  readonly texts?: readonly TextInput[]
  readonly decoding: Decoding
  /** Of class 0, 1, ...; "class 7" where no name is known. */
  readonly classes: readonly string[]
  /** Where the names come from, for the person; null when none are known. */
  readonly namesFrom: string | null
}

/** One object that a detector found, in image pixels. */
export interface Detection {
  readonly classIndex: number
  /** 0..1 */
  readonly score: number
  /** Left, top, right, bottom, within the image. */
  readonly box: readonly [x0: number, y0: number, x1: number, y1: number]
  /** The corners of a rotated box; else null. */
  readonly corners: readonly ImagePoint[] | null
  /** The outline, of a model that gives masks, when it was asked for; else null. */
  readonly outline: Polygon | null
  /** What the outline was made of, when that was asked for too. */
  readonly mask: KeptMask | null
  readonly points: readonly (ImagePoint & { readonly seen: boolean })[]
}

export interface Detected {
  /** Of the upright image. */
  readonly width: number
  readonly height: number
  /** The best first. */
  readonly detections: readonly Detection[]
  /** Milliseconds in the graph. */
  readonly ms: number
}

/** What a detector is asked of one image. */
export interface DetectQuestion {
  readonly kind: 'detect'
  /** Absolute path of the .onnx file. */
  readonly model: string
  /** Tells one content of that file from another. */
  readonly version: string
  readonly recipe: DetectorRecipe
  /** What is less sure is left out. */
  readonly minScore: number
  /** How masks become outlines; null: boxes alone. */
  readonly outlines: PolygonOptions | null
  /** The masks of the outlines come along, to stay with the objects. */
  readonly keepsMasks: boolean
}

/** Runs the graph once on grey, and tells the shapes of what comes out: a file may leave them open. */
export interface ProbeQuestion {
  readonly kind: 'probe'
  readonly model: string
  readonly version: string
  readonly image: ImageInput
  readonly sizes: string | null
  readonly pixelMask: string | null
}

export interface ProbedOutput {
  readonly name: string
  readonly type: string
  readonly shape: readonly number[]
}
