/** Labels of other programs, and of other projects, that become objects of this one. */
import { z } from 'zod'
import { qualitySchema } from '../segmentation.ts'
import { pathText } from '../text.ts'
import { call, nothing } from './call.ts'
import { problemSchema } from './work.ts'

export const importRequestSchema = z.object({
  source: z.object({
    /** A folder of label files, one such file, or a folder with a project. */
    path: pathText(),
    /** The id of its format; found out from the files when left out. */
    as: z.string().max(64).optional(),
    /** A file with the names of the classes, when it does not lie beside the labels. */
    names: pathText().optional(),
    /** The encoding of its texts, where that is not UTF-8 and the files do not tell: see `encodings.ts`. */
    encoding: z.string().max(32).optional(),
    /** The number of the first class, where the labels do not tell. */
    firstClass: z.literal([0, 1]).optional(),
    /**
     * Of pictures whose values are classes: each connected part is an object (apart, when left out), or all that an image
     * has of a class is one (together).
     */
    parts: z.enum(['apart', 'together']).optional(),
    /** Objects with a lower score are left out; those without a score are taken. */
    minScore: z.number().min(0).max(1).optional(),
  }),
  /** What becomes of the objects that images have already: kept, or replaced by those of the labels. */
  existing: z.enum(['keep', 'replace']),
  /** What becomes of boxes that have no outline: rectangles, or the model's masks of what is in them. */
  boxes: z.enum(['rectangles', 'masks']),
  /** How hard the model looks at each box; good when left out. */
  quality: qualitySchema.optional(),
})
export type ImportRequest = z.infer<typeof importRequestSchema>

const count = z.int().nonnegative()

const countsSchema = z.object({
  /** Objects that come new. */
  added: count,
  /** Objects that are there already: of the same class and in the same place. */
  already: count,
  /** Objects that go, where those of the labels replace them. */
  replaced: count,
  /** Of those that come new, boxes without an outline. */
  boxes: count,
  /** Boxes of which the model makes masks. */
  boxesLeft: count,
  /** Masks that it has made of them; those that were there already are not among them. */
  masks: count,
  /** Images without objects that the labels say were looked at: they are marked done. */
  markedDone: count,
  /** Images that get tags or a flag. */
  marked: count,
  /** Records that can't be taken. */
  leftOut: count,
})
export type ImportCounts = z.infer<typeof countsSchema>

/** What happened to several objects in the same way. */
const changeSchema = z.object({ message: z.string(), objects: count, first: z.string() })
export type ImportChange = z.infer<typeof changeSchema>

/** What an import would do, or did. */
export const importReportSchema = countsSchema.extend({
  /** What the labels were understood as: "COCO instances". */
  format: z.string(),
  /** Images of the project that labels were found for, and images of the labels that are not in the project. */
  images: count,
  unmatched: count,
  /** Images of the project that the labels say nothing of. */
  untouched: count,
  /** At most 100 of `classCount`: those without a name first, then by their objects. */
  classes: z.array(
    z.object({
      name: z.string(),
      objects: count,
      /** The project has none of that name: it is made. */
      isNew: z.boolean(),
      /** The labels have a number that no name was found for. */
      isNameless: z.boolean(),
    }),
  ),
  classCount: count,
  newClasses: count,
  /** The file that the names are from; null when they are in no file. */
  namesFrom: z.string().nullable(),
  /** The number of the first class where it was taken from the numbers that occur, and may be another. */
  firstClass: z.literal([0, 1]).nullable(),
  /** How pictures whose values are classes were taken; null where there are none. */
  parts: z.enum(['apart', 'together']).nullable(),
  notes: z.array(z.string()),
  /** What becomes otherwise than it is in the file. */
  changes: z.array(changeSchema),
  /** What is left out and why; at most 100 of `leftOut`. */
  problems: z.array(problemSchema),
})
export type ImportReport = z.infer<typeof importReportSchema>

/** Labels that lie beside the folder and were not imported yet. */
const offerSchema = z.object({
  /** Absolute. */
  path: z.string(),
  /** Relative to the folder, for people. */
  shown: z.string(),
  /** "YOLO segmentation" */
  format: z.string(),
  /** Images of the folder that they are for. */
  images: count,
})
export type ImportOffer = z.infer<typeof offerSchema>

export const importCalls = {
  /** Labels that lie in the folder, beside or above it; null when there are none, or the project has objects. */
  'import.offer': call(nothing, z.object({ offer: offerSchema.nullable() })),
} as const

/** What a run of an import tells besides its progress: what it stored so far; at its end the whole report. */
export const importDetailSchema = z.object({
  objects: count,
  report: importReportSchema.nullable(),
})
