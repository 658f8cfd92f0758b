/** What the thread that reads labels is told and says. */
import type { ImageFrame } from '../../../import/fit-objects.ts'
import type { LabelPlace } from '../../../import/read-labels.ts'
import type { PackedObjects } from './packed-objects.ts'

/** Given when it is started: what `openLabels` is given. */
export interface ToOpen {
  readonly place: LabelPlace
  readonly order: readonly string[]
  readonly current: string | null
}

export interface ToRead {
  /** Names the question. */
  readonly id: number
  /** The place of the image in the set, and its name there: labels that were changed meanwhile have others. */
  readonly index: number
  readonly name: string
  readonly frame: ImageFrame | null
}

/** Once that it listens; then an answer to each image: null when it can't be read here. */
export type FromReader = 'ready' | { readonly id: number; readonly packed: PackedObjects | null }
