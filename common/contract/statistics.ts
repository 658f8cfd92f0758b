/** What a project holds, how it grew, and when it will be done: counted when it is asked for, kept nowhere. */
import { z } from 'zod'
import { imageSides } from '../image-query.ts'
import { call, nothing } from './call.ts'

const count = z.int().nonnegative()

const sidesSchema = z.object({ train: count, val: count, test: count, none: count })

/** In the order in which they are shown. */
export const sideNames = imageSides

const classCountSchema = z.object({
  labelId: z.string(),
  name: z.string(),
  color: z.string(),
  objects: count,
  /** Its objects by what their image is for. */
  sides: sidesSchema,
})

const daySchema = z.object({
  /** YYYY-MM-DD, where the program runs. */
  day: z.string(),
  /** Objects that were made that day and are there still, by how they were made. */
  hand: count,
  model: count,
  import: count,
})
export type DayCount = z.infer<typeof daySchema>

const paceSchema = z.object({
  /** Steps by hand that were looked at: the newest of the project. */
  steps: count,
  /** Objects that they made, without the first of each person and after each such pause: nobody knows how long it took. */
  objects: count,
  /** Time between steps, those pauses left out that are longer than `idleSeconds`. */
  seconds: z.number().nonnegative(),
  idleSeconds: z.number().positive(),
  secondsPerObject: z.number().nonnegative(),
  /** Points and boxes that the model was given, and keys and gestures that stored something. */
  inputsPerObject: z.number().nonnegative(),
})
export type Pace = z.infer<typeof paceSchema>

const forecastSchema = z.object({
  /** What is counted: images marked as done, or images with objects where none is marked. */
  by: z.enum(['done', 'labelled']),
  /** Images that are not. */
  left: count,
  /** Images that are, and were worked on in these days. */
  finished: count,
  days: z.number().positive(),
  /** When none is left, ms since 1970; null when nothing was finished of late, or nothing is left. */
  doneAt: z.int().nullable(),
})
export type Forecast = z.infer<typeof forecastSchema>

const statisticsSchema = z.object({
  /** When it was counted, ms since 1970. */
  at: z.int(),
  objects: count,
  /** What machines suggested and nobody has accepted yet; it counts nowhere else. */
  proposals: count,
  images: z.object({
    all: count,
    /** By what the user said of them. */
    states: z.array(z.object({ state: z.string(), images: count })),
    labelled: count,
    unlabelled: count,
    /** That can't be shown, or were changed under their objects. */
    problem: count,
    sides: sidesSchema,
  }),
  /** In the order of the classes. */
  classes: z.array(classCountSchema),
  /** Images by their number of objects, the fewest first; images without one too. */
  objectsOfImage: z.array(z.object({ objects: count, images: count })),
  /** Objects by the side of a square of their area, from the smallest; of `sampled` objects, evenly picked. */
  sizes: z.object({
    sampled: count,
    /** `from` up to the next one's, image pixels. */
    groups: z.array(z.object({ from: z.number(), objects: count })),
    /** The middle one's side; null when there is no object. */
    median: z.number().nullable(),
  }),
  /** From the first day with an object to the last, those without one too. */
  days: z.array(daySchema),
  /** Null when it is not measured, or nothing was made by hand yet. */
  pace: paceSchema.nullable(),
  /** Null when the project has no images. */
  forecast: forecastSchema.nullable(),
})
export type Statistics = z.infer<typeof statisticsSchema>

export const statisticsCalls = {
  'statistics.read': call(nothing, statisticsSchema),
} as const
