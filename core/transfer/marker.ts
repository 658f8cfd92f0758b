/**
 * The marker of an export folder: keeps the folder out of scans, and lists the files that are the export's own, so
 * that the next export replaces those and touches no other.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { systemCode } from '../files/system-code.ts'

/** A folder with this file in it is an export, not a folder of photos to label. */
export const exportMarker = '.maskwright-export'

/** Both kinds of YOLO export write the same file names and replace each other. */
export type Family = 'coco' | 'yolo'

/** A relative path that stays in its folder: a marker may come from anywhere. */
const innerPath = z
  .string()
  .min(1)
  .refine((path) => !path.includes('\\') && !path.includes('\0') && !/^[a-z]:/i.test(path))
  .refine((path) => path.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..'))

const markerSchema = z.object({
  note: z.string(),
  family: z.enum(['coco', 'yolo']),
  /** Relative to the folder, with forward slashes. */
  files: z.array(innerPath),
  /** What copies were made from, by the path of the copy. */
  sources: z.record(z.string(), z.string()).default({}),
})
export interface Marker {
  readonly family: Family | null
  readonly files: readonly string[]
  readonly sources: ReadonlyMap<string, string>
}

const note =
  'Written by Maskwright: the files of its last export into this folder. The next one replaces them.'

/** The marker of `out`; null without one. One that can't be read owns no files. */
export const readMarker = async (out: string): Promise<Marker | null> => {
  let text: string
  try {
    text = await readFile(join(out, exportMarker), 'utf8')
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT') return null
    throw thrown
  }
  try {
    const { family, files, sources } = markerSchema.parse(JSON.parse(text))
    return { family, files, sources: new Map(Object.entries(sources)) }
  } catch {
    return { family: null, files: [], sources: new Map() }
  }
}

export const markerText = (
  family: Family,
  files: readonly string[],
  sources: ReadonlyMap<string, string>,
): string => {
  const marker: z.infer<typeof markerSchema> = {
    note,
    family,
    files: [...files],
    sources: Object.fromEntries(sources),
  }
  return `${JSON.stringify(marker, null, 1)}\n`
}
