/** What panels see of the detail of the selected outlines. Owns a type only. */

/** The detail of the selected objects that keep their mask. */
export interface DetailState {
  /** How far an outline may stray from its mask, image pixels: of the primary, or as the slider stands. */
  readonly detail: number
  /** The others have another. */
  readonly isMixed: boolean
  /** How many of the selected objects keep a mask. */
  readonly objects: number
  /** How many of them still fit it; null before that is known. */
  readonly fitting: number | null
  /** None of them may be changed. */
  readonly isLocked: boolean
  /** Of all of them together, as they are on screen. */
  readonly vertices: number
  /** With their masks, 0..1, in the mean; null before it is known. */
  readonly iou: number | null
}
