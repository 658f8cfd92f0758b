/**
 * A second reader of labelme's JSON, by what its own loader demands (labelme/_label_file.py, _load_shape_json_obj):
 * what it would refuse is refused here. Shapes of one group are one object, as labelme's export scripts have it.
 */
import { readFileSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import { z } from 'zod'

const shape = z.object({
  label: z.string(),
  points: z.array(z.tuple([z.number(), z.number()])).min(1),
  shape_type: z.enum(['polygon', 'rectangle', 'circle', 'line', 'point', 'linestrip', 'points', 'mask']),
  flags: z.record(z.string(), z.boolean()).nullish(),
  description: z.string().nullish(),
  group_id: z.int().nullish(),
  mask: z.string().nullish(),
  score: z.number().optional(),
})

const file = z.object({
  version: z.string(),
  flags: z.record(z.string(), z.boolean()),
  shapes: z.array(shape),
  imagePath: z.string().min(1),
  imageData: z.null(),
  imageHeight: z.int().positive(),
  imageWidth: z.int().positive(),
})

interface LabelmeObject {
  readonly label: string
  readonly type: string
  readonly score: number | null
  /** One ring a shape; a rectangle as its four corners. */
  readonly rings: readonly (readonly [number, number][])[]
}

export interface LabelmeFile {
  /** Absolute; the file is there. */
  readonly image: string
  readonly width: number
  readonly height: number
  readonly objects: readonly LabelmeObject[]
}

const ringOf = ({ shape_type, points }: z.infer<typeof shape>): [number, number][] => {
  if (shape_type === 'polygon') {
    if (points.length < 3) throw new Error('A polygon has fewer than three points.')
    return points
  }
  if (shape_type !== 'rectangle' || points.length !== 2) throw new Error(`Not read here: ${shape_type}`)
  const [[ax, ay], [bx, by]] = points as [[number, number], [number, number]]
  return [
    [ax, ay],
    [bx, ay],
    [bx, by],
    [ax, by],
  ]
}

export const readLabelme = (path: string): LabelmeFile => {
  const read = file.parse(JSON.parse(readFileSync(path, 'utf8')))
  if (isAbsolute(read.imagePath) || read.imagePath.includes('\\'))
    throw new Error('imagePath is not relative.')
  const image = join(dirname(path), read.imagePath)
  if (!statSync(image).isFile()) throw new Error(`${image} is no file.`)
  const groups = new Map<string, z.infer<typeof shape>[]>()
  read.shapes.forEach((one, index) => {
    const key = typeof one.group_id !== 'number' ? `alone ${index}` : `group ${one.group_id}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  })
  const objects = [...groups.values()].map((shapes): LabelmeObject => {
    if (new Set(shapes.map(({ label }) => label)).size > 1) throw new Error('A group has several labels.')
    const [first] = shapes
    const { label, shape_type: type, score = null } = first!
    return { label, type, score, rings: shapes.map(ringOf) }
  })
  return { image, width: read.imageWidth, height: read.imageHeight, objects }
}
