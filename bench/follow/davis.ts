/** Frames with masks as DAVIS lays them out: JPEGImages/[480p/]NAME/*.jpg beside Annotations/[480p/]NAME/*.png. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { readPngSamples } from '../../core/import/png-samples.ts'
import type { Mask } from '../quality/masks.ts'

export interface Frame {
  readonly image: string
  readonly annotation: string
}

export interface Sequence {
  readonly name: string
  readonly frames: readonly Frame[]
}

const inside = (folder: string) => {
  const deeper = join(folder, '480p')
  return existsSync(deeper) ? deeper : folder
}

/** @param every takes each such frame: 3 is every third @throws Error when the folder is none of these */
export const readSequences = (folder: string, every = 1): Sequence[] => {
  const [images, masks] = [join(folder, 'JPEGImages'), join(folder, 'Annotations')].map(inside) as [
    string,
    string,
  ]
  if (!existsSync(images) || !existsSync(masks))
    throw new Error(`${folder} has no JPEGImages and Annotations, as DAVIS has them.`)
  return readdirSync(images)
    .filter((name) => statSync(join(images, name)).isDirectory() && existsSync(join(masks, name)))
    .sort()
    .map((name) => ({
      name,
      frames: readdirSync(join(images, name))
        .filter((file) => ['.jpg', '.jpeg', '.png'].includes(extname(file).toLowerCase()))
        .sort()
        .filter((_, index) => index % every === 0)
        .map((file) => ({
          image: join(images, name, file),
          annotation: join(masks, name, `${file.slice(0, -extname(file).length)}.png`),
        }))
        .filter(({ annotation }) => existsSync(annotation)),
    }))
    .filter(({ frames }) => frames.length > 1)
}

/** The objects of a frame by their numbers; 255 is the one object of DAVIS 2016. */
export const readMasks = ({ annotation }: Frame): Map<number, Mask> => {
  const { width, height, data } = readPngSamples(readFileSync(annotation), annotation)
  const numbers = [...new Set(data)].filter((value) => value > 0)
  return new Map(
    numbers.map((number) => [
      number,
      { width, height, data: Uint8Array.from(data, (value) => (value === number ? 1 : 0)) },
    ]),
  )
}
