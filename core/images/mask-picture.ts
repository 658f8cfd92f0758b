/** A mask as a picture: 255 inside, 0 outside. */
import { Transformer } from '@napi-rs/image'
import type { Size } from '../../common/geometry/point.ts'
import type { Raster } from '../../common/geometry/rasterise.ts'

/** The file begins as masks do: a PNG of one channel of 8 bits. */
export const isMaskPicture = (head: Buffer): boolean =>
  head.length >= 26 && head.toString('latin1', 1, 4) === 'PNG' && head[24] === 8 && head[25] === 0

/** PNG of the whole image's size, one channel of 8 bits; `raster` must lie in it. */
export const encodeMaskPicture = (raster: Raster, { width, height }: Size): Promise<Buffer> => {
  // A PGM: the plainest way to hand one channel over.
  const header = Buffer.from(`P5\n${width} ${height}\n255\n`)
  const picture = Buffer.alloc(header.length + width * height)
  header.copy(picture)
  for (let row = 0; row < raster.height; row++) {
    const to = header.length + (raster.y + row) * width + raster.x
    for (let column = 0; column < raster.width; column++)
      picture[to + column] = 255 * raster.data[row * raster.width + column]!
  }
  return new Transformer(picture).png()
}
