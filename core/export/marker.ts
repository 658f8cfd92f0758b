/**
 * The marker of an export folder: keeps the folder out of scans, and lists the files that are the export's own, so
 * that the next export replaces those and touches no other.
 */
import { join } from 'node:path'
import { z } from 'zod'
import { hasCode } from '../../common/errors.ts'
import { limits } from '../../common/limits.ts'
import { labelIdSchema, labelSchema } from '../../common/model.ts'
import { said } from '../../common/said.ts'
import { isInnerPath } from '../files/inside.ts'
import { readSmallText } from '../files/small-file.ts'
import type { ExportClass } from './classes.ts'

/** A folder with this file in it is an export, not a folder of photos to label. */
export const EXPORT_MARKER = '.maskwright-export'

/** What a marker may list: the next export removes these files, and the marker may come from anywhere. */
const innerPath = z.string().refine((path) => isInnerPath(path))

const markerSchema = z.object({
  note: z.string(),
  /** The kind of its formats, which write the same file names and replace each other. */
  family: z.string().regex(/^[a-z0-9-]{1,32}$/),
  /** Relative to the folder, with forward slashes. */
  files: z.array(innerPath),
  /** What copies were made from, by the path of the copy. */
  sources: z.record(z.string(), z.string()).default({}),
  /** Names of the classes, in the order of their numbers; the next export may write them as they are. */
  classes: z
    .array(labelSchema.shape.name)
    .max(limits.classes)
    .refine((names) => new Set(names).size === names.length)
    .catch([]),
  /** The project's label of each class; empty in exports of earlier versions. */
  labels: z.array(labelIdSchema.nullable()).max(limits.classes).catch([]),
})
export interface Marker {
  readonly kind: string | null
  readonly files: readonly string[]
  readonly sources: ReadonlyMap<string, string>
  readonly classes: readonly ExportClass[]
}

const NOTE = said(
  'Written by Maskwright: the files of its last export into this folder. The next one replaces them.',
)

/** Bytes. An export of a million images has a marker of some 150 MB. */
const LIMIT = 256e6

const foreign: Marker = { kind: null, files: [], sources: new Map(), classes: [] }

/** The marker of `out`; null without one. One that can't be read, or is a link, owns no files. */
export const readMarker = async (out: string): Promise<Marker | null> => {
  try {
    const text = await readSmallText(join(out, EXPORT_MARKER), { limit: LIMIT, follow: false })
    const { family, files, sources, classes, labels } = markerSchema.parse(JSON.parse(text))
    return {
      kind: family,
      files,
      sources: new Map(Object.entries(sources)),
      classes: classes.map((name, index) => ({ name, label: labels[index] ?? null })),
    }
  } catch (thrown) {
    return hasCode(thrown, 'not-found') ? null : foreign
  }
}

export const markerText = (
  kind: string,
  files: readonly string[],
  sources: ReadonlyMap<string, string>,
  classes: readonly ExportClass[],
): string => {
  const marker: z.infer<typeof markerSchema> = {
    note: NOTE,
    family: kind,
    files: [...files],
    sources: Object.fromEntries(sources),
    classes: classes.map(({ name }) => name),
    labels: classes.map(({ label }) => label),
  }
  return `${JSON.stringify(marker, null, 1)}\n`
}
