/**
 * YOLO with a row for each place of its grid: v5 [1, 3 * places, 5 + classes], v8, v9, 11 and 12 [1, 4 + classes,
 * places], both with more for masks, rotated boxes and points.
 */
import type { Decoding, DetectorRecipe, ProbedOutput, RowExtra } from '../inference/detector.ts'
import type { DetectorMetadata } from './metadata.ts'
import { nameClasses } from './naming.ts'
import type { Family, Known } from './recognise.ts'
import { said } from '../../common/said.ts'

/** IoU above which Ultralytics' `predict` and YOLOv5's `detect.py` drop the lower of two boxes. */
const iou = { now: 0.7, v5: 0.45 } as const

/** Places of the grids of strides 8, 16 and 32, and of those with 4 or 64 too. */
const placesOf = ({ width, height }: { width: number; height: number }): number[] => {
  const at = (stride: number) => Math.ceil(width / stride) * Math.ceil(height / stride)
  const usual = at(8) + at(16) + at(32)
  return [usual, usual + at(64), usual + at(4)]
}

interface Table {
  readonly output: ProbedOutput
  readonly attributesFirst: boolean
  readonly attributes: number
  readonly anchors: boolean
}

const tableOf = ({ input, outputs }: Known): Table | null => {
  const places = placesOf(input.image)
  const isPlaces = (rows: number) => places.includes(rows) || places.some((one) => 3 * one === rows)
  for (const output of outputs) {
    const [batch, a = 0, b = 0] = output.shape
    if (output.shape.length !== 3 || batch !== 1) continue
    // A frame of 64 x 64 has 84 places, and COCO 84 attributes: the newer way is likelier.
    const rows = isPlaces(b) ? b : isPlaces(a) ? a : null
    if (rows === null) continue
    const attributesFirst = rows === b
    return { output, attributesFirst, attributes: attributesFirst ? a : b, anchors: !places.includes(rows) }
  }
  return null
}

/** What may follow the classes, and how many numbers that takes. */
export const extrasOf = (
  { metadata, outputs }: Pick<Known, 'metadata' | 'outputs'>,
  rest: number,
): { extra: RowExtra; task: DetectorRecipe['task']; numbers: number }[] => {
  const prototypes = outputs.find(({ shape }) => shape.length === 4 && shape[0] === 1)
  if (prototypes !== undefined && (prototypes.shape[1] ?? 0) > 0 && (prototypes.shape[1] ?? 0) < rest) {
    const count = prototypes.shape[1]!
    const extra: RowExtra = { kind: 'coefficients', prototypes: prototypes.name, count }
    return [{ extra, task: 'masks', numbers: count }]
  }
  const { task, points, names } = metadata
  const plain = { extra: { kind: 'none' }, task: 'boxes', numbers: 0 } as const
  const turned = { extra: { kind: 'angle' }, task: 'rotated boxes', numbers: 1 } as const
  const pose = (count: number, each: number) => ({
    extra: { kind: 'points', count, numbers: each === 2 ? 2 : 3 } as const,
    task: 'points' as const,
    numbers: count * each,
  })
  if (task === 'obb') return [turned]
  if (task === 'pose') return [points === null ? pose(17, 3) : pose(...points)]
  if (task === 'detect' || names?.length === rest) return [plain]
  if (names !== null && names.length + 1 === rest) return [turned]
  if (names !== null && names.length + 51 === rest) return [pose(17, 3)]
  // COCO's people have 17 points, DOTA's aerial photos 15 classes of rotated boxes.
  if (rest === 52) return [pose(17, 3), plain]
  return rest === 16 ? [plain, turned] : [plain]
}

const titles: Readonly<Record<DetectorRecipe['task'], string>> = {
  boxes: '',
  masks: ', segmentation',
  'rotated boxes': ', rotated boxes',
  points: ', points (pose)',
}

export const titleOf = (family: string, task: DetectorRecipe['task']) => `${family}${titles[task]}`

/** Whether a score of the place stands before those of its classes. */
const objectnessOf = ({ anchors, attributesFirst, attributes }: Table, { names }: DetectorMetadata) => {
  if (anchors) return [true]
  if (attributesFirst) return [false]
  // YOLOv6 and YOLOX have it, YOLOv8 turned around has not.
  if (names?.length === attributes - 4) return [false]
  return names?.length === attributes - 5 ? [true] : [true, false]
}

export const gridRecipes: Family = (known) => {
  const table = tableOf(known)
  if (table === null) return null
  const { input, metadata } = known
  const { output, attributesFirst, attributes, anchors } = table
  const family = anchors ? 'YOLOv5 or v7' : attributesFirst ? 'YOLOv8, v9, 11 or 12' : 'YOLO in rows'
  const recipes = objectnessOf(table, metadata).flatMap((objectness) => {
    const rest = attributes - (objectness ? 5 : 4)
    return extrasOf(known, rest).flatMap(({ extra, task, numbers }): DetectorRecipe[] => {
      const classes = rest - numbers
      if (classes < 1) return []
      const decoding: Decoding = {
        kind: 'grid',
        output: output.name,
        attributesFirst,
        objectness,
        unit: 'frame',
        nms: anchors ? iou.v5 : iou.now,
        extra,
      }
      return [
        {
          id: `grid-${objectness ? 'objectness-' : ''}${task.replace(' ', '-')}`,
          title: titleOf(family, task),
          task,
          ...input,
          decoding,
          ...nameClasses(metadata, classes),
        },
      ]
    })
  })
  if (recipes.length === 0)
    return {
      refusal: said('It gives {attributes, number} numbers for each box, too few for a box and a class.', {
        attributes,
      }),
    }
  return recipes
}
