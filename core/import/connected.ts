/** The connected parts of a mask's pixels: those that touch at an edge or a corner. Pure. */
import type { Raster } from '../../common/geometry/rasterise.ts'

/** Set pixels of one row, from..to (exclusive). */
interface Run {
  readonly row: number
  readonly from: number
  readonly to: number
}

const runsOfRow = ({ width, data }: Raster, row: number): Run[] => {
  const runs: Run[] = []
  for (let at = 0; at < width; at++) {
    if (data[row * width + at] === 0) continue
    const from = at
    while (at < width && data[row * width + at] !== 0) at++
    runs.push({ row, from, to: at })
  }
  return runs
}

/** The number that stands for all that a number was joined with. */
const rootOf = (joined: number[], of: number): number => {
  let root = of
  while (joined[root] !== root) root = joined[root]!
  for (let at = of; at !== root;) {
    const next = joined[at]!
    joined[at] = root
    at = next
  }
  return root
}

/** Of all rows, and by which number each run hangs together with others. */
const joinRuns = (raster: Raster): { readonly runs: readonly Run[]; readonly joined: number[] } => {
  const runs: Run[] = []
  const joined: number[] = []
  let above = 0
  for (let row = 0; row < raster.height; row++) {
    const first = runs.length
    for (const run of runsOfRow(raster, row)) {
      const own = joined.push(runs.length) - 1
      runs.push(run)
      // Runs of the row above that end before this one begins are past for those to its right, too.
      while (above < first && runs[above]!.to < run.from) above++
      for (let at = above; at < first && runs[at]!.from <= run.to; at++) {
        const [a, b] = [rootOf(joined, at), rootOf(joined, own)]
        joined[Math.max(a, b)] = Math.min(a, b)
      }
    }
    above = first
  }
  return { runs, joined }
}

const rasterOfRuns = ({ x, y }: Raster, runs: readonly Run[]): Raster => {
  const top = runs[0]!.row
  const height = runs.at(-1)!.row + 1 - top
  const [left, right] = runs.reduce(
    ([least, most], { from, to }) => [Math.min(least, from), Math.max(most, to)],
    [Infinity, 0],
  )
  const width = right - left
  const data = new Uint8Array(width * height)
  for (const { row, from, to } of runs)
    data.fill(1, (row - top) * width + from - left, (row - top) * width + to - left)
  return { x: x + left, y: y + top, width, height, data }
}

/**
 * Each part as a window of its own, in the order of their uppermost, then leftmost pixels.
 * @param most parts that are made; what comes after them is only counted
 */
export const connectedParts = (
  raster: Raster,
  most: number,
): { readonly parts: readonly Raster[]; readonly lost: number } => {
  const { runs, joined } = joinRuns(raster)
  const byRoot = new Map<number, Run[]>()
  const over = new Set<number>()
  for (const [at, run] of runs.entries()) {
    const root = rootOf(joined, at)
    const known = byRoot.get(root)
    if (known !== undefined) known.push(run)
    else if (byRoot.size < most) byRoot.set(root, [run])
    else over.add(root)
  }
  return { parts: [...byRoot.values()].map((own) => rasterOfRuns(raster, own)), lost: over.size }
}
