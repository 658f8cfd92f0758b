/** What a format gives whoever reads labels. The files were found and are given by their paths. */
import type { FormatDescription } from '../../common/formats.ts'
import type { ReadLabels } from './objects.ts'

interface LabelSource {
  /** Absolute. What names of images are relative to. */
  readonly folder: string
  /** Absolute, of the format's endings; one, or those of a whole folder. */
  readonly files: readonly string[]
  /** Absolute path of the file with the names of the classes; null when it has to be looked for. */
  readonly namesFile: string | null
  /** The project's classes in their order: what numbers mean when no names are found, as our own export numbers them. */
  readonly order: readonly string[]
}

export interface LabelReader {
  /** File names, in lower case, that have the format's ending and hold no labels. */
  readonly others?: ReadonlySet<string>
  /**
   * A bad record is a problem with its place, and the rest goes on.
   * @throws CodedError bad-input when nothing can be read, or when names would be wrong
   */
  read(source: LabelSource): Promise<ReadLabels>
}

/** The part of a format that reads. */
export interface Readable {
  readonly about: Pick<FormatDescription, 'reads'>
  readonly read: LabelReader | null
}
