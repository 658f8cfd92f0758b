/** Masks that a file has as pixels -> polygons that cover the very same pixels. Pure. */
import { CodedError } from '../../common/errors.ts'
import { polygonOfRaster } from '../../common/geometry/mask-to-polygon.ts'
import { rasterise, type Raster } from '../../common/geometry/rasterise.ts'
import { expandCounts, rasterOfRle } from '../../common/geometry/rle.ts'
import type { Polygon } from '../../common/model.ts'
import { said } from '../../common/said.ts'
import { MAX_PIXELS } from '../images/limits.ts'
import type { ReadShape } from './objects.ts'

type MaskShape = Extract<ReadShape, { readonly type: 'mask' | 'raster' }>

/** @throws CodedError bad-input when the runs do not fill the size, or the size is no picture's */
const rasterOf = (shape: MaskShape): Raster | null => {
  if (shape.type === 'raster') return shape.raster
  const { width, height, counts } = shape
  if (width * height > MAX_PIXELS)
    throw new CodedError(
      'bad-input',
      said('Its mask has {width} x {height} pixels, more than any picture.', { width, height }),
    )
  return rasterOfRle({
    size: [height, width],
    counts: typeof counts === 'string' ? expandCounts(counts) : counts,
  })
}

/** Nothing is a speck: the file says that it is there. */
const usual = { tolerance: 0.5, minArea: 0, minShare: 0, strict: true }
const exact = { ...usual, tolerance: 0 }

const isSame = (polygon: Polygon, { x, y, width, height, data }: Raster): boolean => {
  const found = rasterise(polygon, x + width, y + height, { x, y, width, height })
  return Buffer.compare(found.data, data) === 0
}

/**
 * With few vertices where these cover the very pixels of the mask, else along the edges of its pixels. Null when it is
 * empty.
 * @throws CodedError bad-input when the runs do not fill the size, or the size is no picture's
 */
export const polygonOfMaskShape = (shape: MaskShape): Polygon | null => {
  const raster = rasterOf(shape)
  if (raster === null) return null
  const [right, bottom] = [raster.x + raster.width, raster.y + raster.height]
  const size = shape.type === 'mask' ? shape : { width: right, height: bottom }
  return polygonOfRaster(raster, size.width, size.height, [usual, exact], (one) => isSame(one, raster))
}
