/** Pictures for what the sample photos don't show: a cup whose handle has a hole, and a photo with a pole before it. */
import { readFile, writeFile } from 'node:fs/promises'
import { Transformer } from '@napi-rs/image'
import { createRandom } from './random.ts'

type Color = readonly [number, number, number]

/** Writes a PNG of what `colorAt` says, a little grainy as photos are. */
const paint = async (
  file: string,
  { width, height }: { width: number; height: number },
  colorAt: (x: number, y: number) => Color,
) => {
  const random = createRandom(3)
  const pixels = new Uint8Array(width * height * 4)
  for (let at = 0; at < width * height; at++) {
    const grain = (random() - 0.5) * 10
    const color = colorAt(at % width, Math.floor(at / width))
    pixels.set([...color.map((value) => Math.max(0, Math.min(255, value + grain))), 255], at * 4)
  }
  await writeFile(file, await Transformer.fromRgbaPixels(pixels, width, height).png())
}

/** Of `writeCup`'s picture, image pixels: all of the cup, and a place in the hole of its handle. */
export const cup = { width: 480, height: 360, from: [82, 68], to: [412, 312], hole: [335, 190] } as const

/** A light cup before a dark wall, seen from the side; its handle is half a ring at its right. */
export const writeCup = (file: string): Promise<void> =>
  paint(file, cup, (x, y) => {
    const across = Math.abs(x - 180)
    const outer = Math.hypot((x - 290) / 110, (y - 190) / 100)
    const inner = Math.hypot((x - 290) / 80, (y - 190) / 70)
    const lit = (light: number): Color => [225 * light, 220 * light, 210 * light]
    if (across < 95 && y > 70 && y < 310) return lit(1 - across / 220)
    if (x > 260 && outer < 1 && inner > 1) return lit(0.68 + 0.22 * Math.cos((outer + inner - 2) * 6))
    return y > 285 ? [150, 112, 78] : [60, 62, 60]
  })

/** Copies a photo with a grey pole before it. @param pole image pixels, from left to right */
export const writeWithPole = async (photo: string, file: string, pole: readonly [number, number]) => {
  const decoder = new Transformer(await readFile(photo))
  const size = await decoder.metadata()
  const raw = await decoder.rawPixels()
  const channels = raw.length / (size.width * size.height)
  await paint(file, size, (x, y) => {
    const at = (y * size.width + x) * channels
    const shade = 90 + (60 * (x - pole[0])) / (pole[1] - pole[0])
    if (x >= pole[0] && x < pole[1]) return [shade, shade + 4, shade + 8]
    return [raw[at]!, raw[at + 1]!, raw[at + 2]!]
  })
}
