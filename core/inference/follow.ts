/** What is asked when objects are carried from image to image, as both sides of inference know it. */
import type { Prompt, Shape } from '../../common/model.ts'
import type { InferenceImage } from './image.ts'

/** An object in another image. */
export interface KnownObject {
  /** Its image, among the question's. */
  readonly image: number
  readonly shape: Shape
}

/** Where the objects of other images are in this one. */
export interface FollowQuestion {
  readonly kind: 'follow'
  readonly images: readonly InferenceImage[]
  readonly objects: readonly {
    readonly previous: KnownObject
    /** Where a person last confirmed it; null when that is the image before. */
    readonly keyframe: KnownObject | null
  }[]
}

/** What in this image looks like an object that is known. */
export interface AlikeQuestion {
  readonly kind: 'alike'
  /** Where the object is; it may be the image that is asked about. */
  readonly from: InferenceImage
  readonly shape: Shape
  /** What the image has already: it is not found again. */
  readonly known: readonly Shape[]
  /** So many places are asked at most. */
  readonly most: number
}

/** A mask that the decoder gave, of the whole image. */
export interface CarriedMask {
  /** [256 * 256] over the frame, > 0 is inside. */
  readonly logits: Float32Array
  /** 0 the one-answer mask; 1, 2, 3 the alternatives. */
  readonly candidate: number
  /** 0..1: how well it agrees with what is known of the object. */
  readonly confidence: number
  /** What the decoder was asked, image pixels. */
  readonly prompt: Prompt
}

export interface Alike extends Omit<Followed, 'masks'> {
  readonly masks: readonly CarriedMask[]
}

export interface Followed {
  readonly modelId: string
  /** Of the upright image. */
  readonly width: number
  readonly height: number
  /** By object of the question; null where it is not in the image any more. */
  readonly masks: readonly (CarriedMask | null)[]
}
