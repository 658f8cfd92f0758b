/** What the thread that reads labels is told and says. */
import type { ImageFrame } from '../../../import/fit-objects.ts'
import type { ApartSource } from '../../../import/objects.ts'
import type { LabelPlace } from '../../../import/read-labels.ts'
import type { PackedObjects } from './packed-objects.ts'

/** What `openLabels` is given. */
export interface ToOpen {
  readonly place: LabelPlace
  readonly order: readonly string[]
  readonly current: string | null
}

/** Where the objects of an image are. */
export type ImageToRead =
  /** The place of the image in the set, and its name there: labels that were changed meanwhile have others. */
  | { readonly index: number; readonly name: string }
  /** In a file that the thread was told of, by its number; `image` as its `ReadApart` has it. */
  | { readonly source: number; readonly image: unknown }

export type ToReader =
  | { readonly type: 'open'; readonly labels: ToOpen }
  | { readonly type: 'source'; readonly number: number; readonly source: ApartSource }
  | {
      readonly type: 'read'
      /** Names the question. */
      readonly id: number
      readonly image: ImageToRead
      readonly frame: ImageFrame | null
    }

/** When it listens, and when the labels are open; then an answer to each image: null when it can't be read here. */
export type FromReader = 'awake' | 'open' | { readonly id: number; readonly packed: PackedObjects | null }
