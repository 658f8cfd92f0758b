/** Objects of COCO JSON: results (a list of detections) and instances (images, categories, annotations). Pure. */
import { changeOfName, cleanLabelName, namelessClass, notesOfNames } from '../../../common/label-name.ts'
import type { Problem } from '../../../common/contract/work.ts'
import { checkValue } from '../../../common/plain-faults.ts'
import { z } from 'zod'
import { readProblem, type ReadObject, type ReadLabels } from '../../import/objects.ts'
import { shapeOfSegmentation } from './segmentation.ts'

const idSchema = z.union([z.number(), z.string()])
const recordSchema = z.object({
  image_id: idSchema.optional(),
  file_name: z.string().optional(),
  category_id: z.int().nonnegative(),
  bbox: z.tuple([z.number(), z.number(), z.number().positive(), z.number().positive()]),
  score: z.number().optional(),
  iscrowd: z.union([z.number(), z.boolean()]).optional(),
  segmentation: z.unknown().optional(),
})
const imageSchema = z.object({
  id: idSchema,
  file_name: z.string().min(1),
  width: z.int().positive().optional(),
  height: z.int().positive().optional(),
})
const categorySchema = z.object({ id: z.int(), name: z.string().catch('') })
const instancesSchema = z.object({
  images: z.array(z.unknown()),
  categories: z.array(z.unknown()),
  annotations: z.array(z.unknown()).optional(),
})

/** What an instances JSON tells of the ids in it. */
export interface CocoIndex {
  readonly images: ReadonlyMap<string, z.infer<typeof imageSchema>>
  readonly categories: ReadonlyMap<number, string>
  /** What was changed in the names, in sentences. */
  readonly notes: readonly string[]
}

/** Null when it is no instances JSON. Records that can't be read are missing in it. */
export const readCocoIndex = (json: unknown): CocoIndex | null => {
  const read = instancesSchema.safeParse(json)
  if (!read.success) return null
  const images = read.data.images.flatMap((one) => imageSchema.safeParse(one).data ?? [])
  const categories = read.data.categories.flatMap((one) => categorySchema.safeParse(one).data ?? [])
  const named = categories.map(({ id, name }) => ({
    id,
    name,
    clean: cleanLabelName(name) || namelessClass(id),
  }))
  const changes = named
    .map(({ id, name, clean }) => changeOfName(id, name, clean))
    .filter((one) => one !== null)
  return {
    images: new Map(images.map((image) => [String(image.id), image])),
    categories: new Map(named.map(({ id, clean }) => [id, clean])),
    notes: notesOfNames(changes),
  }
}

/** Detectors that know class numbers alone count from 0, COCO from 1: the numbers that occur show which. */
const categoriesOf = (names: readonly string[], ids: readonly number[]) => {
  const first = ids.includes(0) ? 0 : 1
  return new Map(names.map((name, index) => [index + first, name]))
}

const sizeOf = (image: z.infer<typeof imageSchema> | undefined) =>
  image?.width !== undefined && image.height !== undefined
    ? { width: image.width, height: image.height }
    : null

const unreadNote = (count: number) =>
  count === 1
    ? 'One segmentation can’t be read; the box of its object can.'
    : `${count} segmentations can’t be read; the boxes of their objects can.`

/**
 * The objects of a results or instances JSON.
 * @param index of an instances JSON with the images and categories of the results; null when there is none
 * @param names of the classes, for results without an index
 * @returns null when the JSON is neither
 */
export const readCocoRecords = (
  json: unknown,
  index: CocoIndex | null,
  names: readonly string[],
  where: string,
): Omit<ReadLabels, 'namesFrom'> | null => {
  const own = readCocoIndex(json)
  const records = Array.isArray(json)
    ? (json as unknown[])
    : instancesSchema.safeParse(json).data?.annotations
  if (records === undefined) return null
  const known = own ?? index
  const byName = new Map<string, ReadObject[]>()
  const problems: Problem[] = []
  let unread = 0
  const read = records.map((record) => checkValue(recordSchema, record))
  const ids = read.flatMap((one) => ('data' in one ? one.data.category_id : []))
  const categories = known?.categories ?? categoriesOf(names, ids)

  for (const [number, one] of read.entries()) {
    const place = `${where}, record ${number + 1}`
    if ('fault' in one) {
      problems.push(readProblem(null, `${place} is no box (${one.fault}); it is left out.`))
      continue
    }
    const { data } = one
    const image = data.image_id === undefined ? undefined : known?.images.get(String(data.image_id))
    const name = image?.file_name ?? data.file_name ?? data.image_id?.toString()
    if (name === undefined) {
      problems.push(readProblem(null, `${place} does not say which image it is of; it is left out.`))
      continue
    }
    if (Number(data.iscrowd ?? 0) === 1) {
      problems.push(readProblem(name, `${place} is a crowd, not one object; it is left out.`))
      continue
    }
    const [x, y, width, height] = data.bbox
    const shape = shapeOfSegmentation(data.segmentation)
    if (shape === null) unread++
    const object: ReadObject = {
      label: categories.get(data.category_id) ?? namelessClass(data.category_id),
      box: [x, y, x + width, y + height],
      unit: 'pixel',
      shape: shape ?? { type: 'box' },
      score: data.score ?? null,
      size: sizeOf(image),
      where: place,
    }
    const objects = byName.get(name)
    if (objects) objects.push(object)
    else byName.set(name, [object])
  }
  return {
    images: [...byName].map(([name, objects]) => ({ name, objects })),
    problems,
    notes: [...(known?.notes ?? []), ...(unread === 0 ? [] : [unreadNote(unread)])],
  }
}
