/** One open project file: its tables, and the transaction that every write goes through. */
import { createAnnotationsTable, type AnnotationsTable } from './annotations-table.ts'
import { openDatabase, type OpenDatabase } from './database.ts'
import { createEditsTable, type EditsTable } from './edits-table.ts'
import { toStoreError } from './errors.ts'
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
  /**
   * Runs `change` in one transaction that holds the write lock from its start: all of it is on the disk when this
   * returns, or none of it.
   * @throws CodedError disk-full, not-writable, damaged-project; whatever `change` throws
   */
  transact<T>(change: () => T): T
  close(): void
}

export const createStore = ({ db, copy }: OpenDatabase): Store => {
  const file = db.name
  return {
    file,
    copy,
    project: createProjectTable(db),
    images: createImagesTable(db),
    scan: createScanTable(db),
    labels: createLabelsTable(db),
    annotations: createAnnotationsTable(db),
    edits: createEditsTable(db),
    transact(change) {
      try {
        return db.transaction(change).immediate()
      } catch (thrown) {
        throw toStoreError(thrown, file)
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
