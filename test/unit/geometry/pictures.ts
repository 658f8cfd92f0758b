/** Pictures for geometry tests. */
import type { Polygon, Ring } from '../../../common/model.ts'

/** [height * width]: 1 where `inside` says so of the pixel's centre. */
export const paint = (width: number, height: number, inside: (x: number, y: number) => boolean): Uint8Array =>
  Uint8Array.from({ length: width * height }, (_, i) =>
    inside((i % width) + 0.5, Math.floor(i / width) + 0.5) ? 1 : 0,
  )

export const disc =
  (cx: number, cy: number, r: number) =>
  (x: number, y: number): boolean =>
    Math.hypot(x - cx, y - cy) <= r

/** Sum of a few random waves: blobs, holes, islands and saddles. Values about -1..1. */
export const randomField = (random: () => number, wavelength: number) => {
  const waves = Array.from({ length: 6 }, () => {
    const [angle, phase] = [random() * 2 * Math.PI, random() * 2 * Math.PI]
    const rate = ((0.6 + random()) * 2 * Math.PI) / wavelength
    return { a: Math.cos(angle) * rate, b: Math.sin(angle) * rate, phase }
  })
  const level = random() * 0.3
  return (x: number, y: number): number =>
    waves.reduce((sum, wave) => sum + Math.sin(wave.a * x + wave.b * y + wave.phase), 0) / 6 - level
}

export const maskIou = (a: Uint8Array, b: Uint8Array): number => {
  let [both, either] = [0, 0]
  for (let i = 0; i < a.length; i++) {
    both += a[i]! & b[i]!
    either += a[i]! | b[i]!
  }
  return either === 0 ? 1 : both / either
}

export const polygonOf = (outer: Ring, ...holes: Ring[]): Polygon => ({
  type: 'polygon',
  parts: [{ outer, holes }],
})

export const square = (x: number, y: number, side: number): Ring => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
]
