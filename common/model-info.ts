/** The models that a user may choose: those that are there, those that can be downloaded. */
import { z } from 'zod'

export const modelInfoSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Where it was found: 'bundled' or the folder's path. */
  origin: z.string(),
  licence: z.string(),
  /** Of its files on the disk. */
  bytes: z.int().nonnegative(),
  /** Why it can't be used; null when it can. */
  problem: z.string().nullable(),
})
export type ModelInfo = z.infer<typeof modelInfoSchema>

/** A model that can be downloaded, checked against known sums. */
const installableModelSchema = z.object({
  id: z.string(),
  name: z.string(),
  licence: z.string(),
  /** Where each part comes from, in words. */
  source: z.array(z.string()),
  bytes: z.int().nonnegative(),
  /** Of these, kept from a download that was broken off; the next one goes on from there. */
  doneBytes: z.int().nonnegative(),
})
export type InstallableModel = z.infer<typeof installableModelSchema>

/** A model or a detector that a person may get and open; Maskwright does not download it. */
export const elsewhereSchema = z.object({
  name: z.string().min(1).max(200),
  /** model: for masks, installed from a folder; detector: opened to label images. */
  what: z.enum(['model', 'detector']),
  /** Of the weights. */
  licence: z.string().max(200),
  /** Where it is to be had. */
  page: z.url({ protocol: /^https$/ }),
  /** What it is good for. */
  good: z.string().max(500),
  /** As far as a source that can be trusted tells them. */
  files: z.array(
    z.object({
      name: z.string().max(200),
      bytes: z.int().positive().nullable(),
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .nullable(),
    }),
  ),
})
export type Elsewhere = z.infer<typeof elsewhereSchema>

export const modelsSchema = z.object({
  installed: z.array(modelInfoSchema),
  installable: z.array(installableModelSchema),
  elsewhere: z.array(elsewhereSchema),
})
export type ModelsOnOffer = z.infer<typeof modelsSchema>
