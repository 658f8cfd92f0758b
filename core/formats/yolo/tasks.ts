/** What a line of a label file says, by what is trained: the box, the box that is turned, or the outline. */
import { joinParts } from '../../../common/geometry/join.ts'
import { boxOfRing, cornersOfRotated } from '../../../common/geometry/measure.ts'
import { orientedBoxOf } from '../../../common/geometry/oriented-box.ts'
import type { Size } from '../../../common/geometry/point.ts'
import type { Ring } from '../../../common/model.ts'
import { said } from '../../../common/said.ts'
import { leaveOut, type FittedObject } from '../../export/objects.ts'
import type { Run } from '../../export/run.ts'
import { yoloBoxLine, yoloCornersLine, yoloSegmentLine } from './lines.ts'

export interface YoloTask {
  /** As Ultralytics' command calls it. */
  readonly name: string
  /** The line of an object that has a box; says what it changes. */
  lineOf(run: Run, object: FittedObject): string
  /** Whether the line tells of all of it, what lies outside the image too; absent: of what lies inside. */
  isWhole?(object: FittedObject): boolean
}

export const detectionTask: YoloTask = {
  name: 'detect',
  lineOf: (_, { label, fitted, image }) => yoloBoxLine(label, fitted.box, image),
}

const noteJoins = (run: Run, { image, annotation, fitted }: FittedObject) => {
  const parts = fitted.polygon.parts.length
  if (parts > 1)
    run.changed.add(
      said('Its {parts, number} parts are joined by lines of no width.', { parts }),
      image.path,
      annotation.id,
    )
  if (fitted.hasHoles)
    run.changed.add(said('Its holes are cut in by lines of no width.'), image.path, annotation.id)
}

export const segmentationTask: YoloTask = {
  name: 'segment',
  lineOf(run, object) {
    noteJoins(run, object)
    return yoloSegmentLine(object.label, joinParts(object.fitted.polygon, { keepHoles: true }), object.image)
  },
}

/**
 * Corners may lie outside, as those of DOTA do: Ultralytics asks of the box around them alone that its middle lies in the
 * image and that it is not larger (`verify_image_label`), and takes no label of an image with one that does not.
 */
const isTaken = (corners: Ring, image: Size): boolean => {
  const { x, y, width, height } = boxOfRing(corners)
  const [cx, cy] = [x + width / 2, y + height / 2]
  const isInside = cx >= 0 && cy >= 0 && cx <= image.width && cy <= image.height
  return isInside && width <= image.width && height <= image.height
}

const cornersOf = ({ annotation: { shape }, fitted }: FittedObject): Ring =>
  shape.type === 'rotated-rectangle' ? cornersOfRotated(shape) : orientedBoxOf(fitted.polygon)

export const orientedTask: YoloTask = {
  name: 'obb',
  lineOf(run, object) {
    const { label, image, annotation, fitted } = object
    const corners = cornersOf(object)
    if (isTaken(corners, image)) return yoloCornersLine(label, corners, image)
    run.changed.add(
      said(
        'The oriented box around it reaches out of the image further than Ultralytics takes: the smallest one that it takes is written.',
      ),
      image.path,
      annotation.id,
    )
    return yoloCornersLine(
      label,
      orientedBoxOf(fitted.polygon, (others) => isTaken(others, image)),
      image,
    )
  },
  isWhole: (object) =>
    object.annotation.shape.type === 'rotated-rectangle' && isTaken(cornersOf(object), object.image),
}

/** One object as a line; null, with a line in the report, when nothing of it can be written. */
export const lineOfObject = (task: YoloTask, run: Run, object: FittedObject): string | null => {
  if (/ 0$| 0 \S+$/.test(yoloBoxLine(object.label, object.fitted.box, object.image)))
    return leaveOut(run, object, said('It is thinner than YOLO can write.'))
  return task.lineOf(run, object)
}
