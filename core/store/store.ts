/** One open project file: its tables, and the transaction that every write goes through. */
import { createAnnotationsTable, type AnnotationsTable } from './annotations-table.ts'
import { createDamagedRows, type DamagedRows } from './damaged-rows.ts'
import { openDatabase, type OpenDatabase } from './database.ts'
import { createEditsTable, type EditsTable } from './edits-table.ts'
import { toStoreError } from './errors.ts'
import { identify, type FileIdentity } from './identity.ts'
import { createImagesTable, type ImagesTable } from './images-table.ts'
import { createLabelsTable, type LabelsTable } from './labels-table.ts'
import { createProjectTable, type ProjectTable } from './project-table.ts'
import { createScanTable, type ScanTable } from './scan-table.ts'

export interface Store {
  readonly file: string
  /** Where the old version was copied when this opening migrated the file. */
  readonly copy: string | null
  readonly project: ProjectTable
  readonly images: ImagesTable
  readonly scan: ScanTable
  readonly labels: LabelsTable
  readonly annotations: AnnotationsTable
  readonly edits: EditsTable
  /** Of the open file; asked by each `transact`. */
  readonly identity: FileIdentity
  readonly damaged: DamagedRows
  /**
   * Runs `change` in one transaction that holds the write lock from its start: all of it is on the disk when this
   * returns, in the file that the path leads to, or none of it.
   * @throws CodedError project-gone, disk-full, not-writable, damaged-project; whatever `change` throws
   */
  transact<T>(change: () => T): T
  /** Becomes another number when another process has written to the file. */
  outsideVersion(): number
  /**
   * Writes all that is stored to a new file, from the open one, wherever that is, some pages at a time.
   * @param isStopped asked after every few pages
   * @returns false when it was stopped; what is in the file then is of no use
   * @throws CodedError disk-full, not-writable, damaged-project
   */
  backup(to: string, isStopped?: () => boolean): Promise<boolean>
  close(): void
}

/** Pages copied at a time: 64 of 4 kB take a millisecond, and what waits has its turn after each. */
const pagesAtOnce = 64

class Stopped extends Error {}

export const createStore = ({ db, copy }: OpenDatabase): Store => {
  const file = db.name
  const identity = identify(file)
  const dataVersion = db.prepare<[], number>('PRAGMA data_version').pluck()
  return {
    file,
    copy,
    project: createProjectTable(db),
    images: createImagesTable(db),
    scan: createScanTable(db),
    labels: createLabelsTable(db),
    annotations: createAnnotationsTable(db),
    edits: createEditsTable(db),
    identity,
    damaged: createDamagedRows(db),
    transact(change) {
      identity.check()
      try {
        return db
          .transaction(() => {
            const result = change()
            // At the last moment before the commit: what is gone by now takes nothing with it.
            identity.check()
            return result
          })
          .immediate()
      } catch (thrown) {
        const error = toStoreError(thrown, file)
        // A drive that was taken out reports errors of its own.
        if (error !== thrown) identity.check()
        throw error
      }
    },
    outsideVersion: () => dataVersion.get() ?? 0,
    async backup(to, isStopped = () => false) {
      try {
        await db.backup(to, {
          progress() {
            if (isStopped()) throw new Stopped()
            return pagesAtOnce
          },
        })
        return true
      } catch (thrown) {
        if (thrown instanceof Stopped) return false
        throw toStoreError(thrown, to)
      }
    },
    close: () => void db.close(),
  }
}

/**
 * @param isOpen This process has the file open already.
 * @throws CodedError damaged-project, newer-project, not-writable, disk-full
 */
export const openStore = (file: string, isOpen = false): Store => {
  const opened = openDatabase(file, undefined, isOpen)
  try {
    return createStore(opened)
  } catch (thrown) {
    opened.db.close()
    throw toStoreError(thrown, file)
  }
}
