/**
 * The kinds of long work: what each is asked, and what only it tells. Page, terminal and core share these names. A new
 * kind is one line here and one in `core/work/all-works.ts`.
 */
import type { z } from 'zod'
import { settleAllDetailSchema, settleAllRequestSchema } from './contract/images.ts'
import { detectDetailSchema, detectRequestSchema } from './contract/detect.ts'
import {
  alikeDetailSchema,
  alikeRequestSchema,
  followDetailSchema,
  followRequestSchema,
} from './contract/follow.ts'
import {
  checkDetailSchema,
  checkRequestSchema,
  repairDetailSchema,
  repairRequestSchema,
} from './contract/checks.ts'
import { doubtsDetailSchema, doubtsRequestSchema } from './contract/doubts.ts'
import { boxesDetailSchema, boxesRequestSchema } from './contract/boxes.ts'
import { everythingDetailSchema, everythingRequestSchema } from './contract/everything.ts'
import { exportReportSchema, exportRequestSchema } from './contract/export.ts'
import { filmDetailSchema, filmRequestSchema } from './contract/film.ts'
import { importDetailSchema, importReportSchema, importRequestSchema } from './contract/import.ts'
import { mergeDetailSchema, mergeReportSchema, mergeRequestSchema } from './contract/merge.ts'
import { modelInstallDetailSchema, modelInstallRequestSchema } from './contract/models.ts'
import { measuredSchema, providersRequestSchema } from './contract/providers.ts'
import { splitDetailSchema, splitRequestSchema } from './contract/split.ts'
import { assignDetailSchema, assignRequestSchema } from './contract/tasks.ts'
import { prepareDetailSchema, prepareRequestSchema, type Work } from './contract/work.ts'

export const workKinds = {
  /** Encodes all images of the folder ahead. */
  prepare: { request: prepareRequestSchema, detail: prepareDetailSchema },
  /** Boxes of a detector become masks, one edit an image. */
  boxes: { request: boxesRequestSchema, detail: boxesDetailSchema },
  /** A detector of the user's own goes through images. */
  detect: { request: detectRequestSchema, detail: detectDetailSchema },
  /** Carries objects through the images of a list, as proposals, one edit an image. */
  follow: { request: followRequestSchema, detail: followDetailSchema },
  /** The same to the next image alone. */
  'follow-next': { request: followRequestSchema, detail: followDetailSchema },
  /** More objects like one, as proposals, one edit an image. */
  alike: { request: alikeRequestSchema, detail: alikeDetailSchema },
  /** Settles what becomes of the objects of all photos that changed under them, one edit a photo. */
  settle: { request: settleAllRequestSchema, detail: settleAllDetailSchema },
  everything: { request: everythingRequestSchema, detail: everythingDetailSchema },
  /** Writes the project out for training; `detail` is the report, when all is in place. */
  export: { request: exportRequestSchema, detail: exportReportSchema },
  /** Writes the frames of a film to a new folder, all of them or none. */
  film: { request: filmRequestSchema, detail: filmDetailSchema },
  /** Stores which images train, validate and test. */
  split: { request: splitRequestSchema, detail: splitDetailSchema },
  /** Divides images among people, a task file each. */
  assign: { request: assignRequestSchema, detail: assignDetailSchema },
  /** Tells what an import would do, and writes nothing; `detail` is the report, at its end. */
  'import-look': { request: importRequestSchema, detail: importReportSchema },
  /** Labels become objects, many images an edit. */
  import: { request: importRequestSchema, detail: importDetailSchema },
  /** Tells what a merge would do, and writes nothing; `detail` is the report, at its end. */
  'merge-look': { request: mergeRequestSchema, detail: mergeReportSchema },
  /** Another person's project is put into this one, many images an edit. */
  merge: { request: mergeRequestSchema, detail: mergeDetailSchema },
  /** Looks for what is wrong with objects, images and classes. */
  check: { request: checkRequestSchema, detail: checkDetailSchema },
  /** Finds the objects that somebody should look at first. */
  doubts: { request: doubtsRequestSchema, detail: doubtsDetailSchema },
  /** Mends what a check of one kind finds, in edits that are undone together. */
  repair: { request: repairRequestSchema, detail: repairDetailSchema },
  /** Races what can run the model on this computer. */
  providers: { request: providersRequestSchema, detail: measuredSchema },
  'model-install': { request: modelInstallRequestSchema, detail: modelInstallDetailSchema },
} as const

export type WorkName = keyof typeof workKinds
export type WorkRequest<K extends WorkName> = z.infer<(typeof workKinds)[K]['request']>
export type WorkDetail<K extends WorkName> = z.infer<(typeof workKinds)[K]['detail']>
export type WorkOf<K extends WorkName> = Omit<Work, 'kind' | 'detail'> & {
  readonly kind: K
  readonly detail: WorkDetail<K> | null
}

/** The core checks what it tells; whoever listens only asks which kind it is. */
export const isWorkOf = <K extends WorkName>(work: Work, kind: K): work is Work & WorkOf<K> =>
  work.kind === kind

/** It runs, or will. */
export const isOngoing = ({ state }: Pick<Work, 'state'>): boolean =>
  state === 'planned' || state === 'running' || state === 'paused'
