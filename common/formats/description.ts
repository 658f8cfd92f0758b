/** What is said of a format: the type of an entry. */
import type { FormatOption } from '../format-options.ts'

/** What becomes of each thing, one cell of the table in docs/formats.md each. */
export interface Keeps {
  readonly files: string
  readonly class: string
  readonly rectangle: string
  readonly rotated: string
  readonly polygon: string
  readonly parts: string
  readonly holes: string
  /** Points and lines. */
  readonly bare: string
  readonly outside: string
  readonly empty: string
  readonly unreadable: string
  /** Attributes, group and track of an object. */
  readonly extras: string
  /** Tags, flag and review of an image. */
  readonly marks: string
  readonly score: string
}

/** Labels of this format that can be read. */
export interface Reads {
  /** Completes "Give ...", in a few words. */
  readonly what: string
  /** Endings of its files, lower case, without the dot. */
  readonly endings: readonly string[]
  /** A whole folder of such files can be given. */
  readonly folder: boolean
  /** The files that give names to its classes; null where the labels have them. */
  readonly names: string | null
}

export interface FormatDescription {
  /** In requests, in the terminal, and at the end of the proposed folder. */
  readonly id: string
  readonly name: string
  /** Formats of one kind write the same file names: an export replaces one of its kind, and no other. */
  readonly kind: string
  /** The kind in words. */
  readonly kindName: string
  /** What it is and what it trains, in one line, for the form. */
  readonly use: string
  /** A few words for the terminal. */
  readonly summary: string
  /** `all` images, or the `finished` ones: those with objects, and those that are marked done. */
  readonly images: 'all' | 'finished'
  /** Divides the images into training, validation and test: always, or when an option has this value. */
  readonly divides: boolean | { readonly option: string; readonly value: string }
  /** The number of its first class; null for a format that writes names. */
  readonly firstClass: 0 | 1 | null
  /** One file can lie beside each photo, with this ending, where programs that read it look for it. */
  readonly liesBeside?: { readonly ending: string }
  /** Whether it has a place for scores, for attributes, groups and tracks, and for what is said of images. */
  readonly holds: { readonly score: boolean; readonly extras: boolean; readonly marks: boolean }
  /** What it is asked besides. */
  readonly options: readonly FormatOption[]
  readonly keeps: Keeps
  /** Null for a format that is only written. */
  readonly reads: Reads | null
}
