/**
 * The types of the library's calls. They lean on no other file, so that what is shipped as .d.ts is these lines. Names
 * and forms are Ultralytics' (https://docs.ultralytics.com/models/mobile-sam/) where it has one.
 */

/** [x, y] in pixels of the upright image, from its top left corner; pixel (0, 0) covers [0, 1) x [0, 1). */
export type Point = readonly [x: number, y: number]
/** [left, top, right, bottom] in the same pixels. */
export type Box = readonly [left: number, top: number, right: number, bottom: number]
export type Label = 0 | 1 | boolean

/** Pixels row by row: RGB when there are 3 bytes a pixel, RGBA when there are 4; alpha is left aside. */
export interface Pixels {
  readonly data: Uint8Array | Uint8ClampedArray
  readonly width: number
  readonly height: number
}

/** The path of an image file, the bytes of one, or pixels. */
export type Source = string | Uint8Array | Pixels

export interface Prompts {
  /** [x, y]: one object; [[x, y], ...]: an object for each; [[[x, y], ...], ...]: several points for each object. */
  readonly points?: Point | readonly Point[] | readonly (readonly Point[])[]
  /** In the form of `points`: 1 on the object, 0 not on it; all 1 when left out. */
  readonly labels?: Label | readonly Label[] | readonly (readonly Label[])[]
  /** One box, or one for each object. With points too, the box comes first and both are of the same objects. */
  readonly bboxes?: Box | readonly Box[]
}

export interface PredictSettings {
  /** Look at a crop around the prompts, for small objects. */
  readonly zoom?: boolean
  /** 0, the default, is the one-answer mask; 1 to 3 are the alternatives of a single point; or the best by score. */
  readonly candidate?: 'best' | 0 | 1 | 2 | 3
  /** How far the outline may move when vertices are left out, image pixels; 0.5 when left out. Masks are not concerned. */
  readonly tolerance?: number
  /** Parts and holes with less area are dropped, image pixels squared; 16 when left out. */
  readonly minArea?: number
  /** Parts and holes with less than this share of the object's area are dropped, 0 to 1; 0.01 when left out. */
  readonly minShare?: number
  /** Stops the call, which is refused with the code `cancelled`. */
  readonly signal?: AbortSignal
}

export type PredictOptions = Prompts & PredictSettings

export interface PolygonPart {
  readonly outer: readonly Point[]
  readonly holes: readonly (readonly Point[])[]
}

/** COCO's compressed run lengths, as pycocotools reads and writes them. */
export interface Rle {
  readonly size: readonly [height: number, width: number]
  readonly counts: string
}

/** One entry an object, in the order of the prompts. What the model did not find has no rings and an empty mask. */
export interface Masks {
  /** The rings of each object: of each part the outer one, then its holes. */
  readonly xy: readonly (readonly (readonly Point[])[])[]
  /** The same, as fractions of width and height. */
  readonly xyn: readonly (readonly (readonly Point[])[])[]
  /** The same, with what is a hole of what. */
  readonly polygons: readonly { readonly parts: readonly PolygonPart[] }[]
  /** The masks themselves, before vertices are left out. Made when first read. */
  readonly rle: readonly Rle[]
  /** The same as bytes, 1 inside and 0 outside: [objects, height, width], row by row. Made when first read. */
  readonly data: Uint8Array
  /** Of `data`. */
  readonly shape: readonly [objects: number, height: number, width: number]
}

/** Of the masks' outlines; [0, 0, 0, 0] for an object that was not found. */
export interface Boxes {
  readonly xyxy: readonly Box[]
  /** As fractions of width and height. */
  readonly xyxyn: readonly Box[]
  /** [centre x, centre y, width, height] */
  readonly xywh: readonly (readonly [x: number, y: number, width: number, height: number])[]
}

export interface Result {
  /** Of the image file; null for bytes and pixels. */
  readonly path: string | null
  /** [height, width] of the upright image. */
  readonly origShape: readonly [height: number, width: number]
  readonly masks: Masks
  readonly boxes: Boxes
  /** The model's own estimate of each mask's IoU, 0 to 1. */
  readonly scores: readonly number[]
  /** Milliseconds. */
  readonly speed: { readonly preprocess: number; readonly inference: number; readonly postprocess: number }
}

export interface OpenOptions {
  /** Threads of the model; one for each core when left out. */
  readonly threads?: number
  /** A folder that keeps encoded images, some 2 MB each, so that they are not encoded again; none when left out. */
  readonly cache?: string
  /** How much the cache may hold, bytes; 4 GB when left out. */
  readonly cacheBytes?: number
  readonly signal?: AbortSignal
}

/** What every call is refused with. */
export interface SamError extends Error {
  /**
   * `bad-input`, `not-found` (a file, or the mask asked for), `image-unreadable`, `model-unavailable`,
   * `inference-failed`, `cancelled`, `not-writable`, `disk-full`, `internal`
   */
  readonly code: string
}

/** Prompts that depend on the file. */
export type PromptsOf<T> = T | ((source: Source) => T)
export type PredictAllOptions = PredictSettings & {
  readonly [K in keyof Prompts]: PromptsOf<NonNullable<Prompts[K]>>
}
