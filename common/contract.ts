/**
 * The one contract between a shell's core and whoever calls it: every call with its input and output, every event.
 * A new call touches this file, one handler and one caller. Types are inferred, never written twice.
 */
import { z } from 'zod'
import { diffSchema } from './diff.ts'
import { installingSchema, modelInfoSchema, modelsSchema } from './model-info.ts'
import { annotationSchema, imageIdSchema, imageItemSchema, imageStatusSchema } from './model.ts'
import { labelIdSchema, labelSchema, polygonSchema, projectInfoSchema, promptSchema } from './model.ts'
import {
  alternativesInputSchema,
  candidateSchema,
  segmentInputSchema,
  segmentOutputSchema,
} from './segmentation.ts'

const nothing = z.object({})

/** Which images a list shows; an empty text matches all. */
export const imageFilterSchema = z.object({
  text: z.string(),
  show: z.enum(['all', 'todo', 'done', 'labelled', 'unlabelled', 'problem']),
})
export type ImageFilter = z.infer<typeof imageFilterSchema>

export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  /** Simplification tolerance of mask polygons, image pixels. */
  tolerance: z.number().min(0).max(20),
  /** Parts and holes of a mask with a smaller area are dropped, image pixels squared. */
  minArea: z.number().min(0).max(10_000),
  modelId: z.string(),
  /** onnxruntime execution provider; 'cpu' always works. */
  provider: z.string(),
  /** Threads of the inference process; 0 = one per physical core. */
  threads: z.int().min(0).max(64),
  /** Budget of embeddings kept on disk, bytes; 0 keeps none. */
  embeddingBytes: z.number().min(0),
  hoverPreview: z.boolean(),
})
export type Settings = z.infer<typeof settingsSchema>

export const inferenceStatusSchema = z.object({
  state: z.enum(['starting', 'idle', 'encoding', 'decoding', 'restarting', 'unavailable']),
  /** The image that is encoded or decoded now. */
  imageId: imageIdSchema.nullable(),
  /** Expected length of the running encode, ms, from the ones before; null when unknown. */
  expectedMs: z.number().nullable(),
  modelId: z.string().nullable(),
  provider: z.string().nullable(),
  /** For the status bar: a restart, a fallback, why it is unavailable. */
  message: z.string().nullable(),
  /** Images whose embedding is at hand in memory. */
  ready: z.array(imageIdSchema),
})
export type InferenceStatus = z.infer<typeof inferenceStatusSchema>

export const exportFormatSchema = z.enum(['coco', 'yolo-det', 'yolo-seg'])
export type ExportFormat = z.infer<typeof exportFormatSchema>

export const exportRequestSchema = z.object({
  format: exportFormatSchema,
  /** The folder to write; made if absent. Must not be the image folder itself. */
  out: z.string().min(1),
  /** Copy the images beside the labels, so that it trains as it is. */
  copyImages: z.boolean(),
  /** Share of the images that goes to validation (YOLO), chosen by `seed`, whole subfolders kept together. */
  validation: z.number().min(0).max(0.9),
  seed: z.int().nonnegative(),
})
export type ExportRequest = z.infer<typeof exportRequestSchema>

/** One thing that was left out or changed on the way, and why. */
export const problemSchema = z.object({
  image: z.string().nullable(),
  annotationId: z.string().nullable(),
  message: z.string(),
})
export type Problem = z.infer<typeof problemSchema>

export const exportReportSchema = z.object({
  format: exportFormatSchema,
  out: z.string(),
  images: z.int(),
  annotations: z.int(),
  /** Paths relative to `out`; at most the first 1,000. */
  files: z.array(z.string()),
  fileCount: z.int(),
  /** What was left out, and why. */
  leftOut: z.array(problemSchema),
  /** What was written otherwise than stored: clipped, parts joined, a hole as RLE. */
  changed: z.array(problemSchema),
  /** What to know about the whole: how to train, how the images were divided. */
  notes: z.array(z.string()),
})
export type ExportReport = z.infer<typeof exportReportSchema>

/**
 * Long work over many images. `done` counts images that were finished, skipped ones among them. `idle` before the first
 * start and after a cancel.
 */
export const workProgressSchema = z.object({
  state: z.enum(['idle', 'running', 'paused', 'done', 'failed']),
  done: z.int().nonnegative(),
  total: z.int().nonnegative(),
  /** Images with nothing to do: prepared already, boxes taken already. */
  skipped: z.int().nonnegative(),
  /** Of the images that were worked on; null until one was. */
  imagesPerSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  message: z.string().nullable(),
  /** What was left out and why; at most the first 200 of `leftOutCount`. */
  leftOut: z.array(problemSchema),
  leftOutCount: z.int().nonnegative(),
})
export type WorkProgress = z.infer<typeof workProgressSchema>

export const boxesProgressSchema = workProgressSchema.extend({
  /** Annotations written. */
  objects: z.int().nonnegative(),
})
export type BoxesProgress = z.infer<typeof boxesProgressSchema>

export const boxesRequestSchema = z.object({
  source: z.object({
    /** A folder of YOLO txt files, one such file, or a COCO results or instances JSON. */
    path: z.string().min(1),
    /** classes.txt or data.yaml, when it does not lie beside the boxes; of COCO results, an instances JSON too. */
    names: z.string().min(1).optional(),
    /** Boxes with a lower score are left out; boxes without a score are taken. */
    minScore: z.number().min(0).max(1).optional(),
  }),
  scope: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('image'), imageId: imageIdSchema }),
    z.object({ kind: z.literal('filter'), filter: imageFilterSchema }),
    z.object({ kind: z.literal('project') }),
  ]),
})
export type BoxesRequest = z.infer<typeof boxesRequestSchema>

/** An object that everything mode found; nothing is stored before the user takes it. */
export const proposalSchema = z.object({
  id: z.string(),
  polygon: polygonSchema,
  /** Estimated IoU, 0..1. */
  score: z.number(),
  bbox: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
  /** What it was made with, for the annotation that keeps it. */
  modelId: z.string(),
  prompts: z.array(promptSchema),
  candidate: z.int().min(0).max(3),
})
export type Proposal = z.infer<typeof proposalSchema>

const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output })

export const calls = {
  'app.info': call(
    nothing,
    z.object({
      version: z.string(),
      shell: z.enum(['electron', 'web', 'cli', 'test']),
      /** The shell has dialogs of its own for folders and files; without them the renderer lists folders. */
      nativeDialog: z.boolean(),
      dataFolder: z.string(),
      models: z.array(modelInfoSchema),
      providers: z.array(z.string()),
    }),
  ),
  'settings.get': call(nothing, settingsSchema),
  'settings.set': call(settingsSchema.partial(), settingsSchema),

  /** The shell's own folder dialog; null when the user cancels. */
  'folders.choose': call(z.object({ title: z.string() }), z.object({ folder: z.string().nullable() })),
  /** The shell's own file dialog; null when the user cancels. */
  'files.choose': call(
    z.object({
      title: z.string(),
      /** What the files are, and how their names end, without the dot. */
      kind: z.string(),
      extensions: z.array(z.string()).min(1),
    }),
    z.object({ file: z.string().nullable() }),
  ),
  /** Subfolders for shells without a dialog; `folder` null starts at home. */
  'folders.list': call(
    z.object({ folder: z.string().nullable() }),
    z.object({
      folder: z.string(),
      parent: z.string().nullable(),
      folders: z.array(z.string()),
      imageCount: z.int(),
    }),
  ),

  'project.open': call(z.object({ folder: z.string().min(1) }), projectInfoSchema),
  'project.current': call(nothing, z.object({ project: projectInfoSchema.nullable() })),
  'project.recent': call(
    nothing,
    z.object({ recent: z.array(z.object({ folder: z.string(), name: z.string() })) }),
  ),

  /** A page of the naturally sorted images. */
  'images.list': call(
    z.object({
      offset: z.int().nonnegative(),
      limit: z.int().positive().max(1000),
      filter: imageFilterSchema,
    }),
    z.object({ total: z.int(), items: z.array(imageItemSchema) }),
  ),
  /** The image's place in the filtered list, null when the filter hides it; and how many of the list come before it. */
  'images.locate': call(
    z.object({ imageId: imageIdSchema, filter: imageFilterSchema }),
    z.object({ index: z.int().nullable(), before: z.int().nonnegative() }),
  ),
  /** Reads the file if need be: width, height and orientation are set unless `problem` is. */
  'images.open': call(
    z.object({ imageId: imageIdSchema }),
    z.object({
      image: imageItemSchema,
      annotations: z.array(annotationSchema),
      canUndo: z.boolean(),
      canRedo: z.boolean(),
    }),
  ),
  'images.setStatus': call(
    z.object({ imageId: imageIdSchema, status: imageStatusSchema }),
    z.object({ image: imageItemSchema }),
  ),

  'labels.list': call(nothing, z.object({ labels: z.array(labelSchema) })),
  'labels.usage': call(
    z.object({ labelId: labelIdSchema }),
    z.object({ annotations: z.int(), images: z.int() }),
  ),
  /** Deletes the label and all its annotations as one edit that undo takes back. */
  'labels.delete': call(
    z.object({ labelId: labelIdSchema }),
    z.object({ annotations: z.int(), images: z.int() }),
  ),

  /** Durable when it returns. Refused with `conflict` when it does not fit the stored records. */
  'edit.commit': call(z.object({ diff: diffSchema }), nothing),
  /** Takes back the newest edit that touches the image (or only labels); done is false when there is none. */
  'edit.undo': call(z.object({ imageId: imageIdSchema.nullable() }), z.object({ done: z.boolean() })),
  'edit.redo': call(z.object({ imageId: imageIdSchema.nullable() }), z.object({ done: z.boolean() })),

  /** The image on screen, and those to encode ahead, in order. Never waits for the encoder. */
  'inference.focus': call(
    z.object({ imageId: imageIdSchema.nullable(), ahead: z.array(imageIdSchema).max(16) }),
    nothing,
  ),
  'inference.status': call(nothing, inferenceStatusSchema),
  /**
   * Masks for prompts. Latest wins: a call that waits is answered `superseded` when a later one arrives. Mask 0 alone;
   * for a single point `more` alternatives can be asked for, so that nothing waits for a megabyte on its way.
   * Refused with `not-found` when it names a mask that is forgotten: to be asked again with its logits.
   */
  'inference.segment': call(segmentInputSchema, segmentOutputSchema),
  /** The `more` candidates of the newest `inference.segment` of that purpose; `superseded` when it is another one. */
  'inference.alternatives': call(alternativesInputSchema, z.object({ candidates: z.array(candidateSchema) })),

  /** Embeds the folder's images to the disk, after everything that the user waits for. Tells by prepare.changed. */
  'prepare.start': call(nothing, nothing),
  'prepare.pause': call(nothing, nothing),
  'prepare.resume': call(nothing, nothing),
  'prepare.cancel': call(nothing, nothing),
  'prepare.status': call(nothing, workProgressSchema),
  /**
   * Boxes of a detector become masks of the images in `scope`, one edit an image. Answers when the boxes are read; the
   * rest is told by boxes.changed. Refused with not-found or bad-input when there are no boxes at `path`.
   */
  'boxes.start': call(boxesRequestSchema, nothing),
  'boxes.cancel': call(nothing, nothing),
  'boxes.status': call(nothing, boxesProgressSchema),
  /**
   * Proposes every object of the image by a grid of points; a start takes the place of the one before. Told by
   * everything.changed.
   */
  'everything.start': call(
    z.object({
      imageId: imageIdSchema,
      pointsPerSide: z.int().min(2).max(64),
      budgetMs: z.number().positive(),
    }),
    nothing,
  ),
  'everything.cancel': call(nothing, nothing),

  'models.available': call(nothing, modelsSchema.extend({ installing: installingSchema.nullable() })),
  /**
   * Downloads a model of the catalogue; goes on where an earlier download was broken off. Answers when the model is
   * in place. One install at a time: another one is refused with `conflict`.
   */
  'models.install': call(z.object({ id: z.string().min(1) }), modelsSchema),
  /** Copies a folder of encoder and decoder, and downloads what its manifest names by url. `id` is what to use. */
  'models.installFolder': call(
    z.object({ folder: z.string().min(1) }),
    modelsSchema.extend({ id: z.string() }),
  ),
  /** The install is answered `cancelled`; what was downloaded is kept for the next time. */
  'models.cancel': call(nothing, nothing),
  /** Deletes an installed model, or what is kept of a download. Refused with `conflict` while it is in use. */
  'models.remove': call(z.object({ id: z.string().min(1) }), modelsSchema),

  'transfer.export': call(exportRequestSchema, exportReportSchema),
  'transfer.cancel': call(nothing, nothing),
  /** Shows the project's, the last export's or the data folder in the system's file manager, where there is one. */
  'folders.reveal': call(z.object({ folder: z.string() }), z.object({ done: z.boolean() })),
} as const

export const events = {
  /** Another folder was opened, or its images were counted anew. */
  'project.changed': z.object({ project: projectInfoSchema.nullable() }),
  /** Rows changed (sizes, problems, status, counts). */
  'images.changed': z.object({ images: z.array(imageItemSchema) }),
  /** A Diff is stored; the mirror applies it. `canUndo` and `canRedo` are of the images in `imageIds`. */
  'edit.applied': z.object({ diff: diffSchema, kind: z.enum(['commit', 'undo', 'redo']) }),
  'settings.changed': settingsSchema,
  'inference.changed': inferenceStatusSchema,
  'prepare.changed': workProgressSchema,
  'boxes.changed': boxesProgressSchema,
  /** `added` are the proposals since the event before; `done` and `total` count grid points. */
  'everything.changed': z.object({
    imageId: imageIdSchema,
    state: z.enum(['idle', 'running', 'done', 'failed']),
    done: z.int().nonnegative(),
    total: z.int().nonnegative(),
    added: z.array(proposalSchema),
    message: z.string().nullable(),
  }),
  /** `models` is null while only the progress is news. */
  'models.changed': z.object({ models: modelsSchema.nullable(), installing: installingSchema.nullable() }),
  'transfer.progress': z.object({ done: z.int(), total: z.int(), message: z.string() }),
  /** Something the user should know and did not ask for. */
  notice: z.object({ level: z.enum(['info', 'warning', 'error']), message: z.string() }),
} as const

export type Calls = typeof calls
export type CallName = keyof Calls
export type CallInput<N extends CallName> = z.infer<Calls[N]['input']>
export type CallOutput<N extends CallName> = z.infer<Calls[N]['output']>

export type Events = typeof events
export type EventName = keyof Events
export type EventPayload<N extends EventName> = z.infer<Events[N]>
/** An event as it crosses a transport. */
export type AppEvent = { [N in EventName]: { name: N; payload: EventPayload<N> } }[EventName]
