/** What is said between an import and the thread that reads its labels. */
import type { ErrorReply } from '../../../../common/errors.ts'
import type { ImageFrame, ImportedObject, ImportedObjects } from '../../../import/fit-objects.ts'
import type { LabelledImage, LabelSet } from '../../../import/objects.ts'
import type { LabelPlace } from '../../../import/read-labels.ts'

/** What the thread is started with. */
export interface ToOpen {
  readonly place: LabelPlace
  /** The project's classes in their order. */
  readonly order: readonly string[]
}

/** Read the image of that place in the set. A message asks for several; they are answered in the order of asking. */
export interface ToRead {
  readonly index: number
  readonly frame: ImageFrame | null
}

/** A shape as its JSON: sent so, and stored so, which takes less time than its thousands of lists. */
export interface SentObject extends Omit<ImportedObject, 'fitted'> {
  readonly fitted:
    { readonly text: string; readonly changes: readonly string[] } | { readonly problem: string }
}

export type SentImage =
  | (Omit<ImportedObjects, 'objects'> & { readonly objects: readonly SentObject[] })
  | { readonly error: ErrorReply }

export type FromThread =
  | {
      readonly type: 'opened'
      readonly set: Omit<LabelSet, 'images' | 'close'> & {
        readonly images: readonly Pick<LabelledImage, 'name' | 'isNumber' | 'isReviewed'>[]
      }
    }
  | { readonly type: 'failed'; readonly error: ErrorReply }
  | { readonly type: 'read'; readonly images: readonly SentImage[] }
