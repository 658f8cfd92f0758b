/** From where an object is likely to be, cell by cell, to what the decoder is asked. Pure. */
import { FRAME_SIDE, LOGITS_SIDE } from '../../common/geometry/letterbox.ts'
import { boxAbove, centreOf, GRID_SIDE, grow, type CellBox, type Grid } from './grid.ts'

/** Places along a side of a cell at which the upsampled map is looked at. */
const FINE = 8
const FINE_SIDE = GRID_SIDE * FINE
/** Parts with less than this share of the largest one's area are dropped. */
const LEAST_PART = 0.1
/** How much larger than the mask its box is, on each side. */
const BOX_MARGIN = 0.1
/** Logit of a place that is all out; one that is all in has its negative. */
const CERTAINTY = 8

/** The mask that an object most likely has, and what the decoder is asked with it. */
export interface MaskAsk {
  /** The cells that it touches. */
  readonly cells: CellBox
  /** Its middle of mass, in cells (the middle of the first is 0). */
  readonly centre: { readonly x: number; readonly y: number }
  /** Left, top, right, bottom in the 1024 frame, with the margin. */
  readonly box: readonly [number, number, number, number]
  /** [256 * 256] logits over the frame. */
  readonly mask: Float32Array
}

/** Keys' cubic (a = -.75, as OpenCV's INTER_CUBIC): weights of the four neighbours, by the place between the middle two. */
const cubic = (t: number): [number, number, number, number] => {
  const a = -0.75
  const near = (d: number) => (a + 2) * d ** 3 - (a + 3) * d ** 2 + 1
  const far = (d: number) => a * d ** 3 - 5 * a * d ** 2 + 8 * a * d - 4 * a
  return [far(1 + t), near(t), near(1 - t), far(2 - t)]
}

const taps = Array.from({ length: FINE }, (_, i) => {
  const at = (i + 0.5) / FINE - 0.5
  const low = Math.floor(at)
  return { low, weights: cubic(at - low) }
})

/** A map of cells upsampled within a window. `data` is [height * width], eight places a cell. */
interface Fine {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly data: Float32Array
}

const upsample = (values: Float32Array, { columns, rows }: Grid, window: CellBox): Fine => {
  const [wide, high] = [window.x1 - window.x0, window.y1 - window.y0]
  const [width, height] = [wide * FINE, high * FINE]
  const hold = (at: number, end: number) => Math.min(end - 1, Math.max(0, at))
  // Along the rows first: two rows beyond the window are needed on both sides.
  const across = new Float32Array((high + 4) * width)
  for (let row = 0; row < high + 4; row++) {
    const from = hold(window.y0 + row - 2, rows) * columns
    for (let x = 0; x < width; x++) {
      const { low, weights } = taps[x % FINE]!
      const first = window.x0 + Math.floor(x / FINE) + low - 1
      let sum = 0
      for (let k = 0; k < 4; k++) sum += weights[k]! * values[from + hold(first + k, columns)]!
      across[row * width + x] = sum
    }
  }
  const data = new Float32Array(width * height)
  for (let y = 0; y < height; y++) {
    const { low, weights } = taps[y % FINE]!
    const first = Math.floor(y / FINE) + low + 1
    for (let x = 0; x < width; x++) {
      let sum = 0
      for (let k = 0; k < 4; k++) sum += weights[k]! * across[(first + k) * width + x]!
      data[y * width + x] = sum
    }
  }
  return { left: window.x0 * FINE, top: window.y0 * FINE, width, height, data }
}

/** Which places are above, without small parts (joined by sides and corners); empty when none is. */
const largeParts = ({ width, height, data }: Fine, above: number): Uint8Array => {
  const part = new Uint32Array(width * height)
  const sizes = [0]
  for (let start = 0; start < data.length; start++) {
    if (part[start] !== 0 || !(data[start]! > above)) continue
    const name = sizes.length
    part[start] = name
    let size = 0
    const waiting = [start]
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      size++
      const [x, y] = [at % width, Math.floor(at / width)]
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++)
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          const next = ny * width + nx
          if (part[next] !== 0 || !(data[next]! > above)) continue
          part[next] = name
          waiting.push(next)
        }
    }
    sizes.push(size)
  }
  const largest = Math.max(...sizes)
  const kept = sizes.map((size) => size > 0 && size >= LEAST_PART * largest)
  return Uint8Array.from(part, (name) => (kept[name] === true ? 1 : 0))
}

const askOf = ({ left, top, width, height }: Fine, inside: Uint8Array): MaskAsk | null => {
  const grid = { columns: width, rows: height }
  const values = Float32Array.from(inside)
  const bounds = boxAbove(values, grid)
  const middle = centreOf(values, grid)
  if (bounds === null || middle === null) return null
  const [x0, y0, x1, y1] = [left + bounds.x0, top + bounds.y0, left + bounds.x1, top + bounds.y1]
  const mask = new Float32Array(LOGITS_SIDE * LOGITS_SIDE).fill(-CERTAINTY)
  const per = FINE_SIDE / LOGITS_SIDE
  const gain = (2 * CERTAINTY) / (per * per)
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.floor((top + y) / per) * LOGITS_SIDE
    for (let x = 0; x < width; x++, i++)
      if (inside[i] === 1) mask[row + Math.floor((left + x) / per)]! += gain
  }
  const scale = FRAME_SIDE / FINE_SIDE
  const [moreX, moreY] = [BOX_MARGIN * (x1 - x0), BOX_MARGIN * (y1 - y0)]
  const hold = (at: number) => Math.min(FRAME_SIDE, Math.max(0, at * scale))
  const toCell = (at: number) => (at + 0.5) / FINE - 0.5
  return {
    centre: { x: toCell(left + middle.x), y: toCell(top + middle.y) },
    cells: {
      x0: Math.floor(x0 / FINE),
      y0: Math.floor(y0 / FINE),
      x1: Math.ceil(x1 / FINE),
      y1: Math.ceil(y1 / FINE),
    },
    box: [hold(x0 - moreX), hold(y0 - moreY), hold(x1 + moreX), hold(y1 + moreY)],
    mask,
  }
}

/**
 * The places where the object covers more than half; where none does, those of more than half of the most; else the
 * mask that it had before.
 * @param likely by cell, 0..1 @param before coverage of the mask in the image before, on its own grid
 */
export const askFor = (
  likely: Float32Array,
  grid: Grid,
  before: { readonly coverage: Float32Array } & Grid,
): MaskAsk | null => {
  const most = likely.reduce((high, value) => Math.max(high, value), 0)
  const within = boxAbove(likely, grid)
  if (within !== null) {
    const fine = upsample(likely, grid, grow(within, 1, grid))
    for (const above of [0.5, most / 2]) {
      const ask = askOf(fine, largeParts(fine, above))
      if (ask !== null) return ask
    }
  }
  const shown = boxAbove(before.coverage, before)
  if (shown === null) return null
  const fine = upsample(before.coverage, before, grow(shown, 1, before))
  const top = before.coverage.reduce((high, value) => Math.max(high, value), 0)
  return askOf(fine, largeParts(fine, Math.min(0.5, top / 2)))
}
