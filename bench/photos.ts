/** Images to measure with, made from the sample photos. The samples are only read. */
import { appendFileSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ResizeFit, Transformer } from '@napi-rs/image'
import { probeImage } from '../core/images/read-file.ts'

const sample = join(resolve(import.meta.dirname, '..'), 'projects', 'sample', 'coffee.jpg')

export interface Photo {
  readonly name: string
  readonly file: string
  readonly width: number
  readonly height: number
}

const sizes = [
  { name: '4:3, 1024 x 768', width: 1024, height: 768 },
  { name: '12 megapixels, 4000 x 3000', width: 4000, height: 3000 },
] as const

/** The cup of coffee cut to 4:3 and scaled: one small photo and one of 12 megapixels. */
export const makePhotos = async (folder: string): Promise<{ small: Photo; large: Photo }> => {
  mkdirSync(folder, { recursive: true })
  // In two steps: a transformer resizes before it crops, whatever the order of the calls.
  const cup = await new Transformer(readFileSync(sample)).crop(33, 0, 533, 400).png()
  const make = async ({ name, width, height }: (typeof sizes)[number]): Promise<Photo> => {
    const file = join(folder, `coffee-${width}.jpg`)
    writeFileSync(file, await new Transformer(cup).resize({ width, height, fit: ResizeFit.Fill }).jpeg(90))
    const made = await probeImage(file)
    if (made.width !== width || made.height !== height)
      throw new Error(`${file} is ${made.width} x ${made.height}, not ${width} x ${height}.`)
    return { name, file, width, height }
  }
  return { small: await make(sizes[0]), large: await make(sizes[1]) }
}

/**
 * A copy that looks the same and has another content: bytes after the end of a JPEG are ignored. So nothing that was
 * kept of the original is found again.
 */
export const copyAnew = (file: string, to: string, mark: string): string => {
  copyFileSync(file, to)
  appendFileSync(to, mark)
  return to
}

/** A folder of `count` different small photos (40 kB each or so), in subfolders of 1,000. */
export const makeFolder = async (folder: string, count: number): Promise<void> => {
  const bytes = await new Transformer(readFileSync(sample)).resize(320, 240).jpeg(80)
  for (let i = 0; i < count; i++) {
    const below = count > 1000 ? join(folder, `shelf-${Math.floor(i / 1000)}`) : folder
    if (i % 1000 === 0) mkdirSync(below, { recursive: true })
    writeFileSync(join(below, `photo-${i + 1}.jpg`), Buffer.concat([bytes, Buffer.from(`photo ${i}`)]))
  }
}
