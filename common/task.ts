/** What a task is: images of a folder that are one person's to label, as its file and the window know it. */
import { z } from 'zod'
import { limits } from './limits.ts'

/** As an author in the settings, and without what would steer a terminal or break a name of a file. */
export const personSchema = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine((name) => !/\p{Cc}/u.test(name), 'a name has no line ends and no control characters')

/** A file is read up to this size: 5,000,000 paths do not come in one task. */
export const TASK_FILE_BYTES = 64e6
/** A text that a page sends in place of a path; no frame of the browser's shell holds a longer one. */
export const TASK_TEXT_CHARACTERS = 900_000

export const TASK_FORMAT = 'maskwright-task'
export const TASK_VERSION = 1

/** What a task file holds. Paths are held against `isInnerPath` when it is read. */
export const taskFileSchema = z.object({
  format: z.literal(TASK_FORMAT),
  version: z.literal(TASK_VERSION),
  person: personSchema,
  /** Paths of images, relative to the folder, with forward slashes. */
  images: z.array(z.string().max(limits.pathBytes)).min(1).max(limits.images),
})

/** The task that is open. */
export const openTaskSchema = z.object({
  person: z.string(),
  /** Of the folder. */
  images: z.int().nonnegative(),
  /** Named by the task, and not in the folder. */
  missing: z.int().nonnegative(),
  /** The first of these. */
  missingPaths: z.array(z.string()),
})
export type OpenTask = z.infer<typeof openTaskSchema>
