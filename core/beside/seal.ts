/**
 * The seal of a JSON file beside a photo: which project wrote it, for which photo, and a sum by which any change since
 * is noticed. It stands in the file itself, so that it is right whatever dies between two writes. Pure.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { isTooDeep } from '../files/depth.ts'

/** labelme, AnyLabeling and X-AnyLabeling keep fields that they do not know when they save. */
const FIELD = 'maskwright'

const sealSchema = z.object({ project: z.string(), image: z.string(), sum: z.string() })

export interface Seal {
  /** The uid of the project that wrote the file. */
  readonly project: string
  /** The name of the photo, without its folder. */
  readonly image: string
}

/** Of the values and not of the text: Git may have changed the ends of lines. */
const sumOf = (body: object): string =>
  createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 32)

/** @param text of a JSON object without a seal */
export const sealed = (text: string, { project, image }: Seal): string => {
  const body = JSON.parse(text) as object
  return `${JSON.stringify({ ...body, [FIELD]: { project, image, sum: sumOf(body) } }, null, 2)}\n`
}

/** The seal of a file that anybody may have written; null when it has none. */
export const sealOf = (text: string): (Seal & { readonly isWhole: boolean }) | null => {
  if (isTooDeep(text)) return null
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return null
    const { [FIELD]: seal, ...body } = value as Record<string, unknown>
    const { project, image, sum } = sealSchema.parse(seal)
    return { project, image, isWhole: sum === sumOf(body) }
  } catch {
    return null
  }
}
