/** The films that following is measured on: objects of the COCO photos before the sample photos. */
import { join } from 'node:path'
import type { Size } from '../../common/geometry/point.ts'
import { decodeUpright } from '../../core/images/decode.ts'
import { readLabels } from '../quality/labels.ts'
import type { Cutout, Film, Place } from './sequence.ts'

/** DAVIS's own size. */
const frame: Size = { width: 854, height: 480 }
const FRAMES = 24

const still = { x: 0.5, y: 0.5, share: 0.8 }
const turnOf = (time: number, most: number) => most * Math.sin(2 * Math.PI * time)

/** From one side to the other, nearer or further, turning a little. */
const across =
  (from: number, to: number, sizes: readonly [number, number], y = 0.5) =>
  (time: number): Place => ({
    x: from + (to - from) * time,
    y: y + 0.08 * Math.sin(3 * Math.PI * time),
    size: sizes[0] + (sizes[1] - sizes[0]) * time,
    turn: turnOf(time, 0.2),
  })

/** It stays where it is while others pass. */
const standing =
  (x: number, size: number, y = 0.55) =>
  (time: number): Place => ({ x: x + 0.04 * Math.sin(2 * Math.PI * time), y, size, turn: turnOf(time, 0.1) })

/** The view goes over the background, and nearer. */
const panning = (time: number) => ({ x: 0.4 + 0.2 * time, y: 0.5, share: 0.85 - 0.2 * time })
const resting = () => still

/** COCO photo and line of its labels of each object. */
const objects = {
  plane: ['000000000081', 0],
  zebra: ['000000000034', 0],
  giraffe: ['000000000025', 0],
  woman: ['000000000036', 1],
  vase: ['000000000030', 0],
  dog: ['000000000074', 0],
  clock: ['000000000064', 3],
  otherClock: ['000000000078', 0],
  cup: ['000000000127', 2],
  motorbike: ['000000000073', 0],
  person: ['000000000113', 9],
  jar: ['000000000142', 0],
} as const satisfies Record<string, readonly [string, number]>

/** @param data the folder with `photos/` and `coco-dev/` */
export const makeFilms = async (data: string): Promise<Film[]> => {
  const cut = async (name: keyof typeof objects): Promise<Cutout> => {
    const [photo, line] = objects[name]
    const pixels = await decodeUpright(join(data, 'coco-dev', 'images', `${photo}.jpg`))
    const labels = join(data, 'coco-dev', 'labels', `${photo}.txt`)
    return { photo: pixels, shape: readLabels(labels, pixels.width, pixels.height)[line]! }
  }
  const film = async (
    name: string,
    background: string,
    viewAt: Film['viewAt'],
    actors: readonly (readonly [keyof typeof objects, (time: number) => Place])[],
    covers: typeof actors = [],
  ): Promise<Film> => {
    const cast = (all: typeof actors) =>
      Promise.all(all.map(async ([one, placeAt]) => ({ cutout: await cut(one), placeAt })))
    return {
      name,
      frame,
      frames: FRAMES,
      background: await decodeUpright(join(data, 'photos', background)),
      viewAt,
      actors: await cast(actors),
      covers: await cast(covers),
    }
  }
  return Promise.all([
    film('plane-nearer', 'rocket.jpg', panning, [['plane', across(0.2, 0.7, [0.25, 0.7])]]),
    film('zebra-walks', 'cat.jpg', panning, [['zebra', across(0.25, 0.75, [0.5, 0.55])]]),
    film('giraffe-runs', 'coffee.jpg', resting, [['giraffe', across(0.1, 0.9, [0.6, 0.5])]]),
    film('dog-turns', 'astronaut.jpg', resting, [
      ['dog', (time) => ({ ...across(0.4, 0.6, [0.5, 0.5])(time), turn: Math.PI * time })],
    ]),
    film(
      'woman-behind-vase',
      'coins.png',
      resting,
      [['woman', standing(0.5, 0.75)]],
      [['vase', across(0.05, 0.95, [0.5, 0.5])]],
    ),
    film('clocks-cross', 'coffee.jpg', panning, [
      ['clock', across(0.2, 0.8, [0.4, 0.4])],
      ['otherClock', across(0.8, 0.2, [0.35, 0.4])],
    ]),
    film('cup-further', 'galaxies.jpg', panning, [['cup', across(0.3, 0.7, [0.8, 0.2])]]),
    film(
      'motorbike-behind-person',
      'astronaut.jpg',
      panning,
      [['motorbike', standing(0.45, 0.7)]],
      [['person', across(0.9, 0.1, [0.8, 0.8])]],
    ),
    film('jar-leaves', 'cat.jpg', resting, [['jar', across(0.3, 1.5, [0.5, 0.5])]]),
  ])
}
