/** A coin of the sample photo that goes over the cat's, frame by frame, as pictures and known outlines. */
import { join } from 'node:path'
import { readFile, writeFile } from 'node:fs/promises'
import { Transformer } from '@napi-rs/image'
import { frameAt, type Film, type Place } from '../../bench/follow/sequence.ts'
import type { Polygon, Ring } from '../../common/model.ts'
import { decodeUprightBytes } from '../../core/images/decode.ts'

const sample = join(import.meta.dirname, '../../projects/sample')
const frame = { width: 512, height: 384 }

/** A circle as an outline of 48 vertices, image pixels. */
export const circle = (x: number, y: number, radius: number): Polygon => ({
  type: 'polygon',
  parts: [
    {
      outer: Array.from({ length: 48 }, (_, i): Ring[number] => {
        const angle = (2 * Math.PI * i) / 48
        return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)]
      }),
      holes: [],
    },
  ],
})

const placeAt = (time: number): Place => ({
  x: 0.3 + 0.3 * time,
  y: 0.6 + 0.1 * time,
  size: 0.3 + 0.05 * time,
  turn: 0.3 * time,
})

/** Where the coin is in a frame, image pixels. */
export const coinAt = (index: number, frames: number): Polygon => {
  const { x, y, size } = placeAt(index / (frames - 1))
  return circle(x * frame.width, y * frame.height, (size * frame.height) / 2)
}

/** Writes frame-0.png, frame-1.png, ... @returns their paths */
export const writeCoinFilm = async (folder: string, frames: number): Promise<string[]> => {
  const pixels = async (name: string) => decodeUprightBytes(await readFile(join(sample, name)))
  const film: Film = {
    name: 'coin',
    frame,
    frames,
    background: await pixels('cat.jpg'),
    viewAt: () => ({ x: 0.5, y: 0.5, share: 0.9 }),
    actors: [{ cutout: { photo: await pixels('coins.png'), shape: circle(46.5, 259.5, 26) }, placeAt }],
    covers: [],
  }
  const files: string[] = []
  for (let index = 0; index < frames; index++) {
    const { rgb } = frameAt(film, index)
    const rgba = new Uint8Array((4 * rgb.length) / 3).fill(255)
    for (let at = 0; 3 * at < rgb.length; at++) rgba.set(rgb.subarray(3 * at, 3 * at + 3), 4 * at)
    const file = join(folder, `frame-${index}.png`)
    await writeFile(file, await Transformer.fromRgbaPixels(rgba, frame.width, frame.height).png())
    files.push(file)
  }
  return files
}
