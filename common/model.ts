/**
 * The records of a project as zod schemas; every type is inferred from its schema.
 * Owns names and shapes only: no behaviour, no I/O.
 */
import { said } from './said.ts'
import { z } from 'zod'
import { limits } from './limits.ts'
import { bandsSchema, stretchSchema } from './rendition.ts'
import { openTaskSchema } from './task.ts'
import { text } from './text.ts'

/** Image pixels. What is stored is held against the same limits as what is read: see `limits.ts`. */
const finite = z.number().min(-limits.coordinate).max(limits.coordinate)

/** A closed ring of image points [x, y]; the first point is not repeated at the end. See geometry/SEMANTICS.md. */
const ringSchema = z
  .array(z.tuple([finite, finite]))
  .min(3)
  .max(limits.pointsOfShape)
export type Ring = z.infer<typeof ringSchema>

/** One part of a polygon: an outer ring and the holes inside it. */
const partSchema = z.object({
  outer: ringSchema,
  holes: z.array(ringSchema).max(limits.ringsOfShape),
})
export type Part = z.infer<typeof partSchema>

export const polygonSchema = z.object({
  type: z.literal('polygon'),
  parts: z.array(partSchema).min(1).max(limits.ringsOfShape),
})
export type Polygon = z.infer<typeof polygonSchema>

/** Axis-aligned, in image pixels; width and height are positive. */
export const rectangleSchema = z.object({
  type: z.literal('rectangle'),
  x: finite,
  y: finite,
  width: finite.positive(),
  height: finite.positive(),
})
export type Rectangle = z.infer<typeof rectangleSchema>

/** A rectangle turned about its middle. Sides are positive. */
export const rotatedRectangleSchema = z.object({
  type: z.literal('rotated-rectangle'),
  /** The middle, image pixels. */
  cx: finite,
  cy: finite,
  /** Along `angle`, and across it. */
  width: finite.positive(),
  height: finite.positive(),
  /** From the x axis to the side of `width`, radians, clockwise on screen; 0 up to 2 pi. */
  angle: z.number().min(0).max(7),
})
export type RotatedRectangle = z.infer<typeof rotatedRectangleSchema>

/** A place, such as a keypoint. It covers nothing. */
export const pointShapeSchema = z.object({ type: z.literal('point'), x: finite, y: finite })
export type PointShape = z.infer<typeof pointShapeSchema>

/** An open line, such as a crack. It covers nothing. */
export const polylineSchema = z.object({
  type: z.literal('polyline'),
  points: z
    .array(z.tuple([finite, finite]))
    .min(2)
    .max(limits.pointsOfShape),
})
export type Polyline = z.infer<typeof polylineSchema>

export const shapeSchema = z.discriminatedUnion('type', [
  polygonSchema,
  rectangleSchema,
  rotatedRectangleSchema,
  pointShapeSchema,
  polylineSchema,
])
export type Shape = z.infer<typeof shapeSchema>
/** Shapes that cover something. */
export type AreaShape = Polygon | Rectangle | RotatedRectangle
/** Shapes that cover nothing. */
export type BareShape = PointShape | Polyline

const pointPromptSchema = z.object({
  type: z.literal('point'),
  x: finite,
  y: finite,
  positive: z.boolean(),
})
/** x0 < x1 and y0 < y1, in image pixels. */
const boxPromptSchema = z.object({
  type: z.literal('box'),
  x0: finite,
  y0: finite,
  x1: finite,
  y1: finite,
})
/** What the user gave the model, in image pixels, in the order in which it was given. At most one box. */
export const promptSchema = z.discriminatedUnion('type', [pointPromptSchema, boxPromptSchema])
export type PointPrompt = z.infer<typeof pointPromptSchema>
export type BoxPrompt = z.infer<typeof boxPromptSchema>
export type Prompt = z.infer<typeof promptSchema>

export const imageIdSchema = z.int().positive()
export type ImageId = z.infer<typeof imageIdSchema>
export const labelIdSchema = z.string().min(1).max(64)
export type LabelId = z.infer<typeof labelIdSchema>
const annotationIdSchema = z.string().min(1).max(64)
export type AnnotationId = z.infer<typeof annotationIdSchema>

/** Milliseconds since 1970, UTC. */
const timestamp = z.int().nonnegative()

/** A name of an attribute. */
const attributeName = z.string().trim().min(1).max(limits.attributeName)
const attributeText = z.string().max(limits.attributeText)

/** What objects of a class may be told besides their class, such as the colour of a car or whether it is parked. */
export const attributeSchema = z.object({
  name: attributeName,
  type: z.enum(['choice', 'text', 'number', 'yes-no']),
  /** Of a choice, in the order in which they are shown; of another type none. */
  choices: z.array(attributeText.trim().min(1)).max(limits.choices),
})

export type Attribute = z.infer<typeof attributeSchema>

/** choice and text: a text; number: a number; yes-no: true or false. */
const attributeValueSchema = z.union([attributeText, z.number(), z.boolean()])

const attributesSchema = z
  .record(attributeName, attributeValueSchema)
  .refine(
    (values) => Object.keys(values).length <= limits.attributes,
    said('An object has too many attributes.'),
  )

const groupSchema = z.int().nonnegative().max(limits.group).nullable()

/** A class of objects. `position` (0, 1, ...) orders the list; the digit keys follow that order, but for `key`. */
export const labelSchema = z.object({
  id: labelIdSchema,
  name: z.string().trim().min(1).max(limits.className),
  color: z.string().regex(/^#[0-9a-f]{6}$/),
  position: z.int().nonnegative(),
  /** Neither it nor any of its objects can be changed before it is unlocked; new objects of it can be made. */
  locked: z.boolean(),
  /** The digits that pick it, one (1-9) or two (10-99); null: those of its place in the list. */
  key: z
    .string()
    .regex(/^[1-9][0-9]?$/)
    .nullable(),
  /** The name of the class above it, as COCO's supercategory. */
  supercategory: z.string().trim().min(1).max(limits.className).nullable(),
  /** What belongs to it, for those who label. */
  description: z.string().trim().min(1).max(limits.classDescription).nullable(),
  /** What its objects may be told, in the order in which it is shown. */
  attributes: z.array(attributeSchema).max(limits.attributes),
})
export type Label = z.infer<typeof labelSchema>

/**
 * What an object knows of the model's mask that it was made from, which is kept beside the objects (kept-mask.ts).
 */
export const maskRefSchema = z.object({
  id: z.string().min(1).max(64),
  /** How far the outline may stray from the mask, image pixels: the tolerance that it was made with last. */
  detail: z.number().min(0).max(20),
  /**
   * The outline as it was before its detail was changed after the fact, with what was mended by hand, and its detail;
   * absent when it never was.
   */
  before: z
    .object({
      shape: shapeSchema,
      detail: z.number().min(0).max(20),
      /** As `made`, of the outline before. */
      made: z.string().max(64).optional(),
    })
    .optional(),
  /** The fingerprint of the outline as it was made last, of the mask or of `before`: any other was mended by hand. */
  made: z.string().max(64).optional(),
})
export type MaskRef = z.infer<typeof maskRefSchema>

const share = z.number().min(0).max(1)

/**
 * How far the model agreed with itself when it made a mask: IoU of what was kept with what it saw otherwise, each absent
 * where it was not asked so. What is low is worth a look.
 */
export const consistencySchema = z.object({
  /** With the most similar of the other masks that a first click offers. */
  candidates: share.optional(),
  /** Of the first look at a box with the second. */
  second: share.optional(),
  /** Of the image with the mirrored one. */
  mirrored: share.optional(),
})
export type Consistency = z.infer<typeof consistencySchema>

export const annotationSchema = z.object({
  id: annotationIdSchema,
  imageId: imageIdSchema,
  labelId: labelIdSchema,
  shape: shapeSchema,
  /** hand: drawn; model: made from prompts; import: read from a file. An edited mask stays `model`. */
  source: z.enum(['hand', 'model', 'import']),
  modelId: text().nullable(),
  /** The model's own estimate of the mask's IoU, 0..1; null when no model was asked. */
  score: z.number().nullable(),
  prompts: z.array(promptSchema).max(limits.prompts),
  /** Which of the decoder's masks was kept: 0 the one-answer mask, 1-3 the alternatives. */
  candidate: z.int().min(0).max(3).nullable(),
  /** Absent where no model was asked, or in one way alone. An outline that was mended since keeps it, as its score. */
  consistency: consistencySchema.optional(),
  /** It can't be changed or deleted before it is unlocked. */
  locked: z.boolean(),
  /** Absent where no mask is kept: drawn, imported, or of a time when none was. */
  mask: maskRefSchema.optional(),
  /** Suggested by a machine: it is shown and no object yet, neither counted nor exported, before a person accepts it. */
  proposed: z.boolean(),
  /** Objects of one image with the same number belong together. */
  groupId: groupSchema,
  /** Objects of several images with the same number are one thing that was followed. */
  trackId: groupSchema,
  /** By their names; also such that the class does not know, as from a file. */
  attributes: attributesSchema,
  /** Place in the order of drawing, the highest on top; absent for 0. See object-order.ts. */
  rank: finite.optional(),
  createdAt: timestamp,
  updatedAt: timestamp,
})
export type Annotation = z.infer<typeof annotationSchema>

/** What an image is for: to train on, to validate while training, to test at the end. */
export const sideSchema = z.enum(['train', 'val', 'test'])
export type Side = z.infer<typeof sideSchema>

const imageStatusSchema = z.enum(['todo', 'done'])
export type ImageStatus = z.infer<typeof imageStatusSchema>

/** What people say of an image beside its status. */
const imageMarks = {
  /** Why somebody is to look at it, '' without a note; null when it is not flagged. */
  flag: z.string().max(limits.note).nullable(),
  /** Who looked at all of it and found it good, '' when that is not known, and when; null when nobody did. */
  reviewed: z.object({ by: z.string().max(limits.person), at: timestamp }).nullable(),
  /** Each once, in the order of their letters. */
  tags: z.array(z.string().trim().min(1).max(limits.tag)).max(limits.tagsOfImage),
  /** Of a picture of more than 8 bits: what is black and white, set by hand; null: found by percentiles. */
  stretch: stretchSchema
    .refine(({ black, white }) => black < white, said('white must be above black'))
    .nullable(),
}

/** What the user says of an image, and so what an edit may change of it; the rest is read from its file. */
export const imageRecordSchema = z.object({
  id: imageIdSchema,
  status: imageStatusSchema,
  /** Where it was put by a split that was stored; null when it was not. */
  side: sideSchema.nullable(),
  ...imageMarks,
})
export type ImageRecord = z.infer<typeof imageRecordSchema>

/**
 * The file that an image's objects were made on; width and height of its upright frame. What was not read of it yet is
 * null.
 */
export const pictureRecordSchema = z.object({
  id: imageIdSchema,
  bytes: z.int().nonnegative(),
  modifiedAt: z.int(),
  contentHash: z.string().nullable(),
  width: z.int().positive().nullable(),
  height: z.int().positive().nullable(),
  orientation: z.int().min(1).max(8).nullable(),
})
export type PictureRecord = z.infer<typeof pictureRecordSchema>

/** An image of the folder. Width and height are of the upright frame and null until the file was first read. */
export const imageItemSchema = z.object({
  id: imageIdSchema,
  /** Relative to the project's folder, with forward slashes. */
  path: z.string(),
  bytes: z.int().nonnegative(),
  modifiedAt: timestamp,
  contentHash: z.string().nullable(),
  width: z.int().positive().nullable(),
  height: z.int().positive().nullable(),
  /** EXIF orientation 1-8; null until read. */
  orientation: z.int().min(1).max(8).nullable(),
  status: imageStatusSchema,
  /** Where a split that was stored put it; null when none did. */
  side: sideSchema.nullable(),
  ...imageMarks,
  /** From how many bands three can be chosen to be shown; 0: the file says its colours itself. Null until read. */
  bands: z.int().nonnegative().nullable(),
  /** The choice of the project for pictures of so many bands; null: the first three. */
  shownBands: bandsSchema.nullable(),
  /** Why the file can't be shown, in words for the user; null when it can. */
  problem: z.string().nullable(),
  /** Proposals are none. */
  annotationCount: z.int().nonnegative(),
  proposedCount: z.int().nonnegative(),
  /** What its objects were made on; null when it has none. See changed-picture.ts. */
  madeOn: pictureRecordSchema.omit({ id: true, modifiedAt: true }).nullable(),
})
export type ImageItem = z.infer<typeof imageItemSchema>

/** The path of the open project leads to its file no more: what was stored is there, nothing new can be stored. */
const projectLostSchema = z.object({
  /** taken: another computer has taken it over; the file is where it belongs. */
  why: z.enum(['missing', 'replaced', 'link', 'unreachable', 'taken']),
  /** What happened, in words for the user. */
  message: z.string(),
  /** The folder's new place, when it was moved and the system tells. */
  movedTo: z.string().nullable(),
  /** The folder is there: the project can be written back to where it was. */
  canWriteBack: z.boolean(),
  /** The copy of all that was stored, in the data folder; null before it is made, or when there is none. */
  copy: z.string().nullable(),
  /** Why no copy could be made; it is tried again. */
  copyProblem: z.string().nullable(),
})
export type ProjectLost = z.infer<typeof projectLostSchema>

export const projectInfoSchema = z.object({
  /** The folder of images. */
  folder: z.string(),
  name: z.string(),
  /** Where the project file lies. */
  file: z.string(),
  /** Set when the project file could not be kept in the folder: says where it is and why. */
  notice: z.string().nullable(),
  imageCount: z.int().nonnegative(),
  /** Null while the project file is where it belongs. */
  lost: projectLostSchema.nullable(),
  /** Whose images the list shows; null when it shows all. */
  task: openTaskSchema.nullable(),
})
export type ProjectInfo = z.infer<typeof projectInfoSchema>
