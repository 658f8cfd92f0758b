/** The objects of an image as a format may write them: of a class of this export, within the image. */
import { clipToImage } from '../../common/geometry/clip.ts'
import { hasArea } from '../../common/geometry/measure.ts'
import type { Annotation, BareShape } from '../../common/model.ts'
import { said } from '../../common/said.ts'
import { fitShape, type FittedShape } from './fit.ts'
import type { PlannedImage, Run } from './run.ts'

export interface FittedObject {
  readonly image: PlannedImage
  readonly annotation: Annotation
  /** Index of its class, from 0. */
  readonly label: number
  readonly fitted: FittedShape
}

/** A point or a line, for the formats that have such. */
export interface BareObject extends Omit<FittedObject, 'fitted'> {
  /** Within the image. */
  readonly bare: BareShape
  readonly isClipped: boolean
}

/** The object, or null, with a line in the report, when nothing of it can be written. */
export const fitObject = (
  run: Run,
  image: PlannedImage,
  annotation: Annotation,
): FittedObject | BareObject | null => {
  const label = run.labelIndex.get(annotation.labelId)
  const omitted = run.omitted.get(annotation.labelId)
  if (omitted !== undefined) {
    run.tally.omit(omitted)
    return null
  }
  const { shape } = annotation
  const leaveOut = (reason: string) => {
    run.leftOut.add(reason, image.path, annotation.id)
    return null
  }
  if (label === undefined) return leaveOut(said('Its class was added while the export ran.'))
  if (!hasArea(shape)) {
    const bare = clipToImage(shape, image)
    if (bare === null || hasArea(bare)) return leaveOut(said('It lies outside the image.'))
    return { image, annotation, label, bare, isClipped: bare !== shape }
  }
  const fitted = fitShape(shape, image)
  if ('reason' in fitted) return leaveOut(fitted.reason)
  return { image, annotation, label, fitted }
}

/** Says in the report that the object was cut, when it was. */
export const noteClip = (run: Run, object: FittedObject | BareObject): void => {
  const { image, annotation } = object
  if ('bare' in object ? object.isClipped : object.fitted.isClipped)
    run.changed.add(said('Clipped to the image.'), image.path, annotation.id)
}

/** Leaves an object out, with a line in the report. */
export const leaveOut = (
  run: Pick<Run, 'leftOut'>,
  { image, annotation }: Pick<FittedObject, 'image' | 'annotation'>,
  reason: string,
): null => {
  run.leftOut.add(reason, image.path, annotation.id)
  return null
}
