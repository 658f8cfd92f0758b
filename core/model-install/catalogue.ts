/** The models that can be downloaded: `catalogue.json` beside the bundled models, and one in the user's folder of models. */
import { join } from 'node:path'
import { z } from 'zod'
import { elsewhereSchema, type Elsewhere } from '../../common/model-info.ts'
import { manifestSchema, type Manifest, type ModelFile } from '../inference/manifest.ts'
import { hasCode, messageOf } from '../../common/errors.ts'
import { readSmallText } from '../files/small-file.ts'

/** A file that can be downloaded: what comes is checked against both. */
export type RemoteFile = ModelFile & { url: string; bytes: number; sha256: string }

export const isRemote = (file: ModelFile): file is RemoteFile =>
  file.url !== undefined && file.bytes !== undefined && file.sha256 !== undefined

/** The name of a model's folder. */
const installIdSchema = z.string().regex(/^[a-z0-9][\w-]{0,63}$/i)

const catalogueSchema = z.object({
  elsewhere: z.array(elsewhereSchema).max(200).default([]),
  models: z.array(
    z.object({
      id: installIdSchema,
      manifest: manifestSchema.refine(({ files }) => files.every(isRemote), {
        message: 'every file needs url, bytes and sha256',
      }),
    }),
  ),
})
interface Catalogue {
  readonly entries: CatalogueEntry[]
  readonly elsewhere: Elsewhere[]
}

export interface CatalogueEntry {
  readonly id: string
  readonly manifest: Manifest
}

/** Bytes; ours has 4 kB. */
const LIMIT = 4e6

/** @throws Error with the reason when the text is no catalogue */
export const parseCatalogue = (text: string): Catalogue => {
  const { models, elsewhere } = catalogueSchema.parse(JSON.parse(text))
  return { entries: models, elsewhere }
}

/**
 * Reads the catalogues of `folders`; of two entries with the same id the first counts. A folder without one offers
 * nothing; one that can't be read is reported through `warn` and offers nothing.
 */
export const readCatalogues = async (
  folders: readonly string[],
  warn: (message: string) => void,
): Promise<Catalogue> => {
  const entries: CatalogueEntry[] = []
  const elsewhere: Elsewhere[] = []
  for (const folder of folders) {
    const file = join(folder, 'catalogue.json')
    try {
      const read = parseCatalogue(await readSmallText(file, { limit: LIMIT }))
      for (const entry of read.entries) if (!entries.some(({ id }) => id === entry.id)) entries.push(entry)
      elsewhere.push(...read.elsewhere)
    } catch (thrown) {
      if (!hasCode(thrown, 'not-found')) warn(`${file} can't be used: ${messageOf(thrown)}`)
    }
  }
  return { entries, elsewhere }
}

export const totalBytes = ({ files }: Manifest): number =>
  files.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0)
