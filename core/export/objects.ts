/** The objects of an image as a format may write them: of a class of this export, within the image. */
import type { Annotation } from '../../common/model.ts'
import { fitShape, type FittedShape } from './fit.ts'
import type { PlannedImage, Run } from './run.ts'

export interface FittedObject {
  readonly image: PlannedImage
  readonly annotation: Annotation
  /** Index of its class, from 0. */
  readonly label: number
  readonly fitted: FittedShape
}

/** The object, or null, with a line in the report, when nothing of it can be written. */
export const fitObject = (run: Run, image: PlannedImage, annotation: Annotation): FittedObject | null => {
  const label = run.labelIndex.get(annotation.labelId)
  const omitted = run.omitted.get(annotation.labelId)
  if (omitted !== undefined) {
    run.tally.omit(omitted)
    return null
  }
  const fitted = fitShape(annotation.shape, image)
  const leaveOut = (reason: string) => {
    run.leftOut.add(reason, image.path, annotation.id)
    return null
  }
  if (label === undefined) return leaveOut('Its class was added while the export ran.')
  if ('reason' in fitted) return leaveOut(fitted.reason)
  return { image, annotation, label, fitted }
}

/** Says in the report that the object was cut, when it was. */
export const noteClip = (run: Run, { image, annotation, fitted }: FittedObject): void => {
  if (fitted.isClipped) run.changed.add('Clipped to the image.', image.path, annotation.id)
}

/** Leaves an object out, with a line in the report. */
export const leaveOut = (
  run: Pick<Run, 'leftOut'>,
  { image, annotation }: FittedObject,
  reason: string,
): null => {
  run.leftOut.add(reason, image.path, annotation.id)
  return null
}
