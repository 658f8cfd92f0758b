/** Where a small canvas is put on the stage, and when it may stay where it is. CSS pixels. Pure. */
import type { Size } from '../../common/geometry/point.ts'
import { isWithin, onTiles, TILE, type Region } from './region.ts'

/** A canvas of so many pixels costs next to nothing to copy. */
const SMALL = 512 * 512
/** A canvas is no smaller on either side, so that what comes next to it is on it as well. */
const LEAST = 4 * TILE
/** Places are whole pixels of the device at its usual ratios, 1.25 among them. */
const GRID = 4

const sizeOf = ({ x0, y0, x1, y1 }: Region): Size => ({ width: x1 - x0, height: y1 - y0 })
const areaOf = ({ width, height }: Size) => width * height
const isModest = (size: Size, needed: Size) => areaOf(size) <= Math.max(SMALL, 4 * areaOf(needed))

/** A canvas that lies there has all that is needed, and is not far too large for it. */
export const willDo = (placed: Region, needed: Region): boolean =>
  isWithin(needed, placed) && isModest(sizeOf(placed), sizeOf(needed))

/**
 * Where a canvas goes that is to show `needed`: where it lies, as long as that will do, else around it, in the size that it
 * has if that will do. Without a GPU a canvas that is moved has the browser put all layers of the page together anew, which
 * takes 1 ms; one of another size is emptied, allocated and laid out as well.
 * @param placed null when it lies nowhere
 */
export const placeAround = (needed: Region, placed: Region | null): Region => {
  if (placed && willDo(placed, needed)) return placed
  const wanted = sizeOf(needed)
  const least = { width: wanted.width + GRID, height: wanted.height + GRID }
  const fresh = sizeOf(
    onTiles({ x0: 0, y0: 0, x1: Math.max(LEAST, least.width), y1: Math.max(LEAST, least.height) }),
  )
  const old = placed && sizeOf(placed)
  const fits = old && old.width >= least.width && old.height >= least.height && isModest(old, wanted)
  const { width, height } = fits ? old : fresh
  const down = (value: number) => Math.floor(value / GRID) * GRID
  const [x0, y0] = [down((needed.x0 + needed.x1 - width) / 2), down((needed.y0 + needed.y1 - height) / 2)]
  return { x0, y0, x1: x0 + width, y1: y0 + height }
}
