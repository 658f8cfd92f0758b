/** Which three of many bands are shown, for all pictures of the project with so many. */
import type { Database } from 'better-sqlite3'
import type { Bands } from '../../common/rendition.ts'

export interface BandsTable {
  /** @param shown null: the first three again */
  set(bands: number, shown: Bands | null): void
}

/** Of a row of `band_choices`, as another table's rows are read with it. */
export interface BandsRow {
  readonly red: number | null
  readonly green: number | null
  readonly blue: number | null
}

/** Null where nothing was chosen, and for a row that no picture with so many bands can have. */
export const bandsOfRow = (bands: number | null, { red, green, blue }: BandsRow): Bands | null => {
  if (bands === null || red === null || green === null || blue === null) return null
  const shown: Bands = [red, green, blue]
  return shown.every((band) => band >= 1 && band <= bands) ? shown : null
}

export const createBandsTable = (db: Database): BandsTable => {
  const upsert = db.prepare<[number, ...Bands]>(
    `INSERT INTO band_choices (bands, red, green, blue) VALUES (?, ?, ?, ?)
     ON CONFLICT (bands) DO UPDATE SET red = excluded.red, green = excluded.green, blue = excluded.blue`,
  )
  const remove = db.prepare<[number]>('DELETE FROM band_choices WHERE bands = ?')
  return {
    set(bands, shown) {
      if (shown === null) remove.run(bands)
      else upsert.run(bands, ...shown)
    },
  }
}
