/** Whether prompts can be asked of an image. */
import { CodedError } from '../../common/errors.ts'
import type { Size } from '../../common/geometry/point.ts'
import type { Prompt } from '../../common/model.ts'

/** @throws CodedError bad-input when a prompt lies outside the image */
export const checkPrompts = (prompts: readonly Prompt[], { width, height }: Size): void => {
  for (const prompt of prompts) {
    const isIn =
      prompt.type === 'point'
        ? prompt.x >= 0 && prompt.y >= 0 && prompt.x <= width && prompt.y <= height
        : prompt.x0 < width && prompt.y0 < height && prompt.x1 > 0 && prompt.y1 > 0
    const shown =
      prompt.type === 'point'
        ? `point ${prompt.x},${prompt.y}`
        : `box ${prompt.x0},${prompt.y0},${prompt.x1},${prompt.y1}`
    if (!isIn)
      throw new CodedError(
        'bad-input',
        `The ${shown} lies outside the image, which is ${width} x ${height} pixels.`,
      )
  }
}
