/**
 * Prompts as arrays, in Ultralytics' forms (https://docs.ultralytics.com/models/mobile-sam/): what a script writes down
 * becomes a list of prompts for each object.
 */
import { z } from 'zod'
import { CodedError } from '../../common/errors.ts'
import { limits } from '../../common/limits.ts'
import type { PointPrompt, Prompt } from '../../common/model.ts'
import { checkValue } from '../../common/plain-faults.ts'

const MOST_OBJECTS = 1000

const point = z.tuple([z.number(), z.number()])
const box = z.tuple([z.number(), z.number(), z.number(), z.number()])
const label = z.union([z.literal(0), z.literal(1), z.boolean()])
const most = limits.prompts

const promptArraysSchema = z.object({
  /** [x, y]: one point; [[x, y], ...]: one point for each object; [[[x, y], ...], ...]: several points for each object. */
  points: z
    .union(
      [point, z.array(point).max(MOST_OBJECTS), z.array(z.array(point).min(1).max(most)).max(MOST_OBJECTS)],
      'must be [x, y], [[x, y], ...] or [[[x, y], ...], ...]',
    )
    .optional(),
  /** In the form of `points`: 1 on the object (also when left out), 0 not on it. */
  labels: z
    .union(
      [label, z.array(label).max(MOST_OBJECTS), z.array(z.array(label).max(most)).max(MOST_OBJECTS)],
      'must be 0 or 1 for each point, in the form of points',
    )
    .optional(),
  /** [left, top, right, bottom], or a list of them: one for each object. */
  bboxes: z
    .union([box, z.array(box).max(MOST_OBJECTS)], 'must be [left, top, right, bottom] or a list of them')
    .optional(),
})

type Point = z.infer<typeof point>
type Checked = z.infer<typeof promptArraysSchema>

const refuse = (message: string): never => {
  throw new CodedError('bad-input', message)
}

/** The points of each object. */
const pointsOf = ({ points = [] }: Checked): Point[][] => {
  if (points.length === 0) return []
  if (typeof points[0] === 'number') return [[points as Point]]
  return (points as (Point | Point[])[]).map((one) =>
    typeof one[0] === 'number' ? [one as Point] : (one as Point[]),
  )
}

/** The labels of each object, in the form of its points. */
const labelsOf = ({ labels }: Checked, points: readonly Point[][]): boolean[][] => {
  if (labels === undefined) return points.map((ofObject) => ofObject.map(() => true))
  const list = Array.isArray(labels) ? labels : [labels]
  const nested = list.map((one) => (Array.isArray(one) ? one : [one]).map(Boolean))
  // [1, 0] beside [[[x, y], [x, y]]]: the labels of the one object.
  const fit = points.length === 1 && nested.length === points[0]!.length ? [nested.flat()] : nested
  const fits = fit.length === points.length && fit.every((one, index) => one.length === points[index]!.length)
  return fits ? fit : refuse('"labels" must have one label for each point, in the form of "points".')
}

/**
 * @returns the prompts of each object, its box first
 * @throws CodedError bad-input, with what is wrong
 */
export const objectsOfArrays = (given: unknown): Prompt[][] => {
  const checked = checkValue(promptArraysSchema, given)
  if (!('data' in checked)) return refuse(`These are no prompts: ${checked.fault}.`)
  const arrays = checked.data
  const points = pointsOf(arrays)
  const labels = labelsOf(arrays, points)
  const { bboxes = [] } = arrays
  const boxes = (typeof bboxes[0] === 'number' ? [bboxes] : bboxes) as z.infer<typeof box>[]
  if (points.length === 0 && boxes.length === 0)
    return refuse('Say where the objects are: "points" [x, y] or "bboxes" [left, top, right, bottom].')
  if (points.length > 0 && boxes.length > 0 && points.length !== boxes.length)
    return refuse(`${boxes.length} bboxes and the points of ${points.length} objects do not go together.`)
  return Array.from({ length: Math.max(points.length, boxes.length) }, (_, index) => {
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = boxes[index] ?? []
    const hasBox = boxes[index] !== undefined
    if (hasBox && (x0 >= x1 || y0 >= y1))
      return refuse(`The box ${x0},${y0},${x1},${y1} is not [left, top, right, bottom].`)
    const ofObject = (points[index] ?? []).map(([x, y], at): PointPrompt => ({
      type: 'point',
      x,
      y,
      positive: labels[index]![at]!,
    }))
    if (!hasBox && !ofObject.some(({ positive }) => positive))
      return refuse(`Object ${index + 1} needs a point with label 1, or a box.`)
    return [...(hasBox ? [{ type: 'box', x0, y0, x1, y1 } as const] : []), ...ofObject]
  })
}
