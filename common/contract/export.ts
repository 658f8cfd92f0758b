/** Writing the project out for training. */
import { said } from '../said.ts'
import { z } from 'zod'
import { OPTION_TEXT } from '../format-options.ts'
import { formatList, type FormatDescription } from '../formats.ts'
import { imageFilterSchema } from './images.ts'
import { problemSchema } from './work.ts'
import { limits } from '../limits.ts'
import { labelIdSchema } from '../model.ts'
import { pathText, text } from '../text.ts'

const isPattern = (text: string): boolean => {
  try {
    new RegExp(text, 'u')
    return true
  } catch {
    return false
  }
}

/** How images are divided besides share and seed; what is not given is not asked, but that subfolders stay together. */
const splitOptionsSchema = z
  .object({
    /** Share of the images that is kept for a test at the end. */
    test: z.number().min(0).max(0.9),
    /** Images of one subfolder stay together. */
    byFolder: z.boolean(),
    /**
     * Images whose paths have the same match stay together: of its first bracket, else of the whole. A regular
     * expression; null without one.
     */
    pattern: z.string().min(1).max(200).refine(isPattern, said('It is no regular expression.')).nullable(),
    /** Pictures that look nearly the same stay together; those of the same bytes always do. */
    similar: z.boolean(),
    /** Each side gets its share of every class, as far as whole groups allow. */
    balance: z.boolean(),
  })
  .partial()
export type SplitOptions = z.infer<typeof splitOptionsSchema>

/** What dividing is asked. */
export const splitShape = {
  /** Share of the images that goes to validation, chosen by `seed`. Of formats that do not divide, nothing. */
  validation: z.number().min(0).max(0.9),
  seed: z.int().nonnegative(),
  split: splitOptionsSchema.optional(),
}
export type SplitRequest = z.infer<z.ZodObject<typeof splitShape>>

const requestSchema = z.object({
  /** The id of a format. */
  format: z.string(),
  /** The folder to write; made if absent. Must not be the image folder itself. */
  out: pathText(),
  /** The files go beside the photos, and `out` is their folder: for formats that can lie there. */
  beside: z.boolean().optional(),
  /** Copy the images beside the labels, so that it trains as it is. */
  copyImages: z.boolean(),
  ...splitShape,
  /** Stores where each image was put, so that it stays there in later exports; nothing where images are not divided. */
  remember: z.boolean().optional(),
  /** Images that are not marked done are left out, also those with objects. */
  onlyDone: z.boolean().optional(),
  /** Proposals, which nobody has accepted yet, are written like objects. */
  proposals: z.boolean().optional(),
  /** Images that it does not mean are left out. Refused with `bad-input` when its text is no query. */
  filter: imageFilterSchema.optional(),
  /**
   * The classes in the order of their numbers; all of the project's in their order without it. One may take the objects
   * of several labels; labels that none takes are left out.
   */
  classes: z
    .array(z.object({ name: text().min(1), labels: z.array(labelIdSchema).min(1).max(limits.classes) }))
    .min(1)
    .max(limits.classes)
    .optional(),
  /**
   * Classes are numbered in their order, also where the last export into the folder gave them other numbers. Without it
   * they keep those.
   */
  renumber: z.boolean().optional(),
  /** What the format is asked besides, by the option's id; what is not given has its default. */
  options: z.record(z.string(), z.union([z.boolean(), z.string().max(OPTION_TEXT)])).optional(),
})
export type ExportRequest = z.infer<typeof requestSchema>

/** A request for one of these formats. */
export const exportRequestOf = (
  formats: readonly Pick<FormatDescription, 'id'>[],
): z.ZodType<ExportRequest> => requestSchema.extend({ format: z.enum(formats.map(({ id }) => id)) })

export const exportRequestSchema = exportRequestOf(formatList)

export const exportReportSchema = z.object({
  format: z.string(),
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
  /** Objects of each class, in the order of their numbers, and by side where images were divided. */
  classes: z.array(
    z.object({
      name: z.string(),
      objects: z.int(),
      sides: z.object({ train: z.int(), val: z.int(), test: z.int() }).nullable(),
    }),
  ),
  /** Some classes have the number of the last export into the folder, and would have another one without it. */
  keepsNumbers: z.boolean(),
  /** What to know about the whole: how to train, how the images were divided. */
  notes: z.array(z.string()),
})
export type ExportReport = z.infer<typeof exportReportSchema>
