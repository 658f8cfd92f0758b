/** Which part of the image is enlarged for the encoder; the sides are measured in docs/models.md. Pure. */
import type { Crop } from '../segmentation.ts'
import { modelScale, wholeImage } from './letterbox.ts'
import type { Box } from './measure.ts'
import type { Size } from './point.ts'

/** An object whose box has a side under this in the model frame of the whole image gains from a crop. */
const SMALL_SIDE = 80
const SMALLEST_CROP = 128

/** A square of `side` around the middle of `box`, moved and cut to lie in the image. */
export const cropAround = (box: Box, side: number, image: Size): Crop => {
  const width = Math.min(image.width, Math.ceil(side))
  const height = Math.min(image.height, Math.ceil(side))
  const place = (middle: number, length: number, limit: number) =>
    Math.round(Math.min(Math.max(0, middle - length / 2), limit - length))
  return {
    x: place(box.x + box.width / 2, width, image.width),
    y: place(box.y + box.height / 2, height, image.height),
    width,
    height,
  }
}

/** The crop that shows an object large: 3 times its box. */
export const objectCrop = (box: Box, image: Size): Crop =>
  cropAround(box, Math.max(SMALLEST_CROP, 3 * Math.max(box.width, box.height)), image)

/** Whether the encoder sees too little of an object when it is given the whole image. Measured in docs/models.md. */
export const isSmall = (box: Box, image: Size): boolean =>
  Math.min(box.width, box.height) * modelScale(wholeImage(image)) < SMALL_SIDE
