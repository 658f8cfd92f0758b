/**
 * Sequences of frames whose masks are known: objects cut out of photos by their outlines, moved, turned, scaled and
 * covered before a background that moves too. Nothing is left to chance: the same films each time.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Transformer } from '@napi-rs/image'
import { bboxOf } from '../../common/geometry/measure.ts'
import type { Size } from '../../common/geometry/point.ts'
import { rasterise } from '../../common/geometry/rasterise.ts'
import type { Polygon } from '../../common/model.ts'
import { encodePng } from '../../core/export/png.ts'
import type { Pixels } from '../../core/inference/host/pixels.ts'

/** An object and the photo that it is cut out of. */
export interface Cutout {
  readonly photo: Pixels
  readonly shape: Polygon
}

/** Where a cut-out is at a time, 0..1 of the film. */
export interface Place {
  /** Its middle, shares of the frame's sides. */
  readonly x: number
  readonly y: number
  /** Its long side, as a share of the frame's height. */
  readonly size: number
  /** Radians, clockwise. */
  readonly turn: number
}

interface Actor {
  readonly cutout: Cutout
  readonly placeAt: (time: number) => Place
}

export interface Film {
  readonly name: string
  readonly frame: Size
  readonly frames: number
  readonly background: Pixels
  /** Where the middle of the view is in the background, and how much is seen of it (1: all), at a time. */
  readonly viewAt: (time: number) => { readonly x: number; readonly y: number; readonly share: number }
  /** Followed: object 1, 2, ... of the masks. Later ones cover earlier ones. */
  readonly actors: readonly Actor[]
  /** Not followed; they cover all others. */
  readonly covers: readonly Actor[]
}

/** Bilinear, the nearest pixel beyond the edge. Writes red, green, blue, 0..255. */
const sampleInto = ({ width, height, rgb }: Pixels, x: number, y: number, into: Float64Array) => {
  const [px, py] = [Math.min(width - 1, Math.max(0, x - 0.5)), Math.min(height - 1, Math.max(0, y - 0.5))]
  const [left, top] = [Math.min(width - 2, Math.floor(px)), Math.min(height - 2, Math.floor(py))]
  const [fx, fy] = [px - left, py - top]
  const at = 3 * (top * width + left)
  const below = at + 3 * width
  for (let k = 0; k < 3; k++) {
    const upper = rgb[at + k]! * (1 - fx) + rgb[at + 3 + k]! * fx
    const lower = rgb[below + k]! * (1 - fx) + rgb[below + 3 + k]! * fx
    into[k] = upper * (1 - fy) + lower * fy
  }
}

interface Layer {
  readonly photo: Pixels
  readonly inside: Uint8Array
  readonly middle: { readonly x: number; readonly y: number }
  readonly longSide: number
}

const layerOf = ({ photo, shape }: Cutout): Layer => {
  const { width, height } = photo
  const box = bboxOf(shape)
  return {
    photo,
    inside: rasterise(shape, width, height, { x: 0, y: 0, width, height }).data,
    middle: { x: box.x + box.width / 2, y: box.y + box.height / 2 },
    longSide: Math.max(box.width, box.height),
  }
}

/** Four looks a pixel for the edge, so that it is no staircase that gives the object away. */
const looks = [0.25, 0.75] as const

/** Draws the layer into the frame. @param mask gets `value` where more than half of a pixel is covered */
const draw = (
  { photo, inside, middle, longSide }: Layer,
  { x, y, size, turn }: Place,
  frame: Size,
  rgb: Uint8Array,
  mask: Uint8Array,
  value: number,
) => {
  const scale = longSide / (size * frame.height)
  const [cos, sin] = [Math.cos(-turn), Math.sin(-turn)]
  const back = (px: number, py: number) => {
    const [dx, dy] = [px - x * frame.width, py - y * frame.height]
    return { x: middle.x + scale * (cos * dx - sin * dy), y: middle.y + scale * (sin * dx + cos * dy) }
  }
  const covers = (px: number, py: number) => {
    const from = back(px, py)
    const [ix, iy] = [Math.floor(from.x), Math.floor(from.y)]
    if (ix < 0 || iy < 0 || ix >= photo.width || iy >= photo.height) return 0
    return inside[iy * photo.width + ix]!
  }
  const color = new Float64Array(3)
  const reach = Math.ceil(0.75 * size * frame.height)
  const [cx, cy] = [Math.floor(x * frame.width), Math.floor(y * frame.height)]
  for (let py = Math.max(0, cy - reach); py < Math.min(frame.height, cy + reach); py++)
    for (let px = Math.max(0, cx - reach); px < Math.min(frame.width, cx + reach); px++) {
      let share = 0
      for (const dy of looks) for (const dx of looks) share += covers(px + dx, py + dy) / 4
      if (share === 0) continue
      const from = back(px + 0.5, py + 0.5)
      sampleInto(photo, from.x, from.y, color)
      const at = py * frame.width + px
      for (let k = 0; k < 3; k++) rgb[3 * at + k] = rgb[3 * at + k]! * (1 - share) + color[k]! * share
      if (share > 0.5) mask[at] = value
    }
}

/** The pixels of a frame and its masks: 0 background, 1, 2, ... the actors. */
export const frameAt = (film: Film, index: number): { rgb: Uint8Array; mask: Uint8Array } => {
  const { frame, frames, background, viewAt, actors, covers } = film
  const time = frames === 1 ? 0 : index / (frames - 1)
  const rgb = new Uint8Array(3 * frame.width * frame.height)
  const mask = new Uint8Array(frame.width * frame.height)
  const view = viewAt(time)
  const scale = view.share * Math.min(background.width / frame.width, background.height / frame.height)
  const color = new Float64Array(3)
  for (let y = 0, at = 0; y < frame.height; y++)
    for (let x = 0; x < frame.width; x++, at += 3) {
      const fromX = view.x * background.width + (x + 0.5 - frame.width / 2) * scale
      const fromY = view.y * background.height + (y + 0.5 - frame.height / 2) * scale
      sampleInto(background, fromX, fromY, color)
      rgb.set(color, at)
    }
  for (const [place, actor] of actors.entries())
    draw(layerOf(actor.cutout), actor.placeAt(time), frame, rgb, mask, place + 1)
  for (const cover of covers) draw(layerOf(cover.cutout), cover.placeAt(time), frame, rgb, mask, 0)
  return { rgb, mask }
}

const nameOf = (index: number) => String(index).padStart(5, '0')

/** Writes the film as DAVIS lays its own out: JPEGImages/NAME/00000.jpg and Annotations/NAME/00000.png. */
export const writeFilm = async (film: Film, folder: string): Promise<void> => {
  const [images, masks] = ['JPEGImages', 'Annotations'].map((name) => join(folder, name, film.name))
  mkdirSync(images!, { recursive: true })
  mkdirSync(masks!, { recursive: true })
  const { width, height } = film.frame
  for (let index = 0; index < film.frames; index++) {
    const { rgb, mask } = frameAt(film, index)
    const rgba = new Uint8Array(4 * width * height).fill(255)
    for (let at = 0; at < width * height; at++) rgba.set(rgb.subarray(3 * at, 3 * at + 3), 4 * at)
    const jpeg = await Transformer.fromRgbaPixels(rgba, width, height).jpeg(90)
    writeFileSync(join(images!, `${nameOf(index)}.jpg`), jpeg)
    writeFileSync(join(masks!, `${nameOf(index)}.png`), await encodePng(mask, film.frame))
  }
}
