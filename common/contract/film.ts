/** A film as a folder of frames. */
import { z } from 'zod'
import { pathText } from '../text.ts'
import { call, nothing } from './call.ts'

const takeSchema = z.union([
  z.strictObject({ every: z.int().min(1).max(1_000_000) }),
  z.strictObject({ perSecond: z.number().min(0.001).max(1000) }),
])

export const filmRequestSchema = z.object({
  film: pathText(),
  /** A folder that is new or empty. */
  out: pathText(),
  take: takeSchema,
  /** jpeg: of the best quality that there is; png: without any loss, several times as large. */
  as: z.enum(['jpeg', 'png']),
})
export type FilmRequest = z.infer<typeof filmRequestSchema>

export const filmDetailSchema = z.object({
  /** The name of the film's file. */
  name: z.string(),
  /** The folder of frames, absolute; it is there when the work is done. */
  out: z.string(),
  /** How many frames were written; 0 before the end. */
  frames: z.int().nonnegative(),
  /** The film breaks off: these are the frames before. */
  brokeOff: z.boolean(),
})
export type FilmDetail = z.infer<typeof filmDetailSchema>

const bytes = z.number().nonnegative()

const filmLookSchema = z.object({
  name: z.string(),
  bytes,
  /** Of a frame, upright. */
  width: z.int().positive(),
  height: z.int().positive(),
  seconds: z.number().positive().nullable(),
  /** Frames a second, on average. */
  rate: z.number().positive().nullable(),
  /** About what a frame takes, measured on some; null when none could be read in time. */
  frameBytes: z.object({ jpeg: bytes, png: bytes }).nullable(),
})
export type FilmLook = z.infer<typeof filmLookSchema>

export const filmCalls = {
  /** Whether films can be opened on this computer, and the command that installs what is missing, where one is known. */
  'film.tool': call(nothing, z.object({ isThere: z.boolean(), install: z.string().nullable() })),
  /** What a film is; nothing is written. Refused with `bad-input` when it is none, `not-found` when it is not there. */
  'film.look': call(z.object({ film: pathText() }), filmLookSchema),
  /** A free name for the frames in a folder, after the film's; null: in the folder of the film. Nothing is made. */
  'film.place': call(
    z.object({ film: pathText(), folder: pathText().nullable() }),
    z.object({
      out: z.string(),
      /** What is free on that disk; null when the system does not tell. */
      freeBytes: bytes.nullable(),
      /** Why nothing can be written there; null when it seems that it can. */
      problem: z.string().nullable(),
    }),
  ),
} as const
