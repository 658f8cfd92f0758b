/** What a format gives whoever reads labels. The files were found and are given by their paths. */
import type { FormatDescription } from '../../common/formats.ts'
import type { ApartSource, LabelSet, LoadedObjects } from './objects.ts'

export interface LabelSource {
  /** Absolute. What names of images are relative to. */
  readonly folder: string
  /** Absolute, of the format's endings; one, or those of a whole folder. */
  readonly files: readonly string[]
  /** Absolute path of the file with the names of the classes; null when it has to be looked for. */
  readonly namesFile: string | null
  /** The id of the format that the user says it is; null when that is to be found out. */
  readonly as: string | null
  /** Of the texts, as the user says; null: UTF-8, or what their byte order marks say. */
  readonly encoding: string | null
  /** The number of the first class, as the user says; null when that is to be found out. */
  readonly firstClass: 0 | 1 | null
  /** Of pictures whose values are classes: each connected part is an object, or all that an image has of a class. */
  readonly parts: 'apart' | 'together'
  /** The project's classes in their order: what numbers mean when no names are found, as our own export numbers them. */
  readonly order: readonly string[]
}

/** A file that another thread has looked through. */
export interface ApartLabels {
  /** @param image of its `ReadApart` @throws what reading the file throws */
  load(image: unknown): LoadedObjects
  close(): void
}

export interface LabelReader {
  /** File names, in lower case, that have the format's ending and hold no labels. */
  readonly others?: ReadonlySet<string>
  /** Its files look like others that hold no labels: a folder has to hold nothing else. */
  readonly isWeak?: boolean
  /**
   * Whether a file of the format's ending is one of its own, by its first bytes, a letter each, and where it lies; absent
   * where the ending says it.
   */
  knows?(head: string, file: string): boolean
  /**
   * Finds out what is there. A bad record is a problem with its place, and the rest goes on.
   * @throws CodedError bad-input when nothing can be read, or when names would be wrong
   */
  open(source: LabelSource): Promise<LabelSet>
  /**
   * Opens what a set's images say in `apart`; absent where they say nothing.
   * @throws CodedError bad-input, not-found when it can't be opened, or is another file than the one looked through
   */
  openApart?(source: ApartSource): ApartLabels
}

/** The part of a format that reads. */
export interface Readable {
  readonly about: Pick<FormatDescription, 'id' | 'reads'>
  readonly read: LabelReader | null
}
