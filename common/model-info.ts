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

export const modelsSchema = z.object({
  installed: z.array(modelInfoSchema),
  installable: z.array(installableModelSchema),
})
export type ModelsOnOffer = z.infer<typeof modelsSchema>
