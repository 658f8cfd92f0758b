/**
 * The masks that stay with objects. Owns how they are packed, and that a row which is no mask, or which would unpack to
 * more than one, is as good as not there.
 */
import type { Database } from 'better-sqlite3'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { keptMaskSchema, maskFactsSchema, type KeptMask } from '../../common/kept-mask.ts'

/** What all masks of the file take in it, bytes. */
interface MasksSize {
  readonly masks: number
  readonly bytes: number
}

export interface MasksReader {
  /** Null when it is not there or can't be read. */
  get(id: string): KeptMask | null
  size(): MasksSize
}

export interface MasksTable extends MasksReader {
  /** One that is there already stays as it is: a mask is never changed. */
  insert(mask: KeptMask): void
}

/** A mask takes some 3 kB, and 64 kB at most. */
const MOST_FACTS_BYTES = 10_000
const MOST_CELLS_BYTES = 100_000

const unpacked = (bytes: Buffer, { width, height }: KeptMask['box']): Uint8Array => {
  const length = width * height
  // One byte over what is expected is enough to see that it is no mask.
  return new Uint8Array(inflateRawSync(bytes, { maxOutputLength: length + 1 }))
}

interface Row {
  readonly facts: string | null
  readonly cells: Buffer | null
}

const maskOfRow = (id: string, { facts, cells }: Row): KeptMask | null => {
  if (facts === null || cells === null) return null
  try {
    const read = maskFactsSchema.parse(JSON.parse(facts))
    return keptMaskSchema.parse({ ...read, id, cells: unpacked(cells, read.box) })
  } catch {
    return null
  }
}

export const createMasksTable = (db: Database): MasksTable => {
  const insert = db.prepare<[string, string, Buffer]>(
    'INSERT INTO masks (id, facts, cells) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const select = db.prepare<[string], Row>(
    `SELECT CASE WHEN octet_length(facts) <= ${MOST_FACTS_BYTES} THEN facts END AS facts,
       CASE WHEN octet_length(cells) <= ${MOST_CELLS_BYTES} THEN cells END AS cells
     FROM masks WHERE id = ?`,
  )
  const size = db.prepare<[], MasksSize>(
    'SELECT count(*) AS masks, coalesce(sum(octet_length(facts) + octet_length(cells)), 0) AS bytes FROM masks',
  )
  return {
    get(id) {
      const row = select.get(id)
      return row ? maskOfRow(id, row) : null
    },
    size: () => size.get() ?? { masks: 0, bytes: 0 },
    insert({ id, cells, ...facts }) {
      insert.run(id, JSON.stringify(facts), deflateRawSync(cells))
    },
  }
}
