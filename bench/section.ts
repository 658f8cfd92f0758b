/** What a section of the bench gets and gives. */

export interface Table {
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** What was measured and how, sentences under the table. */
  readonly notes: readonly string[]
}

export interface BenchContext {
  /** --full: more runs, more images. */
  readonly full: boolean
  /** --images: how many photos the memory section opens; null for the usual number. */
  readonly images: number | null
  /** --model: a folder with a manifest, for the models section; null for the bundled ones alone. */
  readonly model: string | null
  /** A new folder that is removed at the end. */
  readonly scratch: string
  /** Kept between runs, ignored by git. */
  readonly cache: string
  /** Progress, on stderr. */
  readonly say: (message: string) => void
}

export type Section = (context: BenchContext) => Promise<Table[]>
