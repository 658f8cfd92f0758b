/** Messages between the decoder pool (parent) and a decoder process (child): one task at a time, answered once. */
import type { CropWindow } from '../../../common/contract/gallery.ts'
import type { Rendition } from '../../../common/rendition.ts'
import type { CodedError, ErrorReply } from '../../../common/errors.ts'

/** A picture as the bytes of a file. */
export interface EncodedPicture {
  readonly bytes: Uint8Array
  readonly contentType: string
}

/**
 * What is made of a file: a small WebP for the list, crops under each other, a lossless PNG of the upright pixels for the page, or a file of
 * upright pixels without metadata for an export. tones: no picture, but `Tones` as JSON, or null for 8 bits.
 */
export type Make = 'thumbnail' | 'crops' | 'display' | 'tones' | `${CopyType}-copy`

/** Lossless but for JPEG. */
export type CopyType = 'png' | 'jpeg' | 'webp'

/** `lasting`: the file's content is the reason, which stays until the file changes. */
export type Outcome =
  | { readonly type: 'made'; readonly picture: EncodedPicture }
  | { readonly type: 'refused'; readonly error: CodedError; readonly lasting: boolean }

export interface ToDecoder {
  readonly job: number
  readonly make: Make
  /** Absolute. */
  readonly file: string
  /** Null: as it is read. */
  readonly rendition: Rendition | null
  /** Of crops. */
  readonly windows?: readonly CropWindow[] | undefined
}

export type FromDecoder =
  /** The process listens. */
  | { readonly type: 'ready' }
  /** The header is read: the number of pixels that will be decoded. */
  | { readonly type: 'claims'; readonly job: number; readonly pixels: number }
  | { readonly type: 'done'; readonly job: number; readonly picture: EncodedPicture }
  | {
      readonly type: 'failed'
      readonly job: number
      readonly error: ErrorReply
      /** True when the file's content is the reason, which stays until the file changes. */
      readonly lasting: boolean
    }
