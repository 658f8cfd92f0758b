/** Gives the pixels of decoded photos back before the encoder takes its own memory. */
import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** After this many decoded pixels a collection is worth its 10 ms. */
const PIXELS = 4_000_000

/**
 * A decoded photo of 12 megapixels is 72 MB outside of JavaScript's heap, of which the collector knows so little that
 * it lets them pile up: 700 MB after 30 images, 430 with this.
 * @returns to be called with the pixels of each decoded image, before it is encoded
 */
export const createCollect = () => {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  let decoded = 0
  return async (pixels: number): Promise<void> => {
    decoded += pixels
    if (decoded < PIXELS) return
    decoded = 0
    gc()
    // Native objects are freed in the turn after.
    await setImmediate()
  }
}
