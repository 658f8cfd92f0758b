/** Which of a detector's finds become objects: by score and class, and where none is there yet. Pure. */
import { createHash } from 'node:crypto'
import type { DetectRequest } from '../../../common/contract/detect.ts'
import { intersectShapes } from '../../../common/geometry/boolean.ts'
import { bboxOf, type Box } from '../../../common/geometry/measure.ts'
import type { Size } from '../../../common/geometry/point.ts'
import { namelessClass } from '../../../common/label-name.ts'
import type { Annotation, Shape } from '../../../common/model.ts'
import type { Detection, DetectorRecipe } from '../../inference/detector.ts'

/**
 * Boxes that share this much, intersection over union, are of one object: of the same class by COCO's and VOC's usual
 * measure of a hit; of another only when they are nearly the same, since then somebody has given the object its class.
 */
const same = { class: 0.5, other: 0.85 } as const

export interface WantedObject {
  readonly label: string
  readonly detection: Detection
}

const boxIou = (a: Box, b: Box): number => {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  const both = Math.max(0, width) * Math.max(0, height)
  return both === 0 ? 0 : both / (a.width * a.height + b.width * b.height - both)
}

const boxOf = ([x0, y0, x1, y1]: Detection['box']): Box => ({ x: x0, y: y0, width: x1 - x0, height: y1 - y0 })

export const classOf = ({ classes }: Pick<DetectorRecipe, 'classes'>, { classIndex }: Detection): string =>
  classes[classIndex] ?? namelessClass(classIndex)

/** @returns a test for many images */
export const createWanted = (
  recipe: Pick<DetectorRecipe, 'classes'>,
  { classes, minScore }: Pick<DetectRequest, 'classes' | 'minScore'>,
) => {
  const rules = new Map(classes.map((rule) => [rule.from, rule]))
  return (
    detections: readonly Detection[],
    existing: readonly { readonly label: string; readonly shape: Shape }[],
  ): { wanted: WantedObject[]; already: number } => {
    const boxes = existing.map(({ label, shape }) => ({ label, box: bboxOf(shape) }))
    const wanted: WantedObject[] = []
    let already = 0
    for (const detection of detections) {
      const from = classOf(recipe, detection)
      const rule = rules.get(from)
      const label = rule === undefined ? from : rule.to
      const box = boxOf(detection.box)
      if (label === null || detection.score < (rule?.minScore ?? minScore)) continue
      const isThere = boxes.some(
        (one) => boxIou(one.box, box) >= (one.label === label ? same.class : same.other),
      )
      if (isThere) already++
      else wanted.push({ label, detection })
    }
    return { wanted, already }
  }
}

/** The lowest score that is asked of the detector. */
export const lowestScore = ({ classes, minScore }: Pick<DetectRequest, 'classes' | 'minScore'>): number =>
  classes.reduce(
    (lowest, rule) => (rule.to === null ? lowest : Math.min(lowest, rule.minScore ?? lowest)),
    minScore,
  )

/** What the ids of all objects of one run, and of the same run begun again, begin with. */
export const idStartOf = (version: string, request: DetectRequest): string =>
  `det-${createHash('sha256')
    .update(JSON.stringify([version, { ...request, scope: null }]))
    .digest('hex')
    .slice(0, 12)}-`

/** The shape of a detection as it is; null when the detector gave no outline, or nothing of it is in the image. */
export const shapeOf = (
  { box, corners, outline }: Detection,
  as: 'boxes' | 'outlines',
  image: Size,
): Shape | null => {
  if (as === 'outlines') return outline
  if (corners === null) return { type: 'rectangle', ...boxOf(box) }
  const whole: Shape = { type: 'rectangle', x: 0, y: 0, ...image }
  return intersectShapes([
    { type: 'polygon', parts: [{ outer: corners.map(({ x, y }) => [x, y]), holes: [] }] },
    whole,
  ])
}

export const isOfRun = (annotations: readonly Annotation[], idStart: string): boolean =>
  annotations.some(({ id }) => id.startsWith(idStart))
