/**
 * Masks of a detector as outlines: logits over the frame, looked up on a grid of 256 x 256 around the object, become a
 * polygon in the way of all masks.
 */
import { LOGITS_SIDE } from '../../../../common/geometry/letterbox.ts'
import { polygonOfLogits, type PolygonOptions } from '../../../../common/geometry/mask-to-polygon.ts'
import type { Size } from '../../../../common/geometry/point.ts'
import type { Scratch } from '../../../../common/geometry/scratch.ts'
import { keptMaskOf, type KeptMask } from '../../../../common/kept-mask.ts'
import type { Polygon } from '../../../../common/model.ts'
import type { Detection } from '../../detector.ts'
import type { Floats, Found } from './decode.ts'
import type { Placing } from './frame.ts'

/** Logits [height * width] over the whole frame. */
export interface MaskGrid {
  readonly data: Float32Array
  readonly width: number
  readonly height: number
}

/** Weights times prototypes [1, count, h, w]: YOLO's masks (ultralytics/utils/ops.py, `process_mask`). */
const ofPrototypes = (weights: Float32Array, { data, dims }: Floats): MaskGrid => {
  const [, count = 0, height = 0, width = 0] = dims
  const area = width * height
  const sum = new Float32Array(area)
  for (let index = 0; index < count; index++) {
    const weight = weights[index]!
    const from = index * area
    for (let at = 0; at < area; at++) sum[at]! += weight * data[from + at]!
  }
  return { data: sum, width, height }
}

const ofQuery = (query: number, { data, dims }: Floats): MaskGrid => {
  const [, , height = 0, width = 0] = dims
  return { data: data.subarray(query * width * height, (query + 1) * width * height), width, height }
}

/** @param masks the prototypes, or all queries' masks: rank 4 */
export const gridOf = ({ mask }: Found, masks: Floats | undefined): MaskGrid | null => {
  if (mask === null || masks?.dims.length !== 4) return null
  return typeof mask === 'number' ? ofQuery(mask, masks) : ofPrototypes(mask, masks)
}

/** Bilinear, the nearest beyond the edge. */
const valueAt = ({ data, width, height }: MaskGrid, x: number, y: number): number => {
  const [heldX, heldY] = [Math.min(width - 1, Math.max(0, x)), Math.min(height - 1, Math.max(0, y))]
  const [left, top] = [Math.floor(heldX), Math.floor(heldY)]
  const [right, low] = [Math.min(width - 1, left + 1), Math.min(height - 1, top + 1)]
  const [partX, partY] = [heldX - left, heldY - top]
  const upper = data[top * width + left]! * (1 - partX) + data[top * width + right]! * partX
  const lower = data[low * width + left]! * (1 - partX) + data[low * width + right]! * partX
  return upper * (1 - partY) + lower * partY
}

/** Logits of what is surely outside. */
const OUTSIDE = -16

interface OutlineParts {
  readonly grid: MaskGrid
  /** In the image. */
  readonly box: Detection['box']
  readonly frame: Size
  readonly placing: Placing
  readonly image: Size
  readonly options: PolygonOptions
  /** What the mask is to be known by; null when it need not come along. */
  readonly maskId: string | null
  readonly scratch: Scratch
}

/** What the mask has within its box, which it is cut to as in training. Null when nothing is left. */
export const outlineOf = ({
  grid,
  box,
  frame,
  placing,
  image,
  options,
  maskId,
  scratch,
}: OutlineParts): { outline: Polygon; mask: KeptMask | null } | null => {
  const [x0, y0, x1, y1] = box
  const x = Math.max(0, Math.floor(x0) - 1)
  const y = Math.max(0, Math.floor(y0) - 1)
  const crop = {
    x,
    y,
    width: Math.max(1, Math.min(image.width, Math.ceil(x1) + 1) - x),
    height: Math.max(1, Math.min(image.height, Math.ceil(y1) + 1) - y),
  }
  const step = Math.max(crop.width, crop.height) / LOGITS_SIDE
  const [cellsX, cellsY] = [grid.width / frame.width, grid.height / frame.height]
  const logits = new Float32Array(LOGITS_SIDE * LOGITS_SIDE).fill(OUTSIDE)
  for (let row = 0; row < LOGITS_SIDE; row++) {
    const imageY = crop.y + (row + 0.5) * step
    if (imageY < y0 || imageY > y1) continue
    const gridY = (imageY * placing.scaleY + placing.top) * cellsY - 0.5
    for (let column = 0; column < LOGITS_SIDE; column++) {
      const imageX = crop.x + (column + 0.5) * step
      if (imageX < x0 || imageX > x1) continue
      const gridX = (imageX * placing.scaleX + placing.left) * cellsX - 0.5
      logits[row * LOGITS_SIDE + column] = valueAt(grid, gridX, gridY)
    }
  }
  const at = { crop, imageWidth: image.width, imageHeight: image.height }
  const outline = polygonOfLogits(logits, at, options, [], scratch)
  return outline && { outline, mask: maskId === null ? null : keptMaskOf(maskId, logits, at, options) }
}
