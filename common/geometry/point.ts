/**
 * Points of the three spaces. They have the same fields and different types, so that a screen point can't be
 * stored as an image point by mistake. Only `viewport.ts` and `letterbox.ts` convert between spaces.
 *
 * - screen: CSS pixels from the stage's top left corner
 * - image:  pixels of the upright image as floats; pixel (0,0) covers [0,1) x [0,1)
 * - model:  pixels of the model's square input frame (long side 1024 for SAM)
 */
declare const space: unique symbol

interface Point<Space extends 'screen' | 'image' | 'model'> {
  readonly x: number
  readonly y: number
  readonly [space]?: Space
}

export type ScreenPoint = Point<'screen'>
export type ImagePoint = Point<'image'>
export type ModelPoint = Point<'model'>

/** Width and height in pixels of the space that the context names. */
export interface Size {
  readonly width: number
  readonly height: number
}
