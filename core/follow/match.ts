/**
 * Where a mask of one image lies in another, cell by cell: each cell of the new image asks which cells of the old ones it
 * is like and near to, and takes what the mask has there. Pure. The recipe and its figures: docs/follow.md.
 */
import type { CellBox, Grid } from './grid.ts'

/** Cells that are further than so many sigma count for nothing. */
const REACH = 3

/** A mask of another image, to be found again. */
export interface Reference extends Grid {
  /** exp((cosine - 1) / .05) of each cell of the new image (row) with each of this one (column), [new, here]. */
  readonly affinity: Float32Array
  /** How much of each cell the mask covers, 0..1. */
  readonly coverage: Float32Array
  /** Cells: how far from where it was something is looked for. */
  readonly sigma: number
  /** Where cell (0, 0) is looked for, and how far apart its neighbours are, in cells of the new image. */
  readonly x: number
  readonly y: number
  readonly scale: number
}

/** A reference that is looked for where it is. */
export const inPlace = { x: 0, y: 0, scale: 1 } as const

interface Line {
  /** The first cell of the reference in reach of the cell at hand, and the end. */
  readonly from: number
  readonly to: number
  /** By cell of the reference from `from` on: how much nearness counts. */
  readonly weights: Float64Array
}

/** For each of the new cells along one side: which cells of the reference it reaches. */
const linesOf = (cells: number, start: number, scale: number, count: number, sigma: number): Line[] =>
  Array.from({ length: cells }, (_, at) => {
    const reach = REACH * sigma
    const from = Math.max(0, Math.ceil((at - reach - start) / scale))
    const to = Math.min(count, Math.floor((at + reach - start) / scale) + 1)
    const weights = Float64Array.from({ length: Math.max(0, to - from) }, (_weight, i) => {
      const away = start + (from + i) * scale - at
      return Math.exp(-(away * away) / (2 * sigma * sigma))
    })
    return { from, to, weights }
  })

/**
 * @param window the cells that are looked at; elsewhere the answer is 0
 * @returns for each cell of the new image, how much of it the mask covers there, 0..1
 */
export const match = (grid: Grid, window: CellBox, references: readonly Reference[]): Float32Array => {
  const found = new Float32Array(grid.columns * grid.rows)
  const lines = references.map((one) => ({
    across: linesOf(grid.columns, one.x, one.scale, one.columns, one.sigma),
    down: linesOf(grid.rows, one.y, one.scale, one.rows, one.sigma),
  }))
  for (let y = window.y0; y < window.y1; y++)
    for (let x = window.x0; x < window.x1; x++) {
      const cell = y * grid.columns + x
      let [inside, all] = [0, 0]
      for (const [index, { affinity, coverage, columns, rows }] of references.entries()) {
        const across = lines[index]!.across[x]!
        const down = lines[index]!.down[y]!
        const start = cell * columns * rows
        for (let row = down.from; row < down.to; row++) {
          const near = down.weights[row - down.from]!
          for (let column = across.from; column < across.to; column++) {
            const at = row * columns + column
            const weight = near * across.weights[column - across.from]! * affinity[start + at]!
            all += weight
            inside += weight * coverage[at]!
          }
        }
      }
      found[cell] = all === 0 ? 0 : inside / all
    }
  return found
}
