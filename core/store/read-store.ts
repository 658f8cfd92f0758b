/**
 * The open project file for whoever only looks: most of the core. Owns types only. Who writes gets the handle of what
 * it may write from store.ts: edits (labels, annotations, what is said of images) or files (what the folder tells).
 */
import type { AnnotationsReader } from './annotations-table.ts'
import type { AuthorsReader } from './authors.ts'
import type { DamagedRows } from './damaged-rows.ts'
import type { FileIdentity } from './identity.ts'
import type { ImagesReader } from './images-table.ts'
import type { LabelsReader } from './labels-table.ts'
import type { MasksReader } from './masks-table.ts'
import type { ObjectLists } from './object-lists.ts'
import type { PicturesReader } from './pictures-table.ts'
import type { StatisticsReader } from './statistics.ts'

export interface ReadStore {
  readonly file: string
  /** Where the old version was copied when this opening migrated the file. */
  readonly copy: string | null
  readonly images: ImagesReader
  readonly labels: LabelsReader
  readonly pictures: PicturesReader
  readonly annotations: AnnotationsReader
  readonly masks: MasksReader
  /** The objects of classes across images. */
  readonly objectLists: ObjectLists
  readonly authors: AuthorsReader
  readonly statistics: StatisticsReader
  readonly damaged: Pick<DamagedRows, 'ofImage'>
  /** Reads in one look at the file: its locks are taken once, which takes longer than a row. */
  look<T>(read: () => T): T
}

/** The open file itself, for whoever watches over it and copies it. */
export interface OpenFile {
  readonly file: string
  /** Asked by each transaction. */
  readonly identity: FileIdentity
  /** Becomes another number when another process has written to the file. */
  outsideVersion(): number
  /**
   * Writes all that is stored to a new file, from the open one, wherever that is, some pages at a time.
   * @param isStopped asked after every few pages
   * @returns false when it was stopped; what is in the file then is of no use
   * @throws CodedError disk-full, not-writable, damaged-project
   */
  backup(to: string, isStopped?: () => boolean): Promise<boolean>
}
