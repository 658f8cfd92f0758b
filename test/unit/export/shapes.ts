/** Shapes that formats get wrong. */
import type { Polygon, Rectangle, Ring } from '../../../common/model.ts'

export const circle = (cx: number, cy: number, radius: number, points = 48): Ring =>
  Array.from({ length: points }, (_, index): [number, number] => {
    const angle = (2 * Math.PI * index) / points
    return [cx + radius * Math.cos(angle), cy + radius * Math.sin(angle)]
  })

export const polygonOf = (...parts: { outer: Ring; holes?: Ring[] }[]): Polygon => ({
  type: 'polygon',
  parts: parts.map(({ outer, holes = [] }) => ({ outer, holes })),
})

export const rectangle = (x: number, y: number, width: number, height: number): Rectangle => ({
  type: 'rectangle',
  x,
  y,
  width,
  height,
})

export const disc = polygonOf({ outer: circle(40, 40, 20) })
export const ring = polygonOf({ outer: circle(60, 40, 35), holes: [circle(60, 40, 20)] })
export const twoParts = polygonOf({ outer: circle(25, 25, 15) }, { outer: circle(90, 50, 20) })
/** Of an image of 120 x 80 the right half of the disc sticks out. */
export const halfOut = polygonOf({ outer: circle(120, 40, 20) })
export const outside = rectangle(200, 10, 20, 20)
