/**
 * Which model a server runs, known by what it makes of a test picture: an address and a name may lead to another one
 * tomorrow, and its embeddings must not be mixed with these. Kept in `servers.json` of the data folder.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { writeFileAtomic } from '../../../files/atomic.ts'
import { readSmallTextSync } from '../../../files/small-file.ts'
import { cosineOf } from '../../likeness.ts'

/** Values of an embedding that are kept of it. */
const SAMPLES = 1024
/** Cosine: runs of one model on one machine are alike to .99999, an int8 encoder and its exact one to .99. */
const ALIKE = 0.9995
/** Of the file; the oldest go first. */
const MOST = 50
const LONGEST_FILE = 1_000_000

const fileSchema = z.array(
  z.object({
    /** Address, name and chosen model. */
    of: z.string().max(10_000),
    id: z.string().regex(/^[0-9a-f]{12}$/),
    /** float16, base64. */
    sample: z.string().max(10_000),
  }),
)

const sampleOf = (data: Uint16Array): Uint16Array =>
  Uint16Array.from({ length: SAMPLES }, (_, at) => data[Math.floor((at * data.length) / SAMPLES)]!)

const halvesIn = (text: string) => {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'))
  return new Uint16Array(bytes.buffer, 0, Math.floor(bytes.length / 2))
}

const read = (file: string) => {
  try {
    const found = fileSchema.safeParse(JSON.parse(readSmallTextSync(file, { limit: LONGEST_FILE })))
    return found.success ? found.data : []
  } catch {
    return []
  }
}

/** The model that was last seen under an address and a name; null when none was. */
export const lastIdentity = (file: string, of: string): string | null =>
  read(file).findLast((one) => one.of === of)?.id ?? null

/**
 * @param data what the model made of the test picture, float16
 * @returns the same for the same model, another for another one. It is remembered where the disk allows it
 */
export const identify = (file: string, of: string, data: Uint16Array): string => {
  const sample = sampleOf(data)
  const known = read(file)
  const found = known.find((one) => one.of === of && cosineOf(halvesIn(one.sample), sample) >= ALIKE)
  const text = Buffer.from(sample.buffer).toString('base64')
  const id = found?.id ?? createHash('sha256').update(`${of} ${text}`).digest('hex').slice(0, 12)
  const kept = found ?? { of, id, sample: text }
  // The one seen last is the last one.
  if (known.at(-1)?.id !== id)
    try {
      const others = known.filter((one) => one.id !== id)
      writeFileAtomic(file, JSON.stringify([...others, kept].slice(-MOST)))
    } catch {
      // What is not remembered is told apart by its first answer again: the same model makes the same sample.
    }
  return id
}
