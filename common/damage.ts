/** What can be done about a project file that can't be opened: part of the error, shown by window and terminal alike. */
import { z } from 'zod'

const backupSchema = z.object({
  /** Absolute. */
  file: z.string(),
  /** When it was made, ms since 1970. */
  madeAt: z.number(),
  objects: z.int().nonnegative(),
  /** Images that have objects. */
  labelledImages: z.int().nonnegative(),
})
export type Backup = z.infer<typeof backupSchema>

export const damageSchema = z.object({
  /** The folder of images. */
  folder: z.string(),
  /** The project file that can't be opened. */
  file: z.string(),
  /** Why, in words for the user. */
  reason: z.string(),
  /** Whole backups, newest first. */
  backups: z.array(backupSchema),
  /** Something of the file itself can be read. */
  canSalvage: z.boolean(),
})
export type Damage = z.infer<typeof damageSchema>

/** backup: one of the backups; salvage: what can be read of the file; new: an empty project. */
export const repairSourceSchema = z.enum(['backup', 'salvage', 'new'])
export type RepairSource = z.infer<typeof repairSourceSchema>

export const repairedSchema = z.object({
  from: repairSourceSchema,
  /** The project file that takes its place. */
  file: z.string(),
  /** Where the damaged one is kept, byte for byte. */
  kept: z.string(),
  images: z.int().nonnegative(),
  objects: z.int().nonnegative(),
  /** What is not as it was, in words for the user. */
  notes: z.array(z.string()),
})
export type Repaired = z.infer<typeof repairedSchema>
