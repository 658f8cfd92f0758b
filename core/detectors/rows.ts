/**
 * Detectors that give the best boxes alone: YOLOv10 and 26, any YOLO with NMS inside, YOLOv7's `end2end`; and RT-DETR
 * as Ultralytics exports it, whose rows have a score for each class.
 */
import type { Decoding, DetectorRecipe, RowExtra } from '../inference/detector.ts'
import { extrasOf, titleOf } from './grid.ts'
import { nameClasses } from './naming.ts'
import type { Family, Known } from './recognise.ts'
import { plural } from '../../common/words.ts'

/** More rows than any detector keeps. */
const MOST_ROWS = 1000
/** Classes that are given names when the rows tell no number of them. */
const UNTOLD = 80

type Rows = Pick<Extract<Decoding, { kind: 'rows' }>, 'from' | 'box' | 'scoreFirst'>

const none: RowExtra = { kind: 'none' }

const bestRows = (
  { input, metadata }: Known,
  output: string,
  task: DetectorRecipe['task'],
  extra: RowExtra,
  rows: Rows,
): DetectorRecipe => ({
  id: `rows-${task.replace(' ', '-')}`,
  title: titleOf('YOLO, the best boxes alone (v10, 26, or NMS inside)', task),
  task,
  ...input,
  decoding: { kind: 'rows', output, extra, ...rows },
  ...nameClasses(metadata, metadata.names?.length ?? UNTOLD),
})

/** Boxes as shares of the frame, which the whole picture fills, and a score for each class; no NMS. */
const rtDetr = ({ input, metadata }: Known, output: string, classes: number): DetectorRecipe => ({
  id: 'rt-detr-rows',
  title: `RT-DETR by Ultralytics, ${plural(classes, 'class', 'classes')}`,
  task: 'boxes',
  ...input,
  image: { ...input.image, fit: 'stretch' },
  decoding: {
    kind: 'grid',
    output,
    attributesFirst: false,
    objectness: false,
    unit: 'share',
    nms: null,
    extra: none,
  },
  ...nameClasses(metadata, classes),
})

const corners: Rows = { from: 0, box: 'corners', scoreFirst: true }

const threeDeep = (known: Known, output: string, numbers: number): DetectorRecipe[] => {
  const { metadata } = known
  const isRtDetr = /rt-?detr/i.test(metadata.description)
  const classes = metadata.names?.length ?? null
  if (isRtDetr || (classes === numbers - 4 && !metadata.isUltralytics && numbers > 7))
    return [rtDetr(known, output, numbers - 4)]
  const rest = numbers - 6
  const [found] = rest === 0 ? [] : extrasOf(known, rest + 1)
  const best = (task: DetectorRecipe['task'], extra: RowExtra, rows = corners) =>
    bestRows(known, output, task, extra, rows)
  const masks = found?.extra.kind === 'coefficients' && found.numbers === rest ? found : null
  const other = numbers > 4 && !metadata.isUltralytics ? [rtDetr(known, output, numbers - 4)] : []
  if (rest === 0) return [best('boxes', none), ...other]
  if (masks !== null) return [best('masks', masks.extra)]
  if (rest === 1 && (metadata.task === 'obb' || metadata.task === null))
    return [best('rotated boxes', { kind: 'angle' }, { ...corners, box: 'centre' }), ...other]
  const [count, each] = metadata.points ?? [17, 3]
  if (rest === count * each && (metadata.task === 'pose' || metadata.task === null))
    return [best('points', { kind: 'points', count, numbers: each === 2 ? 2 : 3 }), ...other]
  return other
}

export const rowRecipes: Family = (known) => {
  for (const { name, shape } of known.outputs) {
    const [first = 0, second = 0, third = 0] = shape
    if (shape.length === 3 && first === 1 && second <= MOST_ROWS && third >= 5) {
      const recipes = threeDeep(known, name, third)
      if (recipes.length > 0) return recipes
    }
    // YOLOv7's end2end: number of the image, corners, class, score.
    if (shape.length === 2 && second === 7 && first <= MOST_ROWS)
      return [bestRows(known, name, 'boxes', none, { from: 1, box: 'corners', scoreFirst: false })]
    if (shape.length === 2 && second === 6 && first <= MOST_ROWS)
      return [bestRows(known, name, 'boxes', none, corners)]
  }
  return null
}
