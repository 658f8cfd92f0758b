/**
 * Reads a Diff of the undo log, whichever version of the app wrote it. A stored Diff has the format number that was the
 * newest when it was written; upcasters, one a step, bring it to the newest format. What is stored is never rewritten.
 */
import type { Diff } from '../../common/diff.ts'
import { storedDiffSchema } from '../../common/diff-schemas.ts'
import { upcastToImages } from './edit-formats/1-images.ts'
import { upcastToPictures } from './edit-formats/2-pictures.ts'
import { upcastToLocks } from './edit-formats/3-locks.ts'
import { upcastToSides } from './edit-formats/4-sides.ts'
import { upcastToClasses } from './edit-formats/5-classes.ts'
import { upcastToStatesAndAttributes } from './edit-formats/6-states-and-attributes.ts'
import { upcastToStretch } from './edit-formats/7-stretch.ts'

/** Upcaster n brings format n + 1 to n + 2. */
export const upcasters: readonly ((diff: object) => object)[] = [
  upcastToImages,
  upcastToPictures,
  upcastToLocks,
  upcastToSides,
  upcastToClasses,
  upcastToStatesAndAttributes,
  upcastToStretch,
]

/** Of a Diff that is written now. */
export const NEWEST_FORMAT = upcasters.length + 1

/** The Diff in the newest format; null when it can't be read. */
export const readDiff = (text: string, format: number): Diff | null => {
  if (format < 1 || format > NEWEST_FORMAT) return null
  try {
    const stored: unknown = JSON.parse(text)
    if (typeof stored !== 'object' || stored === null) return null
    const diff = upcasters.slice(format - 1).reduce((older, upcast) => upcast(older), stored)
    return storedDiffSchema.safeParse(diff).data ?? null
  } catch {
    return null
  }
}
