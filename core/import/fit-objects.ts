/** The objects of an image as they were read -> as the project can hold them, in the frame of that image. Pure. */
import type { Problem } from '../../common/contract/work.ts'
import { countVertices } from '../../common/geometry/measure.ts'
import type { Size } from '../../common/geometry/point.ts'
import { said } from '../../common/said.ts'
import { fitObject, type FittedObject } from './fit-object.ts'
import { createPlainFit } from './plain-fit.ts'
import type { LoadedObjects, ReadObject } from './objects.ts'

/** The image that objects are put on. */
export interface ImageFrame extends Size {
  /** EXIF's, 1-8, of the image's file; width and height are of the upright image. */
  readonly orientation: number
}

export interface ImportedObject extends Pick<ReadObject, 'label' | 'score' | 'where' | 'extras' | 'lost'> {
  /** The labels have its box alone. */
  readonly isBox: boolean
  /** Of its shape; 0 when it has none. */
  readonly points: number
  readonly fitted: FittedObject | { readonly problem: string }
}

export interface ImportedObjects extends Pick<LoadedObjects, 'marks'> {
  readonly objects: readonly ImportedObject[]
  /** Records that could not be read. */
  readonly problems: readonly Problem[]
}

/** @param frame null where nothing can be put on the image: then no object has a shape */
export const fitObjects = (
  { objects, problems, marks = null }: LoadedObjects,
  frame: ImageFrame | null,
): ImportedObjects => {
  const fitPlain = createPlainFit()
  const fit = (object: ReadObject): Pick<ImportedObject, 'fitted' | 'points'> => {
    if (frame === null) return { fitted: { problem: said('Its image has no size') }, points: 0 }
    const plain = fitPlain(object, frame)
    if (plain !== null) return plain
    const fitted = fitObject(object, frame, frame.orientation)
    return { fitted, points: 'problem' in fitted ? 0 : countVertices(fitted.shape) }
  }
  return {
    problems,
    marks,
    objects: objects.map((object): ImportedObject => {
      const { label, score, where, extras, lost, shape } = object
      return {
        label,
        score,
        where,
        isBox: shape.type === 'box',
        ...fit(object),
        ...(extras === undefined ? {} : { extras }),
        ...(lost === undefined ? {} : { lost }),
      }
    }),
  }
}
