/** What a format of datasets is: one object, entered in `all-formats.ts`. */
import type { FormatDescription } from '../../common/formats.ts'
import type { Writer } from '../export/export-project.ts'
import type { LabelReader } from '../import/reader.ts'

export interface Format {
  /** Its entry in `common/formats.ts`. */
  readonly about: FormatDescription
  /** Null for a format that is only read. */
  readonly write: Writer['write'] | null
  /** Null for a format that is only written. Formats that are read in one way share one reader. */
  readonly read: LabelReader | null
}
