/** What the encoder says of each cell of an image, made comparable between images. Pure. */
import { GRID_SIDE, type Grid } from './grid.ts'

/** Numbers that the encoder gives for a cell. */
export const TOKEN_LENGTH = 256

/** Of one image: [rows * columns, 256], each of length 1. */
export interface Tokens extends Grid {
  readonly data: Float32Array
}

/**
 * The encoder's output cropped to the cells that show the image, without what is common to all of the image (its mean),
 * each brought to length 1.
 * @param data the encoder's values: [1, 4096, 256] of tokens, or [1, 256, 64, 64]
 * @throws Error when the encoder gives something of another shape
 */
export const tokensOf = (data: Float32Array, dims: readonly number[], grid: Grid): Tokens => {
  const cells = GRID_SIDE * GRID_SIDE
  const isTokens = dims.length === 3 && dims[1] === cells && dims[2] === TOKEN_LENGTH
  const isPlanes =
    dims.length === 4 && dims[1] === TOKEN_LENGTH && dims[2] === GRID_SIDE && dims[3] === GRID_SIDE
  if (!isTokens && !isPlanes)
    throw new Error(`The encoder gives [${dims.join(', ')}], not 64 x 64 cells of 256.`)
  const { columns, rows } = grid
  const count = columns * rows
  const made = new Float32Array(count * TOKEN_LENGTH)
  const mean = new Float64Array(TOKEN_LENGTH)
  for (let y = 0, to = 0; y < rows; y++)
    for (let x = 0; x < columns; x++, to += TOKEN_LENGTH) {
      const cell = y * GRID_SIDE + x
      for (let k = 0; k < TOKEN_LENGTH; k++) {
        const value = isTokens ? data[cell * TOKEN_LENGTH + k]! : data[k * cells + cell]!
        made[to + k] = value
        mean[k]! += value / count
      }
    }
  for (let at = 0; at < made.length; at += TOKEN_LENGTH) {
    let square = 0
    for (let k = 0; k < TOKEN_LENGTH; k++) {
      const value = made[at + k]! - mean[k]!
      made[at + k] = value
      square += value * value
    }
    const scale = square === 0 ? 0 : 1 / Math.sqrt(square)
    for (let k = 0; k < TOKEN_LENGTH; k++) made[at + k]! *= scale
  }
  return { columns, rows, data: made }
}
