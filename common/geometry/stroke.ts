/** A brush stroke as a shape: painted in whole pixels of the image, and outlined like any binary mask. */
import type { Polygon } from '../model.ts'
import { polygonOfRaster } from './mask-to-polygon.ts'
import type { ImagePoint, Size } from './point.ts'
import { pixelWindow, type Raster } from './rasterise.ts'

/** Where the disc of that radius around (x, y) covers the row's centre line, from the first to the second; null for nowhere. */
const acrossDisc = (x: number, y: number, radius: number, row: number): readonly [number, number] | null => {
  const square = radius * radius - (row - y) ** 2
  if (square < 0) return null
  const half = Math.sqrt(square)
  return [x - half, x + half]
}

/** Where the sides that join the two discs cross the row. */
const acrossSides = (a: ImagePoint, b: ImagePoint, radius: number, row: number): number[] => {
  const length = Math.hypot(b.x - a.x, b.y - a.y)
  if (length === 0) return []
  const [nx, ny] = [(-(b.y - a.y) / length) * radius, ((b.x - a.x) / length) * radius]
  return [1, -1].flatMap((side) => {
    const [ay, by] = [a.y + side * ny, b.y + side * ny]
    if (ay === by || row < Math.min(ay, by) || row > Math.max(ay, by)) return []
    return [a.x + side * nx + ((row - ay) / (by - ay)) * (b.x - a.x)]
  })
}

/** Sets the pixels whose centre is within `radius` of the line from a to b. */
const paintSegment = (
  { x, y, width, height, data }: Raster,
  a: ImagePoint,
  b: ImagePoint,
  radius: number,
) => {
  const top = Math.max(0, Math.ceil(Math.min(a.y, b.y) - radius - y - 0.5))
  const end = Math.min(height, Math.floor(Math.max(a.y, b.y) + radius - y - 0.5) + 1)
  for (let line = top; line < end; line++) {
    const row = y + line + 0.5
    // The stroke from a to b is convex: what it covers of a row is in one piece.
    const ends = [
      ...(acrossDisc(a.x, a.y, radius, row) ?? []),
      ...(acrossDisc(b.x, b.y, radius, row) ?? []),
      ...acrossSides(a, b, radius, row),
    ]
    if (ends.length === 0) continue
    const from = Math.max(0, Math.ceil(Math.min(...ends) - x - 0.5))
    const to = Math.min(width, Math.floor(Math.max(...ends) - x - 0.5) + 1)
    if (to > from) data.fill(1, line * width + from, line * width + to)
  }
}

/** The pixel that a point lies in is painted, however fine the brush. */
const paintPixel = ({ x, y, width, height, data }: Raster, point: ImagePoint) => {
  const [column, line] = [Math.floor(point.x) - x, Math.floor(point.y) - y]
  if (column >= 0 && line >= 0 && column < width && line < height) data[line * width + column] = 1
}

/**
 * The pixels that a round brush covers along a path.
 * @param diameter image pixels
 * @param size of the image, which the stroke is cut to
 */
export const rasterOfStroke = (path: readonly ImagePoint[], diameter: number, size: Size): Raster => {
  const radius = diameter / 2
  // As wide as a pixel at least, for a brush of less.
  const reach = Math.max(1, radius)
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y } of path) {
    x0 = Math.min(x0, x - reach)
    y0 = Math.min(y0, y - reach)
    x1 = Math.max(x1, x + reach)
    y1 = Math.max(y1, y + reach)
  }
  const box =
    path.length === 0
      ? { x: 0, y: 0, width: 0, height: 0 }
      : { x: x0, y: y0, width: x1 - x0, height: y1 - y0 }
  const window = pixelWindow(box, size.width, size.height)
  const raster = { ...window, data: new Uint8Array(window.width * window.height) }
  path.forEach((point, i) => {
    paintSegment(raster, path[i - 1] ?? point, point, radius)
    paintPixel(raster, point)
  })
  return raster
}

/** The outline of a stroke, as every binary mask is outlined; null when it lies outside the image. */
export const shapeOfStroke = (path: readonly ImagePoint[], diameter: number, size: Size): Polygon | null =>
  polygonOfRaster(rasterOfStroke(path, diameter, size), size.width, size.height, {
    tolerance: 0.5,
    minArea: 0,
    minShare: 0,
  })
