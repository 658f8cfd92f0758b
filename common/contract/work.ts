/** Long work: whatever takes more than a moment has one life, and is started, paused and watched in one way. */
import { z } from 'zod'
import { errorReplySchema } from '../errors.ts'
import { qualitySchema } from '../segmentation.ts'
import { shardSchema } from '../shard.ts'
import { call, nothing } from './call.ts'

/** One thing that was left out or changed on the way, and why. */
export const problemSchema = z.object({
  image: z.string().nullable(),
  annotationId: z.string().nullable(),
  message: z.string(),
})
export type Problem = z.infer<typeof problemSchema>

const workSchema = z.object({
  /** Names this run; each run has its own. */
  id: z.string(),
  /** A name of `work-kinds.ts`. */
  kind: z.string(),
  title: z.string(),
  /** planned: begins when the run before it has cleaned up. The last three are ends. */
  state: z.enum(['planned', 'running', 'paused', 'done', 'failed', 'cancelled']),
  /** What `done` and `total` count. */
  unit: z.enum(['image', 'box', 'point', 'byte']),
  /** Finished, skipped ones among them. */
  done: z.int().nonnegative(),
  /** 0 while it is not known. */
  total: z.int().nonnegative(),
  /** Those with nothing to do: prepared already, boxes taken already. */
  skipped: z.int().nonnegative(),
  /** Units a second, of those that were worked on; null until one was. */
  perSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  /** What happens now, or how it ended. */
  message: z.string().nullable(),
  /** Why it failed; null unless it did. */
  failure: errorReplySchema.nullable(),
  /** What was left out and why; at most the first 200 of `leftOutCount`. */
  leftOut: z.array(problemSchema),
  leftOutCount: z.int().nonnegative(),
  canPause: z.boolean(),
  /** Belongs in the list of works; false where the window has another place for it. */
  isListed: z.boolean(),
  /** What only this kind tells: see `work-kinds.ts`. Null until there is something. */
  detail: z.unknown(),
})
export type Work = z.infer<typeof workSchema>

/** What the folder is prepared for: `best` takes the mirrored images too. Good when left out. */
export const prepareRequestSchema = z.object({
  quality: qualitySchema.optional(),
  /** The part of the images that is this job's; all when left out. */
  shard: shardSchema.optional(),
})

/** What preparing a folder tells besides its progress. */
export const prepareDetailSchema = z.object({
  /** Images for which the budget on disk has no room. */
  withoutRoom: z.int().nonnegative(),
})

const ofRun = z.object({ id: z.string().max(64) })

export const workCalls = {
  /**
   * Starts long work. `request` is checked by the kind. Answers when the work is planned (its input is read, its images
   * are known); work.changed carries the rest, never before this answer.
   * Refused with `not-found` for an unknown kind, `bad-input`, `conflict` where one of the kind runs and can't have a
   * second beside it, and whatever planning meets.
   */
  'work.start': call(
    z.object({ kind: z.string().max(64), request: z.unknown() }),
    z.object({ id: z.string() }),
  ),
  /** These three do nothing when the run has ended, or can't be paused. */
  'work.pause': call(ofRun, nothing),
  'work.resume': call(ofRun, nothing),
  /** What was done stays. */
  'work.cancel': call(ofRun, nothing),
  /** What runs, and the last ended run of each kind. */
  'work.list': call(nothing, z.object({ works: z.array(workSchema) })),
} as const

export const workEvents = {
  /** At most 10 times a second a run, and at once when its state changes. */
  'work.changed': z.object({ work: workSchema }),
} as const
