/** What a line of a label file says, by what is trained: the box, or the outline as one ring. */
import { joinParts } from '../../../common/geometry/join.ts'
import type { Annotation } from '../../../common/model.ts'
import { fitShape, type FittedShape } from '../../export/fit.ts'
import type { PlannedImage, Run } from '../../export/run.ts'
import { yoloBoxLine, yoloSegmentLine } from './lines.ts'

export interface YoloTask {
  /** As Ultralytics' command calls it. */
  readonly name: string
  /** The line of an object that has a box; says what it changes. */
  lineOf(run: Run, object: FittedObject): string
}

interface FittedObject {
  readonly image: PlannedImage
  readonly annotation: Annotation
  /** Index from 0. */
  readonly label: number
  readonly fitted: FittedShape
}

export const detectionTask: YoloTask = {
  name: 'detect',
  lineOf: (_, { label, fitted, image }) => yoloBoxLine(label, fitted.box, image),
}

const noteJoins = (run: Run, { image, annotation, fitted }: FittedObject) => {
  const parts = fitted.polygon.parts.length
  if (parts > 1)
    run.changed.add(`Its ${parts} parts are joined by lines of no width.`, image.path, annotation.id)
  if (fitted.hasHoles)
    run.changed.add('Its holes are cut in by lines of no width.', image.path, annotation.id)
}

export const segmentationTask: YoloTask = {
  name: 'segment',
  lineOf(run, object) {
    noteJoins(run, object)
    return yoloSegmentLine(object.label, joinParts(object.fitted.polygon, { keepHoles: true }), object.image)
  },
}

/** One object as a line; null, with a line in the report, when nothing of it can be written. */
export const lineOfObject = (
  task: YoloTask,
  run: Run,
  image: PlannedImage,
  annotation: Annotation,
): string | null => {
  const label = run.labelIndex.get(annotation.labelId)
  const fitted = fitShape(annotation.shape, image)
  const leaveOut = (reason: string) => {
    run.leftOut.add(reason, image.path, annotation.id)
    return null
  }
  if (label === undefined) return leaveOut('Its class was added while the export ran.')
  if ('reason' in fitted) return leaveOut(fitted.reason)
  if (/ 0$| 0 \S+$/.test(yoloBoxLine(label, fitted.box, image)))
    return leaveOut('It is thinner than YOLO can write.')
  if (fitted.isClipped) run.changed.add('Clipped to the image.', image.path, annotation.id)
  return task.lineOf(run, { image, annotation, label, fitted })
}
