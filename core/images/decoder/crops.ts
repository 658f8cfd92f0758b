/** Square parts of a picture as small squares, one under the other. Pure. */
import type { CropWindow } from '../../../common/contract/gallery.ts'
import type { UprightImage } from '../decode.ts'

/** Pixels of the side of a crop. */
export const CROP_SIDE = 160

/** A pixel of a crop is a mean of at most so many by so many pixels: enough to look smooth, however large the part is. */
const MOST_SAMPLES = 4

/** Beyond the picture. */
const OUTSIDE = 40

/** [windows * CROP_SIDE * CROP_SIDE * 4], opaque RGBA. */
export const cropStrip = (
  { rgb, width, height }: UprightImage,
  windows: readonly CropWindow[],
): Uint8Array => {
  const strip = new Uint8Array(windows.length * CROP_SIDE * CROP_SIDE * 4).fill(255)
  let to = 0
  for (const { x: left, y: top, side } of windows) {
    const scale = side / CROP_SIDE
    const samples = Math.max(1, Math.min(MOST_SAMPLES, Math.round(scale)))
    const step = scale / samples
    for (let row = 0; row < CROP_SIDE; row++)
      for (let column = 0; column < CROP_SIDE; column++, to += 4) {
        let [red, green, blue] = [0, 0, 0]
        for (let down = 0; down < samples; down++)
          for (let across = 0; across < samples; across++) {
            const x = Math.floor(left + column * scale + (across + 0.5) * step)
            const y = Math.floor(top + row * scale + (down + 0.5) * step)
            if (x < 0 || y < 0 || x >= width || y >= height) {
              red += OUTSIDE
              green += OUTSIDE
              blue += OUTSIDE
              continue
            }
            const from = (y * width + x) * 3
            red += rgb[from]!
            green += rgb[from + 1]!
            blue += rgb[from + 2]!
          }
        const all = samples * samples
        strip[to] = red / all
        strip[to + 1] = green / all
        strip[to + 2] = blue / all
      }
  }
  return strip
}
