/** The box of an object as what the model is asked with. Pure. */
import type { Size } from '../../../common/geometry/point.ts'
import type { BoxPrompt } from '../../../common/model.ts'
import { said } from '../../../common/said.ts'
import type { BoxOfObject } from '../../import/objects.ts'

/** A box narrower than this is nothing that a mask could fill, image pixels. */
const SMALLEST = 1

/** The box as a prompt, cut to the upright image; or why it can't be one. */
export const promptOfBox = (
  { box, unit, size }: BoxOfObject,
  image: Size,
): { readonly prompt: BoxPrompt } | { readonly problem: string } => {
  if (size !== null && (size.width !== image.width || size.height !== image.height))
    return {
      problem: said('The boxes are of an image of {theirs}, this one is {size}.', {
        theirs: `${size.width} x ${size.height}`,
        size: `${image.width} x ${image.height}`,
      }),
    }
  const [wide, high] = unit === 'share' ? [image.width, image.height] : [1, 1]
  const hold = (value: number, limit: number) => Math.min(limit, Math.max(0, value))
  // Thousandths of a pixel: the same box read again is the same.
  const round = (value: number) => Math.round(value * 1000) / 1000
  const [x0, y0, x1, y1] = box
  const prompt: BoxPrompt = {
    type: 'box',
    x0: round(hold(x0 * wide, image.width)),
    y0: round(hold(y0 * high, image.height)),
    x1: round(hold(x1 * wide, image.width)),
    y1: round(hold(y1 * high, image.height)),
  }
  if (prompt.x1 - prompt.x0 < SMALLEST || prompt.y1 - prompt.y0 < SMALLEST)
    return { problem: said('The box is outside of the image, or smaller than a pixel.') }
  return { prompt }
}
