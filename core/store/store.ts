/**
 * One open project file: its tables, and the transaction that every write goes through. Each writer gets the handle of
 * what it may write; everyone else gets a ReadStore.
 */
import { createAddedObjects } from './added-objects.ts'
import { createAnnotationsTable, type AnnotationsTable } from './annotations-table.ts'
import { createBandsTable, type BandsTable } from './bands-table.ts'
import { createDamagedRows, type DamagedRows } from './damaged-rows.ts'
import { createAuthors } from './authors.ts'
import { createCheckpoints } from './checkpoints.ts'
import { openDatabase, type OpenDatabase } from './database.ts'
import { createEditsTable, type EditsTable } from './edits-table.ts'
import { toStoreError } from './errors.ts'
import { identify } from './identity.ts'
import { createImageRecordsTable, type ImageRecordsTable } from './image-records-table.ts'
import { createImagesTable, type ImagesTable } from './images-table.ts'
import { createLabelsTable, type LabelsTable } from './labels-table.ts'
import { createMasksTable, type MasksTable } from './masks-table.ts'
import { createObjectLists } from './object-lists.ts'
import { createPicturesTable, type PicturesTable } from './pictures-table.ts'
import { createProjectTable, type ProjectTable } from './project-table.ts'
import type { OpenFile, ReadStore } from './read-store.ts'
import { createScanTable, type ScanTable } from './scan-table.ts'
import { createShapeTexts } from './shape-texts.ts'
import { createStatistics } from './statistics.ts'
import { createTasksTable, type TasksTable } from './tasks-table.ts'

interface Transactions {
  /**
   * Runs `change` in one transaction that holds the write lock from its start: all of it is on the disk when this
   * returns, in the file that the path leads to, or none of it.
   * @throws CodedError project-gone, disk-full, not-writable, damaged-project; whatever `change` throws
   */
  transact<T>(change: () => T): T
  /**
   * As `transact`, but it is the next one that brings it to the disk: a loss of power may take it back until then, whole.
   * For what is one of many, or can be found out again.
   */
  transactSoon<T>(change: () => T): T
  /** What `transactSoon` has changed is on the disk when this returns. @throws as `transact` */
  settle(): void
}

/** For editing.ts alone: what a Diff changes, and the undo log. */
export interface EditStore extends ReadStore, Transactions {
  readonly labels: LabelsTable
  readonly annotations: AnnotationsTable
  readonly masks: MasksTable
  readonly imageRecords: ImageRecordsTable
  readonly pictures: PicturesTable
  readonly edits: EditsTable
}

/** For the scan and the facts reader: what the folder and its files tell. */
export interface FilesStore extends ReadStore, Transactions {
  readonly images: ImagesTable
  readonly bands: BandsTable
  readonly scan: ScanTable
}

/** For damaged-objects.ts alone: rows that no Diff can hold. */
export interface DamagedStore extends ReadStore, Transactions {
  readonly damaged: DamagedRows
}

/** All of it, for whoever opens the file. */
export type Store = EditStore &
  FilesStore &
  DamagedStore &
  OpenFile & {
    readonly project: ProjectTable
    readonly tasks: TasksTable
    close(): void
  }
/** Pages copied at a time: 64 of 4 kB take a millisecond, and what waits has its turn after each. */
const PAGES_AT_ONCE = 64

/** Whether a commit waits for the disk; without that the log is still written in its order. */
const [AT_ONCE, SOON] = ['synchronous = FULL', 'synchronous = NORMAL']

class Stopped extends Error {}

export const createStore = ({ db, copy }: OpenDatabase): Store => {
  const file = db.name
  const identity = identify(file)
  const texts = createShapeTexts()
  const images = createImagesTable(db)
  const objects = createAddedObjects(db)
  const checkpoints = createCheckpoints(db)
  const transact = <T>(change: () => T): T => {
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
    } finally {
      texts.forget()
    }
  }
  const dataVersion = db.prepare<[], number>('PRAGMA data_version').pluck()
  return {
    file,
    copy,
    project: createProjectTable(db),
    bands: createBandsTable(db),
    tasks: createTasksTable(db),
    images,
    objectLists: createObjectLists(db, images),
    imageRecords: createImageRecordsTable(db),
    pictures: createPicturesTable(db),
    scan: createScanTable(db),
    labels: createLabelsTable(db),
    annotations: createAnnotationsTable(db, texts, objects),
    masks: createMasksTable(db),
    authors: createAuthors(db),
    edits: createEditsTable(db, texts, objects),
    statistics: createStatistics(db),
    identity,
    damaged: createDamagedRows(db),
    look: (read) => (db.inTransaction ? read() : db.transaction(read)()),
    transact,
    // A commit waits for the disk where it writes a page: this one has the same in it as before.
    settle: () =>
      transact(() => {
        const version = db.pragma('user_version', { simple: true }) as number
        db.pragma(`user_version = ${version}`)
      }),
    transactSoon(change) {
      // Within another one it is that which brings it to the disk.
      if (db.inTransaction) return transact(change)
      db.pragma(SOON)
      checkpoints.wait()
      try {
        return transact(change)
      } finally {
        db.pragma(AT_ONCE)
      }
    },
    outsideVersion: () => dataVersion.get() ?? 0,
    async backup(to, isStopped = () => false) {
      try {
        await db.backup(to, {
          progress() {
            if (isStopped()) throw new Stopped()
            return PAGES_AT_ONCE
          },
        })
        return true
      } catch (thrown) {
        if (thrown instanceof Stopped) return false
        throw toStoreError(thrown, to)
      }
    },
    close() {
      checkpoints.end()
      db.close()
    },
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
