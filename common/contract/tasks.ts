/** Tasks: which images of a folder are whose, in files that a copy of the folder opens as its list. */
import { z } from 'zod'
import { openTaskSchema, personSchema, TASK_TEXT_CHARACTERS } from '../task.ts'
import { pathText, text } from '../text.ts'
import { call, nothing } from './call.ts'
import { splitShape } from './export.ts'
import { imageFilterSchema } from './images.ts'

export const assignRequestSchema = z.object({
  /** Each once, whatever the case of its letters. */
  people: z.array(personSchema).min(1).max(100),
  /** Share of the images that two people get, 0..1. */
  overlap: z.number().min(0).max(1),
  seed: splitShape.seed,
  split: splitShape.split,
  /** All images when left out. */
  filter: imageFilterSchema.optional(),
  /** Forgets who has what; else images stay with those of the people who have them already. */
  again: z.boolean().optional(),
  /** Where the files are written; into the folder when null. */
  out: pathText().nullable(),
})
export type AssignRequest = z.infer<typeof assignRequestSchema>

export const assignDetailSchema = z.object({
  images: z.int(),
  /** Images that two people have. */
  shared: z.int(),
  tasks: z.array(
    z.object({
      person: z.string(),
      images: z.int(),
      shared: z.int(),
      /** Written, absolute. */
      file: z.string(),
    }),
  ),
  notes: z.array(z.string()),
})
export type AssignDetail = z.infer<typeof assignDetailSchema>

export const taskCalls = {
  /**
   * Opens a task in the folder that is open: it is stored in the project, and edits are kept under its person's name
   * from now on. Refused with `bad-input` when it is no task, `not-found` when the folder has none of its images.
   */
  'tasks.open': call(
    z.discriminatedUnion('from', [
      z.object({ from: z.literal('file'), file: pathText() }),
      z.object({ from: z.literal('text'), text: z.string().max(TASK_TEXT_CHARACTERS) }),
      /** One that the project knows already. */
      z.object({ from: z.literal('project'), person: text() }),
    ]),
    openTaskSchema,
  ),
  /** All images are shown again; the project goes on knowing the task. */
  'tasks.close': call(nothing, nothing),
  /** The tasks that the project knows, and the files of tasks that lie in the folder itself. */
  'tasks.list': call(
    nothing,
    z.object({
      known: z.array(z.object({ person: z.string(), images: z.int() })),
      files: z.array(z.object({ file: z.string(), person: z.string(), images: z.int() })),
    }),
  ),
} as const
