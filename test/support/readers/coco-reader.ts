/** A second reader of COCO instances JSON, from the format's definition (cocodataset.org, maskApi.c). */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { maskOfParts, type Mask } from './masks.ts'

const rle = z.strictObject({ size: z.tuple([z.int(), z.int()]), counts: z.string() })
const annotation = z.strictObject({
  id: z.int().positive(),
  image_id: z.int().positive(),
  category_id: z.int().positive(),
  segmentation: z.union([z.array(z.array(z.number()).min(6)).min(1), rle]),
  area: z.number().nonnegative(),
  bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  iscrowd: z.literal(0),
  score: z.number().min(0).max(1).optional(),
})
const instances = z.strictObject({
  info: z.object({ description: z.string(), version: z.string(), contributor: z.string() }),
  licenses: z.array(z.unknown()),
  categories: z.array(z.object({ id: z.int(), name: z.string(), supercategory: z.string() })),
  images: z.array(
    z.strictObject({
      id: z.int().positive(),
      file_name: z.string(),
      width: z.int().positive(),
      height: z.int().positive(),
      license: z.int().optional(),
    }),
  ),
  annotations: z.array(annotation),
})
export type Instances = z.infer<typeof instances>
export type Instance = z.infer<typeof annotation>

export const readInstances = (file: string): Instances =>
  instances.parse(JSON.parse(readFileSync(file, 'utf8')))

/** The runs of a compressed string: 6 bits a character, 5 of the number, one for "goes on". */
const runsOf = (text: string): number[] => {
  const runs: number[] = []
  let value = 0n
  let shift = 0n
  for (const character of text) {
    const bits = BigInt(character.charCodeAt(0) - 48)
    value |= (bits & 31n) << shift
    shift += 5n
    if (bits & 32n) continue
    const signed = Number(bits & 16n ? value - (1n << shift) : value)
    runs.push(runs.length > 2 ? signed + runs.at(-2)! : signed)
    value = 0n
    shift = 0n
  }
  return runs
}

const maskOfRuns = (text: string, width: number, height: number): Mask => {
  const data = new Uint8Array(width * height)
  let at = 0
  runsOf(text).forEach((run, index) => {
    for (const end = at + run; at < end; at++)
      if (index % 2 === 1) data[(at % height) * width + Math.floor(at / height)] = 1
  })
  if (at !== width * height) throw new Error(`The runs cover ${at} of ${width * height} pixels.`)
  return { width, height, data }
}

export const maskOfInstance = ({ segmentation }: Instance, width: number, height: number): Mask => {
  if (!Array.isArray(segmentation)) {
    if (segmentation.size[0] !== height || segmentation.size[1] !== width)
      throw new Error('The RLE has another size.')
    return maskOfRuns(segmentation.counts, width, height)
  }
  const parts = segmentation.map((list) => {
    if (list.length % 2 !== 0) throw new Error('A polygon has an odd number of coordinates.')
    const points = list.flatMap((x, index): [number, number][] =>
      index % 2 === 0 ? [[x, list[index + 1]!]] : [],
    )
    return [points]
  })
  return maskOfParts(parts, width, height)
}
