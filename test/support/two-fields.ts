/** A photo of a red and a blue field on grey, for detectors that find these. */
import { writeFileSync } from 'node:fs'
import { Transformer } from '@napi-rs/image'

/** Left, top, right, bottom, of 300 x 160 pixels. */
export const twoFields = { red: [30, 20, 90, 70], blue: [150, 80, 220, 140] } as const

/** @param shade makes another picture of it, hardly to be seen */
export const writeTwoFields = (file: string, shade = 0): void => {
  const [width, height] = [300, 160]
  const rgba = Buffer.alloc(4 * width * height, 255)
  for (let at = 0; at < width * height; at++) {
    const [x, y] = [at % width, Math.floor(at / width)]
    const isIn = ([x0, y0, x1, y1]: readonly [number, number, number, number]) =>
      x >= x0 && x < x1 && y >= y0 && y < y1
    rgba.set(
      isIn(twoFields.red) ? [235, 30, 20] : isIn(twoFields.blue) ? [20, 40, 235] : [190 - shade, 185, 175],
      4 * at,
    )
  }
  writeFileSync(file, Transformer.fromRgbaPixels(rgba, width, height).pngSync())
}
