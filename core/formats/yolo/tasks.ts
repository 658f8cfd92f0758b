/** What a line of a label file says, by what is trained: the box, or the outline as one ring. */
import { joinParts } from '../../../common/geometry/join.ts'
import { leaveOut, noteClip, type FittedObject } from '../../export/objects.ts'
import type { Run } from '../../export/run.ts'
import { yoloBoxLine, yoloSegmentLine } from './lines.ts'

export interface YoloTask {
  /** As Ultralytics' command calls it. */
  readonly name: string
  /** The line of an object that has a box; says what it changes. */
  lineOf(run: Run, object: FittedObject): string
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
export const lineOfObject = (task: YoloTask, run: Run, object: FittedObject): string | null => {
  if (/ 0$| 0 \S+$/.test(yoloBoxLine(object.label, object.fitted.box, object.image)))
    return leaveOut(run, object, 'It is thinner than YOLO can write.')
  noteClip(run, object)
  return task.lineOf(run, object)
}
