/** Long work over many images, what it leaves out, and encoding a folder ahead. */
import { z } from 'zod'
import { call, nothing } from './call.ts'

/** One thing that was left out or changed on the way, and why. */
export const problemSchema = z.object({
  image: z.string().nullable(),
  annotationId: z.string().nullable(),
  message: z.string(),
})
export type Problem = z.infer<typeof problemSchema>

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

export const prepareCalls = {
  /** Embeds the folder's images to the disk, after everything that the user waits for. Tells by prepare.changed. */
  'prepare.start': call(nothing, nothing),
  'prepare.pause': call(nothing, nothing),
  'prepare.resume': call(nothing, nothing),
  'prepare.cancel': call(nothing, nothing),
  'prepare.status': call(nothing, workProgressSchema),
} as const

export const prepareEvents = {
  'prepare.changed': workProgressSchema,
} as const
