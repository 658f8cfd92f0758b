/**
 * Brings a project file to the newest version. All pending migrations run in one transaction that also writes
 * `user_version`, so a kill in the middle leaves the old version whole; an existing file is copied first.
 */
import type { Database } from 'better-sqlite3'
import { CodedError } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { freeName } from '../files/atomic.ts'
import { syncFile } from '../files/sync.ts'
import { migrateToFirst } from './migrations/1-first.ts'
import { migrateToEditsAndAuthors } from './migrations/2-edits-and-authors.ts'
import { migrateToPictures } from './migrations/3-pictures.ts'
import { migrateToLocksAndRuns } from './migrations/4-locks-and-runs.ts'
import { migrateToScores } from './migrations/5-scores.ts'
import { migrateToSides } from './migrations/6-sides.ts'
import { migrateToClassesAndCounts } from './migrations/7-classes-and-counts.ts'
import { migrateToMasks } from './migrations/8-masks.ts'
import { migrateToStatesAndAttributes } from './migrations/9-states-and-attributes.ts'
import { migrateToOrder } from './migrations/10-order.ts'
import { migrateToShapes } from './migrations/11-shapes.ts'
import { migrateToAddedObjects } from './migrations/12-added-objects.ts'
import { migrateToImageCounts } from './migrations/13-image-counts.ts'
import { migrateToRenditions } from './migrations/14-renditions.ts'
import { migrateToConsistency } from './migrations/15-consistency.ts'
import { migrateToImageChanges } from './migrations/16-image-changes.ts'

export interface Migration {
  readonly version: number
  readonly migrate: (db: Database) => void
}

/** In order; version 1, 2, ... without gaps. */
export const migrations: readonly Migration[] = [
  { version: 1, migrate: migrateToFirst },
  { version: 2, migrate: migrateToEditsAndAuthors },
  { version: 3, migrate: migrateToPictures },
  { version: 4, migrate: migrateToLocksAndRuns },
  { version: 5, migrate: migrateToScores },
  { version: 6, migrate: migrateToSides },
  { version: 7, migrate: migrateToClassesAndCounts },
  { version: 8, migrate: migrateToMasks },
  { version: 9, migrate: migrateToStatesAndAttributes },
  { version: 10, migrate: migrateToOrder },
  { version: 11, migrate: migrateToShapes },
  { version: 12, migrate: migrateToAddedObjects },
  { version: 13, migrate: migrateToImageCounts },
  { version: 14, migrate: migrateToRenditions },
  { version: 15, migrate: migrateToConsistency },
  { version: 16, migrate: migrateToImageChanges },
]

/** Fails when numbers are missing, doubled or out of order: a mistake of ours that must never reach a user's file. */
export const checkNumbers = (list: readonly Migration[]): void => {
  list.forEach(({ version }, index) => {
    if (version !== index + 1)
      throw new Error(`Migration ${version} stands where ${index + 1} should: numbers must have no gaps.`)
  })
}

/** Copies the open database, WAL included, to a new file beside it and returns the copy's path. */
const copyDatabase = (db: Database, newVersion: number): string => {
  const copy = freeName(`${db.name}.before-${newVersion}`)
  db.prepare('VACUUM INTO ?').run(copy)
  syncFile(copy)
  return copy
}

/** A file of a newer version is refused. @param known the newest version that can be opened */
export const newerProject = (file: string, version: number, known: number): CodedError =>
  new CodedError(
    'newer-project',
    said(
      '{file} was written by a newer Maskwright (format {version}, this one knows {known}). Update Maskwright to open it; nothing was changed.',
      { file, version, known },
    ),
  )

/**
 * Runs what is pending. Returns the path of the copy that was made, null when the file was new or up to date.
 * @throws CodedError newer-project when the file's version is above the newest migration
 */
export const migrate = (db: Database, list: readonly Migration[] = migrations): string | null => {
  checkNumbers(list)
  const version = db.pragma('user_version', { simple: true }) as number
  if (version > list.length) throw newerProject(db.name, version, list.length)
  if (version === list.length) return null
  const copy = version > 0 ? copyDatabase(db, list.length) : null
  db.transaction(() => {
    // Read again under the lock: another process may have migrated in between.
    const now = db.pragma('user_version', { simple: true }) as number
    for (const { version: next, migrate: step } of list.slice(now)) {
      step(db)
      db.pragma(`user_version = ${next}`)
    }
  }).immediate()
  return copy
}
