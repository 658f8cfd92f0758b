/** The point of a region that lies deepest inside it, by the exact distance to its edge. Pure. */

const FAR = 1e9

/** Squared distances along one line to the nearest 0 of `values` (Felzenszwalb and Huttenlocher, 2012). */
const transformLine = (values: Float64Array, length: number, out: Float64Array) => {
  const at = new Int32Array(length)
  const bounds = new Float64Array(length + 1)
  let last = 0
  bounds[0] = -FAR
  bounds[1] = FAR
  const meet = (q: number, p: number) => (values[q]! + q * q - values[p]! - p * p) / (2 * q - 2 * p)
  for (let q = 1; q < length; q++) {
    while (last > 0 && meet(q, at[last]!) <= bounds[last]!) last--
    const start = meet(q, at[last]!)
    last = start <= bounds[last]! ? 0 : last + 1
    at[last] = q
    bounds[last] = last === 0 ? -FAR : start
    bounds[last + 1] = FAR
  }
  for (let q = 0, k = 0; q < length; q++) {
    while (bounds[k + 1]! < q) k++
    out[q] = (q - at[k]!) ** 2 + values[at[k]!]!
  }
}

/** The cells around all that is inside, first and last; null when nothing is. */
const boundsOf = (width: number, height: number, isInside: (cell: number) => boolean) => {
  let [left, top, right, bottom] = [width, height, -1, -1]
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (!isInside(y * width + x)) continue
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = y
    }
  return right < 0 ? null : { left, top, right, bottom }
}

/**
 * The cell deepest inside a region of a grid, and its squared distance to the nearest cell outside. What lies beyond the
 * grid bounds it too. Null when the region is empty.
 * @param isInside of the cell `y * width + x`
 */
export const deepestCell = (
  width: number,
  height: number,
  isInside: (cell: number) => boolean,
): { x: number; y: number; depth: number } | null => {
  const bounds = boundsOf(width, height, isInside)
  if (bounds === null) return null
  const { left, top, right, bottom } = bounds
  // A border of one cell around the region, all outside.
  const [columns, rows] = [right - left + 3, bottom - top + 3]
  const grid = new Float64Array(columns * rows)
  for (let y = top; y <= bottom; y++)
    for (let x = left; x <= right; x++)
      if (isInside(y * width + x)) grid[(y - top + 1) * columns + x - left + 1] = FAR
  const line = new Float64Array(Math.max(columns, rows))
  const out = new Float64Array(line.length)
  for (let x = 0; x < columns; x++) {
    for (let y = 0; y < rows; y++) line[y] = grid[y * columns + x]!
    transformLine(line, rows, out)
    for (let y = 0; y < rows; y++) grid[y * columns + x] = out[y]!
  }
  const deepest = { x: left, y: top, depth: 0 }
  for (let y = 0; y < rows; y++) {
    line.set(grid.subarray(y * columns, (y + 1) * columns))
    transformLine(line, columns, out)
    for (let x = 0; x < columns; x++)
      if (out[x]! > deepest.depth) Object.assign(deepest, { x: left + x - 1, y: top + y - 1, depth: out[x]! })
  }
  return deepest
}
